"""A batch for the city's platform in our own columns, where the platform gave no form of its own.

The number in the first column comes back in the receipt (app/exchange/upload_receipt.py).
"""

from collections.abc import Iterable

from app.domain.places import Area
from app.exchange.fill.facts import Facts
from app.exchange.marking import Mark
from app.exchange.usual import Columns, usual_sheet

COLUMNS: Columns = (
    ("编号", "seq"),
    ("姓名", "name"),
    ("身份证号", "id_number"),
    ("联系电话", "phone"),
    ("现住址", "address"),
    ("街道", "street"),
    ("社区", "community"),
    ("所属网格", "grid"),
    ("来源地", "came_from"),
    ("返回时间", "arrived"),
    ("赋码或管控原因", "reason"),
    ("核查事项", "record"),
    ("核实结果", "result"),
    ("核实时间", "at"),
    ("核实人", "by"),
)


def upload_sheet(batch_id: int, facts: Iterable[Facts], community: Area, mark: Mark) -> bytes:
    """The workbook's bytes."""
    return usual_sheet(f"{community.name}核查上传 批次{batch_id}", COLUMNS, facts, mark)
