"""The edge of a request: the one commit, and what a refusal or an error looks like.

A view never commits. A write that was answered without error is committed after
the view and before the answer leaves; anything else is rolled back, unless what
was written must count in spite of the answer (`keep_anyway`).
"""

from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from app.lib.db import only_read, session
from app.lib.refusal import Refused
from app.web.hypermedia import tell
from app.web.trouble import NO_DATABASE, answer_trouble
from app.web.words import translated

SAFE = ("GET", "HEAD", "OPTIONS")
PAGES = {400, 403, 404, 405, 413}


def init_app(app: Flask) -> None:
    app.before_request(begin)
    app.after_request(finish)
    app.register_error_handler(Refused, say_why)
    app.register_error_handler(HTTPException, error_page)
    for trouble in NO_DATABASE:
        app.register_error_handler(trouble, answer_trouble)
    app.register_error_handler(Exception, unexpected)


def begin() -> None:
    only_read(request.method in SAFE)


def finish(response: Response) -> Response:
    done = request.method not in SAFE and response.status_code < 400
    if done or g.get("keep_anyway"):
        return _commit(response)
    if request.method not in SAFE:
        session.rollback()
    return response


def _commit(response: Response) -> Response:
    """The answer, once all is kept. A page that was only looked at is shown in any case."""
    try:
        session.commit()
    except NO_DATABASE as error:
        trouble = make_response(answer_trouble(error))
        return response if request.method in SAFE else trouble
    return response


def keep_anyway() -> None:
    """What is written from here on counts, also in a GET or when the answer is an error."""
    if g.get("keep_anyway"):
        return
    if request.method in SAFE:
        session.rollback()  # a transaction begun for reading must not be made a writing one
        only_read(False)
    g.keep_anyway = True


def let_go() -> None:
    """End the transaction before slow work, as nothing has been written yet."""
    session.rollback()


def say_why(refused: Refused) -> ResponseReturnValue:
    """A verb refused: back to where she was, with the sentence; nothing was changed."""
    session.rollback()
    tell(translated(refused.why), tone="bad")
    if request.headers.get("HX-Request"):
        response = make_response("", 409)
        response.headers["HX-Refresh"] = "true"
        return response
    return redirect(back(), 303)


def back() -> str:
    """The page of ours that the request came from, or the front door."""
    came = urlsplit(request.referrer or "")
    inside = came.netloc == request.host and came.path.startswith("/")
    return came.path + (f"?{came.query}" if came.query else "") if inside else url_for("auth.home")


def error_page(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    name = error.code if error.code in PAGES else 500
    if name in (400, 405):
        name = 404
    return render_template(f"errors/{name}.html"), error.code


def unexpected(error: Exception) -> ResponseReturnValue:
    """A fault of ours: logged with its trace, shown without one."""
    session.rollback()
    current_app.logger.exception("unexpected error at %s", request.endpoint)
    return render_template("errors/500.html"), 500
