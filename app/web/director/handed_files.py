"""Files that were posted along with a form: recognised, or refused with their names."""

from collections.abc import Iterable

from werkzeug.datastructures import FileStorage

from app.domain.attachments import MOST_FILES
from app.lib.filetypes import Handed, recognised
from app.lib.refusal import Refused
from app.lib.words import say


def files_in(posted: Iterable[FileStorage]) -> list[Handed]:
    """What was handed in; Refused, beside the field ``files``, where one cannot be taken."""
    given = [file for file in posted if file.filename]
    if len(given) > MOST_FILES:
        wrong = say("最多 %(most)s 个附件。", most=MOST_FILES)
        raise Refused(wrong, {"files": [wrong]})
    try:
        return [recognised(file.filename, file.read()) for file in given]
    except Refused as refused:
        raise Refused(refused.why, {"files": [refused.why]}) from None
