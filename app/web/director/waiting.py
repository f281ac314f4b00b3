"""An entry that waits for the director, said in words: about whom, what, by whom, and why."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from app.domain.people import User
from app.domain.photos import Shown
from app.domain.postings import posting_of
from app.domain.receipts import Receipt
from app.intake import KINDS
from app.intake.accept import Entry
from app.intake.fields import IntakeForm, NoteField
from app.intake.kind import Subject
from app.intake.subject import find_subject
from app.lib import clock
from app.lib.ids import read_id
from app.lib.refusal import Held, Refused
from app.lib.words import N_, Say
from app.policy.roles import ROLES
from app.sync.held import entry_of
from app.web.director.asked import community
from app.web.person import me
from app.web.photo_album import Thumb, thumbs
from app.web.records.retelling import kind_words, retold_fields
from app.web.words import translated

Pairs = list[tuple[str, str]]


class DecisionForm(IntakeForm):
    words = NoteField(N_("退回要说明怎么改"), render_kw={"rows": 2})


@dataclass(frozen=True, slots=True)
class Waiting:
    """`about` are links to what it tells of; `now` what has become of its author since.

    `form` holds what the director wrote to it, `refused` why it cannot be kept as it stands.
    """

    receipt: Receipt
    kind: str
    about: Pairs
    told: Pairs
    now: str
    photos: list[Thumb]
    form: DecisionForm
    refused: Refused | None = None

    @property
    def why(self) -> Say | None:
        return self.refused.why if self.refused else None

    @property
    def wrong(self) -> Pairs:
        """(question, sentence) for every answer that her form does not take."""
        asked = KINDS[self.receipt.kind].form() if self.receipt.kind in KINDS else {}
        fields = self.refused.fields if self.refused else {}
        return [
            (translated(asked[name].label.text), translated(word))
            for name, words in fields.items()
            if name in asked
            for word in words
        ]


def waiting(
    receipt: Receipt,
    photos: list[Shown],
    form: DecisionForm | None = None,
    refused: Refused | None = None,
) -> Waiting:
    entry = entry_of(receipt)
    subject = subject_of(entry)
    day = clock.local_day(entry.recorded_at)
    return Waiting(
        receipt,
        kind_words(entry.kind),
        links_to(subject, entry),
        retold_fields(entry.kind, entry.fields, subject, day) + on_an_older_form(entry),
        standing_of(receipt.user),
        thumbs(photos, "director.held_photo", entry_id=receipt.entry_id),
        form or DecisionForm(),
        refused,
    )


def subject_of(entry: Entry) -> Subject | None:
    """Whom an entry is about, as the director sees it."""
    try:
        kind, at = KINDS[entry.kind], entry.recorded_at
        return find_subject(kind, entry.subject, by=me(), at=at, anywhere=True, ended=True)
    except (KeyError, Refused, Held):
        return None


def links_to(subject: Subject | None, entry: Entry) -> Pairs:
    """What it is about: who, which work or incident, which record it corrects or takes back."""
    found: Pairs = []
    if subject and subject.resident:
        url = url_for("residents.resident", resident_id=subject.resident.id)
        found.append((subject.resident.masked_name, url))
    if subject and subject.task and subject.task.share:
        url = url_for("director.given", given_id=subject.task.assignment_id)
        found.append((_("这件交办"), url))
    if subject and subject.incident:
        url = url_for("director.incident", incident_id=subject.incident.id)
        found.append((_("突发事件"), url))
    corrected = read_id(entry.subject.get("supersedes"))
    if record_id := subject.record.id if subject and subject.record else corrected:
        found.append((_("原来的登记"), url_for("records.record", record_id=record_id)))
    return found


def on_an_older_form(entry: Entry) -> Pairs:
    """What today's form has no place for, under the names that the older one had."""
    kind = KINDS.get(entry.kind)
    if kind is None or entry.via != "phone":
        return []
    told, asked = kind.read(entry.fields), kind.form()
    names = [name for name in told if name not in asked and any(told.getlist(name))]
    return [(_("旧表单“%(name)s”", name=name), "、".join(told.getlist(name))) for name in names]


def standing_of(author: User) -> str:
    """Where she is by now, if not in this community any more, or not able to sign in."""
    if not author.active:
        return _("账号已停用")
    posting = posting_of(author)
    if posting.community is not None and posting.community.id == community().id:
        return ""
    place = author.area.name if author.area else ""
    return _("现在是%(place)s%(role)s", place=place, role=translated(ROLES[author.role].words))
