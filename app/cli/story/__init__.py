"""`flask story`: one real-sized community of Taiyuan with a week behind it, all of it invented.

The same dice give the same people, doors and deeds every time; only the days
move with today. The place follows the ninth edition by adoption, as in a drill,
because today's calendar knows no yellow codes any more.
"""

import gc
import secrets
from pathlib import Path
from random import Random

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import func, select

from app.cli.story import staff
from app.cli.story.days import Calendar
from app.cli.story.telling import tell
from app.domain.people import User
from app.lib import clock
from app.lib.db import session

SEED = 20221006


@click.command()
@with_appcontext
def story() -> None:
    """Load the story into an empty database and print who can sign in."""
    if session.scalar(select(func.count(User.id))):
        raise click.ClickException(
            "已经有账号了：故事只能讲给空的数据库。 / Not an empty database."
        )
    gc.disable()  # next to nothing of all this is thrown away before the command ends
    password = "-".join(secrets.token_hex(2) for _ in range(3))
    tell(Calendar.up_to(clock.now()), password, Random(SEED))  # noqa: S311  (scenery, no secret)
    session.commit()
    logins = Path(current_app.config["DATA_DIR"]) / "story-logins.txt"
    logins.touch(mode=0o600)
    logins.write_text(greeting(password), encoding="utf-8")
    click.echo(logins.read_text(encoding="utf-8"))


def greeting(password: str) -> str:
    """Who can sign in, as it is printed at every start."""
    lines = [f"  {post.login:<10} {post.name}  {post.title}" for post in staff.POSTS]
    return "\n".join((f"演示账号（口令都是 {password}）：", *lines, ""))
