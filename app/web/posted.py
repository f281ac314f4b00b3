"""What was posted, and by whom: the script of a phone wants JSON, a page wants a page."""

from flask import request

PASSWORDS = ("password", "current", "new", "again")
# What a phone sends that is no JSON itself.
FROM_A_PHONE = ("worker.photo",)


def by_phone() -> bool:
    """Whether the script of a phone is asking: it keeps its queue and shows the sentence."""
    return request.is_json or request.endpoint in FROM_A_PHONE


def typed() -> dict[str, list[str]]:
    """Every field of a posted form by its name. A password is never kept nor given back."""
    return {name: request.form.getlist(name) for name in request.form if name not in PASSWORDS}
