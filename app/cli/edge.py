"""The edge of a command: what it wrote is committed when it ends without an error."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from app.lib.db import session

Args = ParamSpec("Args")
Result = TypeVar("Result")


def writes(command: Callable[Args, Result]) -> Callable[Args, Result]:
    """Commit after the command; an error before that leaves everything as it was."""

    @wraps(command)
    def run(*args: Args.args, **kwargs: Args.kwargs) -> Result:
        result = command(*args, **kwargs)
        session.commit()
        return result

    return run
