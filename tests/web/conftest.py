"""An installation in which nobody has an account yet."""

import pytest

from app.lib.db import db, session


@pytest.fixture
def empty(app):
    """The tables, and nothing in them."""
    session.remove()
    db.drop_all()
    db.create_all()
    session.commit()
    return app
