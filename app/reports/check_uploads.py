"""Whether what a check found has gone up to the city's platform (app/domain/uploads.py)."""

from sqlalchemy import ColumnElement, select

from app.domain.check import Check
from app.domain.uploads import UPLOADED, UploadItem


def uploaded() -> ColumnElement[bool]:
    """The condition that the answer of a check was uploaded, and not given back."""
    sent = select(UploadItem.record_id).where(UploadItem.state.in_(UPLOADED))
    return Check.record_id.in_(sent)
