"""The front page: to what this person does first."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.domain import setup
from app.web.auth import auth
from app.web.guard import public

FIRST_PAGE = {
    "worker": "worker.today",
    "director": "director.board",
    "official": "official.area",
    "admin": "admin.users",
}


@auth.get("/")
@public
def home() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for(FIRST_PAGE[current_user.role]))
    return redirect(url_for("auth.first_run" if setup.nobody_yet() else "auth.sign_in"))
