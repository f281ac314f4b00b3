"""Entries that a person must decide: held for the director, refused or returned to their author.

Accepted, an entry is kept as if its author had told it within her grids; returned,
it goes back to her with the director's words, to be mended and sent again.
"""

import json
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.domain import photos
from app.domain.people import User
from app.domain.places import Area
from app.domain.receipts import UNSETTLED, Receipt
from app.domain.records import Record
from app.intake.accept import Entry, accept
from app.intake.sight import Sight
from app.lib.db import session
from app.lib.ids import read_id
from app.lib.refusal import Held, Refused
from app.lib.words import say
from app.sync.body import unpacked

LONGEST_WORDS = 500


def held_in(community_id: int) -> list[Receipt]:
    """What waits for the director of a community, the oldest first, each with its author."""
    wanted = select(Receipt).where(Receipt.community_id == community_id, Receipt.state == "held")
    wanted = wanted.options(joinedload(Receipt.user))
    return list(session.scalars(wanted.order_by(Receipt.received_at, Receipt.entry_id)))


def held_entry(entry_id: UUID, community_id: int) -> Receipt | None:
    """One that waits for the director of a community; None where none of hers does."""
    receipt = session.get(Receipt, entry_id)
    mine = receipt is not None and receipt.community_id == community_id
    return receipt if mine and receipt.state == "held" else None


def unsettled_of(user: User) -> list[Receipt]:
    """An author's entries that were refused, are held, or came back, the latest first."""
    wanted = select(Receipt).where(Receipt.user_id == user.id, Receipt.state.in_(UNSETTLED))
    return list(session.scalars(wanted.order_by(Receipt.received_at.desc(), Receipt.entry_id)))


def unsettled_entry(entry_id: UUID, user: User) -> Receipt | None:
    """One of these, if it is hers."""
    receipt = session.get(Receipt, entry_id)
    hers = receipt is not None and receipt.user_id == user.id
    return receipt if hers and receipt.state in UNSETTLED else None


def entry_of(receipt: Receipt) -> Entry:
    """The whole entry as it was written, to be shown or filled into its form again."""
    return unpacked(receipt)


def words_of(receipt: Receipt) -> str:
    """What the director wrote when she returned it; empty where she did not."""
    return json.loads(receipt.body).get("words", "") if receipt.body_sealed else ""


def take_back(entry: Entry, *, by: User, at: datetime) -> bool:
    """Whether a withdrawal takes back an entry of her own that was never recorded.

    That one is settled then: nobody has to mend or decide it any more.
    """
    wanted = read_id(entry.subject.get("record_id")) if entry.kind == "withdrawal" else None
    receipt = unsettled_entry(wanted, by) if wanted else None
    if receipt is None:
        return False
    _lock(receipt)
    if receipt.state not in UNSETTLED:  # a director has just decided
        return False
    receipt.settle("withdrawn", None, by=by, at=at)
    photos.forget(receipt.entry_id)
    return True


def decide(
    receipt: Receipt, accepted: bool, *, words: str = "", by: User, at: datetime
) -> Record | None:
    """Accept a held entry as its author's record, or return it to her with `words`.

    Raises Refused where it was decided already, cannot be kept as it stands, or
    would be returned without a word.
    """
    _lock(receipt)
    if receipt.state != "held":
        raise Refused(say("这条登记已经定夺过了。"))
    return _keep(receipt, by=by, at=at) if accepted else _return(receipt, words, by=by, at=at)


def _lock(receipt: Receipt) -> None:
    """One decision at a time, also against its author's who takes it back."""
    row = select(Receipt.entry_id).where(Receipt.entry_id == receipt.entry_id)
    session.execute(row.with_for_update())
    session.refresh(receipt, ["state"])


def _keep(receipt: Receipt, *, by: User, at: datetime) -> Record:
    """It becomes a record of the community whose director decides, credited to its author."""
    sight = Sight(receipt.user, decided_in=session.get(Area, receipt.community_id))
    try:
        record = accept(unpacked(receipt), by=receipt.user, at=at, anywhere=True, sight=sight)
    except Held as held:
        raise Refused(held.why) from held
    receipt.settle("kept", record.id, by=by, at=at)
    return record


def _return(receipt: Receipt, words: str, *, by: User, at: datetime) -> None:
    if not words.strip():
        empty = say("退回要写一句原因，让登记的人知道怎么改。")
        raise Refused(empty, {"words": [empty]})
    whole = json.loads(receipt.body) | {"words": words.strip()[:LONGEST_WORDS]}
    receipt.body = json.dumps(whole)
    receipt.why = say("社区负责人退回了这条登记，请看说明。").as_json()
    receipt.settle("returned", None, by=by, at=at)
