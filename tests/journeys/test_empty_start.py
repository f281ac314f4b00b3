"""From an empty installation to a community at work, by an admin alone and in a browser alone."""

import re
from io import BytesIO

from app.domain.places import area_by_code
from app.domain.setup import make_setup_code
from app.lib import clock
from app.lib.db import session
from tests.web.conftest import empty  # noqa: F401

ROLL = """姓名,性别,出生日期,电话,小区,楼号,单元,房号,网格
曹桂英,女,1944-03-05,13800001111,二轻小区,3,1,501,第1网格
曹军,男,1970-08-09,13800002222,二轻小区,3,1,501,第1网格
"""
OWN = {
    "admin": "梧桐树下的小板凳三把",
    "hulan": "晚饭后沿着汾河走一圈",
    "duanxh": "窗台上的两盆吊兰开了",
}


def page_of(browser, url: str) -> str:
    answer = browser.get(url)
    assert answer.status_code == 200, (url, answer.status_code, answer.location)
    return answer.get_data(as_text=True)


def post(browser, url: str, **typed):
    answer = browser.post(url, data=typed)
    assert answer.status_code in (200, 303), answer.get_data(as_text=True)
    return answer


def enter(app, login: str, password: str):
    browser = app.test_client()
    post(browser, "/sign-in", handle=login, password=password)
    return browser


def first_sign_in(app, login: str, one_time: str):
    """With the one-time password, then with her own."""
    browser = enter(app, login, one_time)
    assert browser.get("/").location
    own = OWN[login]
    assert "一次性密码" in page_of(browser, "/account/password")
    post(browser, "/account/password", current=one_time, new=own, again=own)
    return enter(app, login, own)


def open_account(desk, **typed) -> str:
    made = post(desk, "/admin/users/new", **({"phone": "", "title": ""} | typed))
    return re.search(r'id="one-time">([^<]+)<', made.get_data(as_text=True)).group(1)


def test_an_admin_alone_gets_a_community_to_work(empty):  # noqa: F811
    app = empty
    code = make_setup_code(at=clock.now())
    session.commit()
    visitor = app.test_client()
    assert visitor.get("/").location == "/setup"
    post(visitor, "/setup", code=code, name="韩雪", login="admin", password=OWN["admin"])
    desk = enter(app, "admin", OWN["admin"])

    assert "整市加入" in page_of(desk, "/admin/areas?find=太原")
    post(desk, "/admin/areas/districts", code="140100")
    district = area_by_code("140106")
    post(desk, f"/admin/areas/{district.id}/places", **place("迎泽街道", "140106001"))
    street = area_by_code("140106001")
    post(desk, f"/admin/areas/{street.id}/places", **place("南内环街二社区", "140106001002"))
    community = area_by_code("140106001002")
    post(desk, f"/admin/areas/{community.id}/grids", count=2)
    grid = community.under("grid")[0]

    director = {"name": "胡兰", "login": "hulan", "role": "director", "area_id": community.id}
    worker = {"name": "段晓红", "login": "duanxh", "role": "worker", "area_id": community.id}
    hers, one_time = open_account(desk, **director), open_account(desk, **worker)
    worker_id = re.search(r"/admin/users/(\d+)\"[^>]*>段晓红", page_of(desk, "/admin/users"))
    today = clock.today().isoformat()
    post(desk, f"/admin/users/{worker_id.group(1)}/grids", grid_id=grid.id, begins=today, ends="")

    board = first_sign_in(app, "hulan", hers)
    phone = first_sign_in(app, "duanxh", one_time)
    assert board.get("/").location == "/board"
    page_of(board, "/board")
    assert phone.get("/").location == "/today"
    page_of(phone, "/today")

    roll = {"file": (BytesIO(ROLL.encode()), "名册.csv"), "kind": "auto"}
    match = post(board, "/imports", **roll).location
    assert "名册" in page_of(board, match) and "曹桂英" not in page_of(phone, "/residents")
    taken = post(board, f"{match}/confirmation").location
    assert "新增" in board.post(f"{taken}/progress").get_data(as_text=True)
    found = post(phone, "/residents", find="caoguiying").get_data(as_text=True)
    assert "曹大娘" in found


def place(name: str, code: str) -> dict[str, str]:
    return {"place-name": name, "place-code": code}
