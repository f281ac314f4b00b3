"""A file that came along with work or a notice, sent only to who may see what it belongs to."""

from urllib.parse import quote

from flask import abort, make_response
from flask.typing import ResponseReturnValue

from app.lib.filetypes import MIME
from app.policy.permissions import Permission as P
from app.web.guard import allows
from app.web.person import my
from app.web.records import records


@records.get("/attachments/<int:attachment_id>")
@allows(P.RECORD)
def attachment(attachment_id: int) -> ResponseReturnValue:
    file = my().find(my().attachments, attachment_id) or abort(404)
    content = file.content
    if content is None:
        abort(404)
    response = make_response(content)
    response.mimetype = MIME[file.kind]
    way = "inline" if file.kind == "jpg" else "attachment"
    response.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(file.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
