"""Sudden events: reported → verified → assigned → handled → checked → closed.

A worker reports; the director verifies, assigns with a deadline, grants or
declines more time, checks what was done, and closes or sends back. The steps
are rows of their own, so that the whole course can be read.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.domain import tasks
from app.domain.events import happened
from app.domain.people import User
from app.domain.places import Area
from app.domain.residents import Resident
from app.domain.tasks import Task
from app.lib.crypto import Sealed
from app.lib.db import Uid, db, session
from app.lib.refusal import Refused
from app.lib.words import N_, say

STAGES = {
    "reported": N_("待核实"),
    "verified": N_("待派单"),
    "assigned": N_("处理中"),
    "handled": N_("待复核"),
    "checked": N_("待办结"),
    "closed": N_("已办结"),
    "unfounded": N_("不属实"),
}
OPEN_STAGES = ("reported", "verified", "assigned", "handled", "checked")
# Which stage each step may be taken from.
STEPS = {
    "verify": ("reported",),
    "dismiss": ("reported",),
    "assign": ("verified", "assigned"),
    "ask_extension": ("assigned",),
    "grant_extension": ("assigned",),
    "decline_extension": ("assigned",),
    "handle": ("assigned",),
    "check": ("handled",),
    "send_back": ("handled",),
    "close": ("checked",),
}


class Incident(Uid, db.Model):
    __tablename__ = "incidents"
    __table_args__ = (Index("ix_incidents_stage", "community_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(24))
    grade: Mapped[int] = mapped_column(default=2)
    stage: Mapped[str] = mapped_column(String(12), default="reported")
    community_id: Mapped[int] = mapped_column(ForeignKey("areas.id"))
    grid_id: Mapped[int | None] = mapped_column(ForeignKey("areas.id"), index=True)
    household_id: Mapped[int | None] = mapped_column(ForeignKey("households.id"))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"), index=True)
    reported_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    reported_at: Mapped[datetime]
    verify_by: Mapped[datetime]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    deadline: Mapped[datetime | None]
    extension_until: Mapped[datetime | None]
    handled_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    words_sealed: Mapped[str | None]
    place_sealed: Mapped[str | None]

    reported_by: Mapped[User] = relationship(foreign_keys=[reported_by_id])
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    grid: Mapped[Area | None] = relationship(foreign_keys=[grid_id])
    resident: Mapped[Resident | None] = relationship()
    steps: Mapped[list["IncidentStep"]] = relationship(order_by="IncidentStep.id")
    words = Sealed()
    place = Sealed()

    @property
    def is_open(self) -> bool:
        return self.stage in OPEN_STAGES

    @property
    def due_at(self) -> datetime | None:
        """By when the next step must be taken, as far as a time was set."""
        return self.verify_by if self.stage == "reported" else self.deadline

    def may(self, step: str) -> bool:
        """Whether a step can be taken now; granting needs somebody to have asked."""
        asked = self.extension_until is not None
        if step in ("grant_extension", "decline_extension") and not asked:
            return False
        return self.stage in STEPS[step]

    def verify(self, note: str, *, by: User, at: datetime) -> None:
        self._take("verify", "incident_verified", note, by=by, at=at)
        self.stage = "verified"

    def dismiss(self, note: str, *, by: User, at: datetime) -> None:
        """It was not so: end it, with the reason kept."""
        self._take("dismiss", "incident_closed", note, by=by, at=at)
        self.stage, self.closed_at = "unfounded", at

    def restate(
        self, kind: str, words: str, place: str, *, grade: int, verify_by: datetime
    ) -> None:
        """The reporter corrects what she reported, as long as nobody has looked into it."""
        if self.stage != "reported":
            raise Refused(say("这件事已经核实过，不能再改；有新情况请补充上报。"))
        self.kind, self.grade, self.verify_by = kind, grade, verify_by
        self.words, self.place = words, place

    def assign(
        self, assignee: User, deadline: datetime, note: str = "", *, by: User, at: datetime
    ) -> None:
        """Give it to somebody by a time; her list shows it at once."""
        if deadline <= at:
            late = say("期限要晚于现在。")
            raise Refused(late, {"deadline": [late]})
        step = self._take("assign", "incident_assigned", note, by=by, at=at, to=assignee.id)
        step.assignee, step.until = assignee, deadline
        self.stage, self.assignee, self.deadline = "assigned", assignee, deadline
        self._withdraw_task()
        self._give_task(by=by, at=at)

    def ask_extension(self, until: datetime, why: str, *, by: User, at: datetime) -> None:
        if self.deadline and until <= self.deadline:
            early = say("新的期限要晚于原来的期限。")
            raise Refused(early, {"until": [early]})
        step = self._take("ask_extension", "extension_asked", why, by=by, at=at)
        step.until = until
        self.extension_until = until

    def grant_extension(self, *, by: User, at: datetime) -> None:
        step = self._take("grant_extension", "extension_granted", "", by=by, at=at)
        step.until = self.extension_until
        self.deadline, self.extension_until = self.extension_until, None
        if task := self._task():
            task.set_window(task.opens_at, self.deadline)

    def decline_extension(self, why: str, *, by: User, at: datetime) -> None:
        self._take("decline_extension", "extension_declined", why, by=by, at=at)
        self.extension_until = None

    def handle(self, what: str, *, by: User, at: datetime) -> None:
        """Say what was done; the director checks it."""
        self._take("handle", "incident_handled", what, by=by, at=at)
        self.stage, self.handled_at = "handled", at
        if task := self._task():
            task.finish(None, by_id=by.id, at=at)

    def check(self, note: str, *, by: User, at: datetime) -> None:
        self._take("check", "incident_checked", note, by=by, at=at)
        self.stage = "checked"

    def send_back(self, why: str, *, by: User, at: datetime) -> None:
        self._take("send_back", "incident_sent_back", why, by=by, at=at)
        self.stage, self.handled_at = "assigned", None
        self._give_task(by=by, at=at)

    def close(self, note: str, *, by: User, at: datetime) -> None:
        self._take("close", "incident_closed", note, by=by, at=at)
        self.stage, self.closed_at = "closed", at

    def _take(
        self, step: str, event: str, note: str, *, by: User, at: datetime, **data: object
    ) -> "IncidentStep":
        if not self.may(step):
            raise Refused(say("这件事已经到了下一步，请刷新后再看。"))
        row = IncidentStep(step=step, by=by, at=at)
        row.note = note
        self.steps.append(row)
        happened(event, by=by, at=at, about=self, data=data)
        return row

    def _give_task(self, *, by: User, at: datetime) -> None:
        tasks.give(
            "incident",
            self.words or "",
            by=by,
            at=at,
            due_at=self.deadline,
            incident_id=self.id,
            assignee=self.assignee,
            community_id=self.community_id,
            grid_id=self.grid_id,
            household_id=self.household_id,
            resident_id=self.resident_id,
        )

    def _withdraw_task(self) -> None:
        if task := self._task():
            task.withdraw()

    def _task(self) -> Task | None:
        wanted = select(Task).where(Task.incident_id == self.id, Task.state == "open")
        return session.scalar(wanted.order_by(Task.id.desc()))


class IncidentStep(Uid, db.Model):
    """One step of an incident's course."""

    __tablename__ = "incident_steps"

    id: Mapped[int] = mapped_column(primary_key=True)
    incident_id: Mapped[int] = mapped_column(ForeignKey("incidents.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime]
    # To whom it was given, and the time that was set, asked for or granted.
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    until: Mapped[datetime | None]
    note_sealed: Mapped[str | None]

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    assignee: Mapped[User | None] = relationship(foreign_keys=[assignee_id])
    note = Sealed()


def report(
    kind: str,
    words: str,
    *,
    place: str,
    grade: int,
    verify_by: datetime,
    by: User,
    at: datetime,
    **about: object,
) -> Incident:
    """Report a sudden event. `about` names community, grid, and household and resident if known."""
    incident = Incident(
        kind=kind,
        grade=grade,
        reported_by_id=by.id,
        reported_at=at,
        verify_by=verify_by,
        stage="reported",
        **about,
    )
    incident.words, incident.place = words, place
    session.add(incident)
    session.flush()
    happened("incident_reported", by=by, at=at, about=incident, data={"kind": kind})
    return incident
