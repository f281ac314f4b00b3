"""The few messages that WTForms itself gives, in our words."""

from app.lib.words import N_

WTFORMS_WORDS = {
    "This field is required.": N_("这一项要填。"),
    "Not a valid choice.": N_("请从列表里选。"),
    "Not a valid choice": N_("请从列表里选。"),
    "Invalid Choice: could not coerce.": N_("请从列表里选。"),
    "Not a valid date value.": N_("日期写法不对，例如 2022-10-06。"),
    "Not a valid datetime value.": N_("时间写法不对，例如 2022-10-06 08:30。"),
    "Not a valid integer value.": N_("这里只能填整数。"),
    "Not a valid decimal value.": N_("这里只能填数字。"),
    "Not a valid float value.": N_("这里只能填数字。"),
}
