"""`flask setup-code`: the one-time code that makes the first admin of an empty installation."""

import click
from flask.cli import with_appcontext

from app.cli.edge import writes
from app.domain.setup import make_setup_code
from app.lib import clock
from app.lib.refusal import Refused


@click.command("setup-code")
@with_appcontext
def setup_code() -> None:
    """Print a new one-time code for the set-up page; earlier ones are dead."""
    try:
        code = new_code()
    except Refused as refused:
        raise click.ClickException(str(refused.why)) from refused
    click.echo(f"首次设置码（24 小时内有效，只能用一次）： / Set-up code: {code}")


@writes
def new_code() -> str:
    return make_setup_code(at=clock.now())
