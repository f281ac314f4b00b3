"""Form fields and checks that several record kinds share, with their sentences."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from wtforms import Field, Form, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms import ValidationError as Bad
from wtforms.fields import DateField, DateTimeLocalField
from wtforms.widgets import CheckboxInput, ListWidget

from app.intake.messages import WTFORMS_WORDS
from app.lib import clock
from app.lib.words import N_, say

NOTE_LENGTH = 2000
LINE_LENGTH = 60
CLOCK_SLACK = timedelta(minutes=5)
# Outside of these years a date is a slip of the finger.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
YES_NO = [("y", N_("是")), ("n", N_("否"))]


class IntakeForm(Form):
    """A form whose messages are Chinese source texts, translated where they are shown.

    A field with ``render_kw["data-when"]`` (``outcome=needs,unwell``; ``&`` joins
    conditions) is asked only for these answers: otherwise what stands in it neither
    counts nor is checked.
    """

    # The local day that is told of, set before the form is checked.
    day: date | None = None

    class Meta:
        locales = ("zh",)

        def get_translations(self, form: Form) -> Any:
            return _Source()

    def validate(self, extra_validators: Any = None) -> bool:
        super().validate(extra_validators)
        for field in self:
            if not self.asks(field):
                field.errors = []
        return not self.errors

    def asks(self, field: Field) -> bool:
        """Whether the answers so far call for this field."""
        conditions = ((field.render_kw or {}).get("data-when") or "").split("&")
        return all(self._holds(condition.strip()) for condition in conditions if condition)

    def told(self) -> dict[str, Any]:
        """What was answered, by field name, without the outcome; what was not asked is left out."""
        asked = (field for field in self if field.short_name != "outcome" and self.asks(field))
        return {field.short_name: _plain(field) for field in asked}

    def sentences(self) -> dict[str, list[Any]]:
        """The errors by field name, each a `Say` or a Chinese source text."""
        return {name: list(errors) for name, errors in self.errors.items() if name}

    def _holds(self, condition: str) -> bool:
        name, _, values = condition.partition("=")
        field = self[name]
        if not self.asks(field) or not field.data:
            return False
        given = field.data if isinstance(field.data, list) else [field.data]
        return not values or any(str(answer) in values.split(",") for answer in given)


def _plain(field: Field) -> Any:
    """The answer as JSON keeps it."""
    if isinstance(field, YesNoField):
        return field.yes
    if isinstance(field, MomentField):
        return field.instant.isoformat() if field.instant else None
    return field.data.isoformat() if isinstance(field.data, date) else field.data


class _Source:
    """WTForms' own few messages, in our words."""

    def gettext(self, message: str) -> str:
        return WTFORMS_WORDS.get(message, message)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)


class NoteField(TextAreaField):
    """Free words, optional. Longer than `NOTE_LENGTH` characters is refused, never cut."""

    def __init__(self, label: str = N_("备注"), **options: Any):
        options.setdefault("filters", [_one_kind_of_line_end])
        options["validators"] = [*options.get("validators", []), at_most(NOTE_LENGTH)]
        options["render_kw"] = {"maxlength": NOTE_LENGTH} | options.get("render_kw", {})
        super().__init__(label, **options)


class LineField(StringField):
    """One short line of words."""

    def __init__(self, label: str, **options: Any):
        options.setdefault("filters", [_one_line])
        options["validators"] = [*options.get("validators", []), at_most(LINE_LENGTH)]
        options["render_kw"] = {"maxlength": LINE_LENGTH, "autocomplete": "off"} | options.get(
            "render_kw", {}
        )
        super().__init__(label, **options)


class OneOfField(RadioField):
    """One of a few choices, as chips; without an answer it is the default, or None."""

    def pre_validate(self, form: Form) -> None:
        self.data = self.data or self.default or None
        known = (value for value, *_words in self.choices or ())
        if self.data is not None and self.data not in known:
            super().pre_validate(form)


class YesNoField(OneOfField):
    """Yes or no; `yes` is the answer, None where none was given."""

    def __init__(self, label: str, **options: Any):
        super().__init__(label, choices=YES_NO, **options)

    @property
    def yes(self) -> bool | None:
        return None if self.data is None else self.data == "y"


class ChipsField(SelectMultipleField):
    """Any number of a few choices, as chips; each counts once."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: str, **options: Any):
        super().__init__(label, invalid_choice_message=N_("请从列表里选。"), **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(list(dict.fromkeys(valuelist)))


class DayField(DateField):
    """A calendar day. A default only fills the empty form: nothing told is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if "".join(valuelist).strip():
            super().process_formdata(valuelist)
            _refuse_far_off(self.data)


class MomentField(DateTimeLocalField):
    """A local wall-clock time; `instant` is the same moment, aware. Nothing told is None."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = "".join(valuelist).strip()
        self.data = _read_moment(text) if text else None

    @property
    def instant(self) -> datetime | None:
        return self.data.replace(tzinfo=clock.LOCAL).astimezone(UTC) if self.data else None


def wall_clock_now() -> datetime:
    """This minute on the wall, the usual first value of a `MomentField`."""
    return clock.local(clock.now()).replace(tzinfo=None, second=0, microsecond=0)


def at_most(length: int) -> Any:
    """At most so many characters; a browser that does not count lets more through."""

    def check(form: Form, field: Field) -> None:
        if len(field.data or "") > length:
            words = say("最多写 %(most)s 个字，现在有 %(now)s 个，请删减后再保存。",
                        most=length, now=len(field.data))  # fmt: skip
            raise Bad(words)

    return check


def not_in_future(form: Form, field: Any) -> None:
    """A date or local wall-clock time that has come already."""
    if field.data is None:
        return
    if isinstance(field, MomentField):
        ahead = field.instant > clock.now() + CLOCK_SLACK
    else:
        ahead = field.data > clock.today()
    if ahead:
        raise Bad(say("这个时间还没到，请改成已经发生的时间。"))


def _read_moment(text: str) -> datetime:
    """The wall-clock time in ISO 8601, with or without seconds and zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(N_("时间写法不对，例如 2022-10-06 08:30。")) from None
    _refuse_far_off(moment.date())
    return clock.local(moment).replace(tzinfo=None) if moment.tzinfo else moment


def _refuse_far_off(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(say("这个日期离现在太远，请核对年份。"))


def _one_kind_of_line_end(text: str | None) -> str:
    return (text or "").replace("\r\n", "\n").strip()


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())
