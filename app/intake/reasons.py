"""The closed list of reasons as a field: what the rules in force at the place allow on the day."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import Form
from wtforms.validators import InputRequired

from app.domain.cases import KINDS
from app.domain.places import Area
from app.domain.regime import edition_at, jurisdiction_of
from app.intake.fields import OneOfField
from app.intake.kind import Subject
from app.lib.refusal import OutOfRules
from app.lib.words import say
from app.policy.rulebook import RULES, Reason


class ReasonField(OneOfField):
    """One reason of the list; `offer_reasons` fills in the choices."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, choices=[], validators=[InputRequired()], **options)


def reasons_at(case_kind: str, area: Area, day: date) -> tuple[Reason, ...]:
    """The closed list for a kind of case, or "incident", at a place on a day; may be empty."""
    return RULES.reasons(case_kind, edition_at(area, day), jurisdiction_of(area), day)


def offer_reasons(case_kind: str) -> Callable[[Form, Subject, date], None]:
    """The `prepare` of a form with a field `reason`; OutOfRules where there is none."""

    def offer(form: Form, subject: Subject, day: date) -> None:
        reasons = reasons_at(case_kind, subject.community, day)
        if not reasons:
            kind = KINDS.get(case_kind, "")
            raise OutOfRules(say("按现行规则，不再登记%(kind)s。", kind=kind))
        form.reason.choices = [(reason.key, reason.words) for reason in reasons]

    return offer
