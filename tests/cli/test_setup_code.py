"""`flask setup-code`: the way into an installation in which nobody has an account."""

import re

from app.domain import setup
from app.lib import clock
from app.lib.db import db, session


def test_the_code_makes_the_first_admin(app):
    session.remove()
    db.drop_all()
    db.create_all()
    session.commit()
    done = app.test_cli_runner().invoke(args=["setup-code"])
    assert done.exit_code == 0
    code = re.search(r"(?:[A-Z2-9]{5}-){3}[A-Z2-9]{5}", done.output).group()
    told = {"login": "guanliyuan", "name": "管理员", "password": "三晋-grid-2022"}
    admin = setup.first_admin(code, **told, at=clock.now())
    assert admin.role == "admin"


def test_there_is_none_once_somebody_has_an_account(app, cast):
    done = app.test_cli_runner().invoke(args=["setup-code"])
    assert done.exit_code == 1 and "首次设置只能做一次" in done.output
