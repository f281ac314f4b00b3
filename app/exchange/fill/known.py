"""What can be told of a row, and by which names other people's forms ask for it.

The person's own columns go by the names that the roll import knows; what only forms
ask for stands in asked.py. `kind` says how a value may be written (formats.py).
"""

import re
from dataclasses import dataclass, replace

from app.exchange.columns import FIELDS as OF_THE_ROLL
from app.exchange.fill.asked import ASKED, EVERY, PERSONAL

# What stands for a value that is known and not shown.
HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Known:
    """One thing that is known: its words, its kind, the ledgers that tell it, its names."""

    words: str
    kind: str
    ledgers: tuple[str, ...]
    names: re.Pattern[str]


_KINDS = {
    "id_number": "number",
    "phone": "phone",
    "sex": "sex",
    "born": "day",
    "address": "address",
    "building": "part",
    "unit": "part",
}
# Whoever checks has a name, too.
_NOT_WHO_CHECKS = r"(?!(核查|核实|排查|摸排|走访|探访)(人|人员|员)(的)?(姓名|名字))"
# What the roll's names do not say: where somebody lives who has come back.
_BACK = r"(在|[来返抵到入][并晋返]?)[并晋]?(后)?(现|居住|居家|落脚)?(地址|住址|住所|居住地)"
# Whom the police ask for: who rents is who lives there.
_TENANT = (
    r"(承租|租住|租赁|暂住|入住|流动)(人|户|人员|人口)?(的)?(姓名|名字)|承租人|(租户|租客)(姓名)?"
)
_NAMES = {
    "name": rf"{_NOT_WHO_CHECKS}(?:{OF_THE_ROLL['name'][1]}|{_TENANT})",
    "address": f"{OF_THE_ROLL['address'][1]}|{_BACK}",
}
# Asked for in a name that the roll knows, too, and meant more exactly.
_FIRST = ("grid_code", "elder_kind", "elder_class", "alone", "empty_nest", "lone")
_OF_FORMS = {
    key: Known(words, kind, ledgers, re.compile(names))
    for key, words, kind, ledgers, names in ASKED
}
_OF_PEOPLE = {
    key: Known(words, _KINDS.get(key, "text"), PERSONAL, re.compile(_NAMES.get(key, names)))
    for key, (words, names) in OF_THE_ROLL.items()
    if key != "note"
}
# The first whose name fits is meant. Free words about a person go into nobody else's form.
KNOWN = {key: _OF_FORMS[key] for key in _FIRST} | _OF_PEOPLE | _OF_FORMS
# The grid stands on every row, whoever it is about.
KNOWN["grid"] = replace(KNOWN["grid"], ledgers=EVERY)


def told_by(ledger: str) -> dict[str, Known]:
    """What the rows of a ledger can tell."""
    return {key: known for key, known in KNOWN.items() if ledger in known.ledgers}
