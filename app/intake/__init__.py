"""What may be recorded: one file per record kind, and `accept`, the one way in for all of them."""

from app.intake import (
    answer,
    arrival,
    arrival_check,
    attempt,
    code_check,
    code_push,
    decode_result,
    elder_roll,
    feedback,
    incident,
    incident_extension,
    incident_handled,
    monitor,
    release,
    resident,
    test,
    visit,
    withdrawal,
)
from app.intake.kind import Kind

# In the order they are offered under ＋登记; then those reached from a case, a task or a record.
_MODULES = (
    visit,
    code_check,
    test,
    monitor,
    arrival,
    arrival_check,
    incident,
    resident,
    code_push,
    elder_roll,
    attempt,
    release,
    decode_result,
    incident_handled,
    incident_extension,
    answer,
    withdrawal,
    feedback,
)
KINDS: dict[str, Kind] = {module.KIND.key: module.KIND for module in _MODULES}
