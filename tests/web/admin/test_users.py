"""Accounts: a password shown once, changes at once, each with its audit row."""

import re

import pytest

from app.domain import sign_in as door
from app.domain.audit import AuditEntry
from app.domain.people import User, user_by_handle
from app.lib.db import session
from tests.cast import PASSWORD

NEW = {"name": "段晓红", "login": "duanxh", "role": "worker", "title": "网格员", "phone": ""}


@pytest.fixture
def desk(client_of, cast):
    return client_of(cast.admin)


def add(desk, cast, **changed):
    return desk.post("/admin/users/new", data=NEW | {"area_id": cast.home.id} | changed)


def shown_password(answer) -> str:
    return re.search(r'id="one-time">([^<]+)<', answer.get_data(as_text=True)).group(1)


def reasons() -> list[str]:
    rows = session.query(AuditEntry).filter_by(action="user_changed").order_by(AuditEntry.id)
    return [row.reason for row in rows]


def change(desk, user, **changed):
    now = {
        "name": user.name, "login": user.login, "role": user.role, "title": user.title,
        "area_id": user.area_id or 0, "phone": user.phone or "",
    }  # fmt: skip
    return desk.post(f"/admin/users/{user.id}", data=now | changed)


def test_the_list_says_who_works_where(desk):
    page = desk.get("/admin/users").get_data(as_text=True)
    for words in ("李娜", "南内环街二社区", "第1网格", "张敏", "副主任", "市级干部"):
        assert words in page
    only = desk.get("/admin/users?role=director").get_data(as_text=True)
    assert "张敏" in only
    assert "李娜" not in only


def test_a_long_list_has_pages(desk, cast):
    for number in range(120):
        session.add(User(login=f"w{number}", name=f"某{number}", role="worker", area=cast.home))
    session.commit()
    first = desk.get("/admin/users").get_data(as_text=True)
    onward = re.search(r'href="(/admin/users\?after=\d+)"', first).group(1)
    second = desk.get(onward).get_data(as_text=True)
    assert first.count("/admin/users/") - 1 == 100
    assert "w119" in second
    assert "某0<" not in second


def test_a_new_worker_gets_a_password_that_is_shown_once_and_opens_the_door(app, desk, cast):
    answer = add(desk, cast)
    password = shown_password(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    entered = app.test_client().post("/sign-in", data={"handle": "duanxh", "password": password})
    assert entered.status_code == 303
    made = user_by_handle("duanxh")
    assert password not in desk.get(f"/admin/users/{made.id}").get_data(as_text=True)
    assert password not in made.password_hash
    assert reasons() == [f"new worker {cast.home.code}"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"login": "lina"}, "已经有人用"),
        ({"login": "13900000000"}, "小写字母开头"),
        ({"login": "ab"}, "3 到 40"),
        ({"phone": "12345"}, "电话应为"),
        ({"name": ""}, "要填"),
        ({"name": "长" * 61}, "60"),
        ({"role": "emperor"}, "从列表里选"),
        ({"area_id": "0"}, "选社区"),
        ({"area_id": "99999"}, "从列表里选"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(desk, cast, wrong, words):
    answer = add(desk, cast, **wrong)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in page
    assert 'value="网格员"' in page
    assert user_by_handle("duanxh") is None


def test_one_phone_is_one_account(desk, cast):
    add(desk, cast, phone="139 1111 2222")
    answer = add(desk, cast, login="second", phone="13911112222")
    assert "已经是另一个账号的登录电话" in answer.get_data(as_text=True)


def test_fields_that_are_not_on_the_form_change_nothing(desk, cast):
    change(desk, cast.worker, active="", password_hash="x", language="en", created_at="2000-01-01")
    session.expire_all()
    assert cast.worker.active
    assert cast.worker.language == "zh"
    assert door.password_fits(cast.worker, PASSWORD)


def test_a_change_is_noted_by_what_changed_and_not_by_names(desk, cast):
    change(desk, cast.worker, name="李小娜", role="director", title="副主任")
    assert reasons() == [
        f"grid {cast.grid1.code} until 2022-10-05",
        "name, title, role worker→director",
    ]


def test_saving_without_a_change_is_no_change(desk, cast):
    assert change(desk, cast.worker).status_code == 303
    assert reasons() == []


def test_a_worker_who_moves_sees_the_new_place_at_her_next_click(desk, client_of, cast):
    phone = client_of(cast.worker)
    assert phone.get(f"/residents/{cast.elder.id}").status_code == 200
    change(desk, cast.worker, area_id=cast.next_door.id)
    assert phone.get(f"/residents/{cast.elder.id}").status_code == 404


def test_a_closed_account_is_out_at_once_and_its_records_stay(desk, client_of, cast):
    phone = client_of(cast.worker)
    desk.post(f"/admin/users/{cast.worker.id}/closing")
    assert phone.get("/today").status_code == 302
    assert reasons() == ["closed"]


def test_a_reopened_account_begins_with_a_new_password(app, desk, cast):
    desk.post(f"/admin/users/{cast.worker.id}/closing")
    password = shown_password(desk.post(f"/admin/users/{cast.worker.id}/reopening"))
    typed = {"handle": "lina", "password": password}
    assert app.test_client().post("/sign-in", data=typed).status_code == 303
    assert reasons() == ["closed", "one-time password"]


def test_a_one_time_password_ends_the_old_one_and_every_session(desk, client_of, cast):
    phone = client_of(cast.worker)
    shown_password(desk.post(f"/admin/users/{cast.worker.id}/one-time-password"))
    assert phone.get("/today").status_code == 302
    session.expire_all()
    assert not door.password_fits(cast.worker, PASSWORD)


def test_somebody_can_be_signed_out_everywhere(desk, client_of, cast):
    phones = [client_of(cast.worker), client_of(cast.worker)]
    desk.post(f"/admin/users/{cast.worker.id}/sign-outs")
    assert [phone.get("/today").status_code for phone in phones] == [302, 302]


def test_an_admin_cannot_take_herself_away(desk, cast):
    for deed in ("closing", "one-time-password"):
        desk.post(f"/admin/users/{cast.admin.id}/{deed}")
    assert change(desk, cast.admin, role="official", area_id=cast.city.id).status_code == 422
    session.expire_all()
    assert (cast.admin.active, cast.admin.role) == (True, "admin")
    assert reasons() == []


class TestAnAdminOfOneDistrict:
    """She manages what lies in it and can hand out nothing beyond."""

    @pytest.fixture
    def local(self, cast, client_of):
        admin = User(login="local", name="区管理员", role="admin", area=cast.street)
        session.add(admin)
        session.commit()
        return client_of(admin)

    def test_sees_only_her_accounts(self, local, cast):
        page = local.get("/admin/users").get_data(as_text=True)
        assert "李娜" in page
        assert "市级干部" not in page
        assert local.get(f"/admin/users/{cast.city_official.id}").status_code == 404
        assert local.post(f"/admin/users/{cast.admin.id}/closing").status_code == 404

    @pytest.mark.parametrize("place", ["city", None])
    def test_makes_nobody_above_herself(self, local, cast, place):
        area_id = getattr(cast, place).id if place else 0
        answer = add(local, cast, login="boss", role="admin", area_id=area_id)
        assert answer.status_code == 422
        assert user_by_handle("boss") is None

    def test_makes_a_worker_of_her_own(self, local, cast):
        assert add(local, cast).status_code == 200
