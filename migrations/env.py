"""Runs the migrations on the application's own engine: SQLite or PostgreSQL, the same steps."""

from alembic import context
from flask import current_app

from app.lib.db import UtcDateTime, db


def run() -> None:
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=render_item,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Our own instant type is a plain DateTime to the database."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


run()
