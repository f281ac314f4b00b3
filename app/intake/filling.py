"""The form of a kind, filled or to be filled: what the rules of the day ask about a subject."""

from datetime import date
from typing import Any

from app.intake.fields import IntakeForm
from app.intake.kind import Kind, Subject, Telling
from app.intake.reasons import ReasonField
from app.lib.refusal import Held, OutOfRules, Refused
from app.lib.words import say


def form_for(
    kind: Kind, subject: Subject, day: date, fields: Any = None, used: IntakeForm | None = None
) -> IntakeForm:
    """The kind's form for a subject, filled or empty; Refused where the rules have none.

    A form that was `used` before is filled anew: a list has thousands of them.
    """
    typed = None if fields is None else kind.read(fields)
    form = used or kind.form(typed)
    if used:
        form.process(typed)
    form.day = day
    if kind.prepare:
        kind.prepare(form, subject, day)
    return form


def checked_form(
    kind: Kind,
    telling: Telling,
    fields: Any,
    written_on: str = "",
    used: IntakeForm | None = None,
) -> IntakeForm:
    """The filled form, or Refused with a sentence per field.

    Held where it was `written_on` an older form of the kind: its author cannot know
    what the new one asks.
    """
    form = form_for(kind, telling.subject, telling.day, fields, used)
    if form.validate():
        return form
    if written_on not in ("", kind.form_print) and not telling.decided:
        raise Held(say("表单在手机离线期间改过，内容已保留，等社区负责人定夺。"))
    unknown = any(isinstance(form[name], ReasonField) and form[name].data for name in form.errors)
    refusal = OutOfRules if unknown else Refused
    raise refusal(say("有几处要改一下。"), form.sentences())
