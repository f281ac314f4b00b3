"""The values of a person that are shown masked until somebody says why she needs them."""

from collections.abc import Collection

from app.domain.residents import Resident
from app.lib.words import N_
from app.web.words import translated

LABELS = {"name": N_("姓名"), "phone": N_("电话"), "id_number": N_("身份证号")}


def covered(resident: Resident, shown: Collection[str]) -> list[tuple[str, str, str, str]]:
    """(what, label, masked value, whole value or nothing unless it is `shown`)."""
    masked = {
        "name": resident.masked_name,
        "phone": resident.masked_phone,
        "id_number": resident.masked_id_number,
    }
    return [
        (what, translated(label), masked[what], getattr(resident, what) if what in shown else "")
        for what, label in LABELS.items()
    ]
