"""The showcase of the building blocks at /_parts: every macro of templates/parts in every state.

For whoever designs a page. It is hung only where the setting SHOW_PARTS asks for it.
"""

from flask import Blueprint, render_template
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    DecimalField,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from app.web import samples
from app.web.guard import public

parts = Blueprint("parts", __name__)

SEEN = {"door": "当面见到", "phone": "电话联系", "not_seen": "未见到"}
CONDITION = {"well": "好", "fair": "一般", "unwell": "不适", "hospital": "需送医"}
NEEDS = {
    "medicine": "药品",
    "food": "蔬菜食品",
    "doctor": "就医",
    "test": "核酸上门",
    "repair": "家电维修",
    "talk": "陪伴说话",
    "other": "其他",
}
ORIGINS = {"": "请选择", "14": "山西省", "37": "山东省"}


def choices(words: dict[str, str]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in words.items()]


class Chips(SelectMultipleField):
    """A list of checkboxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class SampleForm(Form):
    """One field of every kind."""

    seen = RadioField("见到本人了吗", [InputRequired()], choices=choices(SEEN), default="door")
    condition = RadioField("身体", choices=choices(CONDITION), default="unwell")
    symptoms = StringField("哪里不舒服", render_kw={"data-when": "condition=unwell,hospital"})
    needs = Chips("需要帮忙", choices=choices(NEEDS), default=["medicine", "food"])
    note = TextAreaField(
        "要买什么", render_kw={"data-when": "needs", "placeholder": "硝苯地平 1 盒；白菜、鸡蛋…"}
    )
    temperature = DecimalField("体温（℃）", description="晨测，腋下")
    people = IntegerField("同住人数")
    phone = TelField("电话", [InputRequired()])
    origin = SelectField("从哪里返回", choices=choices(ORIGINS))
    arrived_on = DateField("返回日期")
    sampled_at = DateTimeLocalField("采样时间")
    living_alone = BooleanField("一个人住", description="夫妻同住请不要打开")
    paper = FileField("核酸结果截图")


@parts.get("/_parts")
@public
def showcase() -> str:
    """Every building block, with samples."""
    return render_template(
        "parts/showcase.html", form=SampleForm(), refused=refused_form(), s=samples
    )


def refused_form() -> SampleForm:
    """The sample form as it comes back with an error."""
    form = SampleForm(data={"phone": "1380000"}, prefix="refused-")
    form.phone.errors = [samples.REFUSED_PHONE]
    return form
