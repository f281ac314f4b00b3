"""An installation in which nobody has an account yet."""

import pytest

from app.lib.db import db, session


@pytest.fixture
def empty(app):
    """The tables, and nothing in them."""
    for table in reversed(db.metadata.sorted_tables):
        session.execute(table.delete())
    session.commit()
    return app
