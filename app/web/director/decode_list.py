"""The list of a batch as a workbook: masked, or whole as it is allowed, with a reason kept."""

from flask import url_for
from flask.typing import ResponseReturnValue

from app.policy.permissions import Permission as P
from app.web.director import director
from app.web.director.asking import ask_in_full, taken_masked
from app.web.director.decode_batch import batch_or_404
from app.web.guard import allows
from app.web.workbook import attached


@director.post("/decode/<name>/list.xlsx")
@allows(P.MANAGE_CASES)
def decode_list(name: str) -> ResponseReturnValue:
    batch_or_404(name)
    file, content = taken_masked("decode", {"name": name})
    return attached(content, file)


@director.post("/decode/<name>/full")
@allows(P.MANAGE_CASES)
def decode_full_list(name: str) -> ResponseReturnValue:
    """Names, ID numbers and phones in full: only with a reason, which is kept with who asked."""
    batch_or_404(name)
    return ask_in_full("decode", {"name": name}, url_for("director.decode_batch", name=name))
