"""The list of a batch as a workbook: masked for everybody, in full only with a reason."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app.domain.audit import AuditEntry
from app.domain.residents import Resident
from app.lib.db import session

LIST = "/decode/20221004010000/list.xlsx"


def cells(response) -> list[str]:
    sheet = load_workbook(BytesIO(response.data)).active
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]


def test_masked_it_names_nobody(client_of, lived):
    answer = client_of(lived.director).get(LIST)
    person = session.query(Resident).filter_by(name="孙七").one()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    shown = cells(answer)
    assert "孙**" in shown
    assert not {person.name, person.id_number, person.phone} & set(shown)
    assert session.query(AuditEntry).filter_by(action="exported").count() == 0


def test_in_full_with_a_reason_that_is_kept(client_of, lived):
    answer = client_of(lived.director).post(LIST, data={"reason": "报街道解码"})
    person = session.query(Resident).filter_by(name="孙七").one()
    assert {person.name, person.id_number, person.phone} <= set(cells(answer))
    kept = session.query(AuditEntry).filter_by(action="exported").one()
    assert (kept.who, kept.reason, kept.target) == (
        "zhangmin",
        "报街道解码",
        "decode:20221004010000",
    )


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_there_is_no_list(client_of, lived, reason):
    answer = client_of(lived.director).post(LIST, data={"reason": reason})
    assert answer.status_code == 303
    assert session.query(AuditEntry).filter_by(action="exported").count() == 0


def test_a_name_like_a_formula_stays_a_name(client_of, lived):
    person = session.query(Resident).filter_by(name="孙七").one()
    person.set_name("=HYPERLINK(1)")
    session.commit()
    answer = client_of(lived.director).post(LIST, data={"reason": "核对"})
    sheet = load_workbook(BytesIO(answer.data)).active
    found = next(cell for row in sheet.iter_rows() for cell in row if cell.value == person.name)
    assert found.data_type == "s"
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


@pytest.mark.parametrize("who", ["next_director", "worker"])
def test_nobody_elses_list(client_of, lived, who):
    client = client_of(getattr(lived, who))
    assert client.get(LIST).status_code in (403, 404)
    assert client.post(LIST, data={"reason": "看看"}).status_code in (403, 404)
    assert session.query(AuditEntry).filter_by(action="exported").count() == 0
