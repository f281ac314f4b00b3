"""The audit log: newest first, by deed and day; it never names a resident."""

import re
from datetime import timedelta

import pytest

from app.domain import audit
from app.domain.people import User
from app.lib import clock
from app.lib.db import session


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.admin)


def rows_of(desk, query="") -> list[str]:
    page = desk.get(f"/admin/audit-log{query}").get_data(as_text=True)
    return re.findall(r"<tr><td>.*?</tr>", page, re.DOTALL)


def test_the_newest_stands_first(desk, cast):
    audit.note("exported", by=cast.director, at=clock.now() + timedelta(minutes=1))
    session.commit()
    rows = rows_of(desk)
    assert "导出" in rows[0]
    assert "zhangmin" in rows[0]


def test_it_can_be_narrowed_to_a_deed_and_a_day(desk, cast):
    audit.note("exported", by=cast.director, at=clock.now() - timedelta(days=1))
    audit.note("exported", by=cast.director, at=clock.now())
    session.commit()
    assert len(rows_of(desk, "?action=exported")) == 2
    assert len(rows_of(desk, "?action=exported&day=2022-10-05")) == 1
    assert rows_of(desk, "?day=2001-01-01") == []
    assert len(rows_of(desk, "?day=not-a-day")) > 0


def test_a_long_log_has_pages(desk, cast):
    for _number in range(150):
        audit.note("exported", by=cast.director, at=clock.now())
    session.commit()
    page = desk.get("/admin/audit-log?action=exported").get_data(as_text=True)
    older = re.search(r'href="(/admin/audit-log\?[^"]+)"', page).group(1).replace("&amp;", "&")
    assert len(rows_of(desk, "?action=exported")) == 100
    assert len(re.findall("<tr><td>", desk.get(older).get_data(as_text=True))) == 50


def test_why_somebody_looked_at_a_person_is_not_for_the_admin(desk, cast):
    audit.note("revealed", by=cast.worker, at=clock.now(), target="resident:1", reason="给刘福送药")
    session.commit()
    row = rows_of(desk, "?action=revealed")[0]
    assert "resident:1" in row
    assert "刘福" not in row


def test_an_admin_of_one_place_reads_of_that_place(client_of, cast):
    audit.note("exported", by=cast.next_director, at=clock.now())
    local = User(login="local", name="社区管理员", role="admin", area=cast.home)
    session.add(local)
    session.commit()
    rows = rows_of(client_of(local))
    assert rows
    assert not [row for row in rows if "hewei" in row]
