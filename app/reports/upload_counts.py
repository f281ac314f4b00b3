"""The numbers about what goes to the city's platform."""

from app.domain.records import Record
from app.domain.uploads import given_back, to_upload
from app.lib.words import N_
from app.reports.counter import Counter

UPLOADS = (
    Counter(
        "to_upload", N_("已核实未上传"), "record", Record, Record.at, lambda _asked: (to_upload(),)
    ),
    Counter(
        "upload_refused",
        N_("平台退回"),
        "record",
        Record,
        Record.at,
        lambda _asked: (given_back(),),
    ),
)
