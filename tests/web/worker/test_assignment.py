"""Work given to her: one tap on 今日, a page of its own, and every step also without a script."""

from app.domain.shares import Share
from app.lib import clock
from app.lib.db import session
from tests.given import POSTERS, given_to_one
from tests.web.pages import entry_on, press, queries, soup


def ready(cast, **order):
    task = given_to_one(cast.worker, cast, **order)
    session.commit()
    return task


def test_a_tick_is_one_tap_on_today(client_of, cast):
    task = ready(cast)
    client = client_of(cast.worker)
    card = soup(client.get("/today")).find(id=f"task-{task.id}")
    assert POSTERS in card.text and "未接收" in card.text
    page = press(client, "/today", f"/tasks/{task.id}/completion").text
    assert "办好了" in page
    assert (task.state, task.share.state) == ("done", "done")


def test_what_needs_words_leads_to_its_page(client_of, cast):
    task = ready(cast, asks="note")
    card = soup(client_of(cast.worker).get("/today")).find(id=f"task-{task.id}")
    assert card.find("a", href=f"/assignments/mine/{task.id}")
    assert card.find("form") is None


def test_opening_it_is_noted_once(client_of, cast):
    task = ready(cast)
    client = client_of(cast.worker)
    client.get(f"/assignments/mine/{task.id}")
    opened = session.query(Share).one().opened_at
    assert opened == clock.now()
    with clock.stopped_at(task.due_at):
        client.get(f"/assignments/mine/{task.id}")
    session.expire_all()
    assert session.query(Share).one().opened_at == opened


def test_a_director_looking_at_it_is_not_her_opening_it(client_of, cast):
    task = ready(cast)
    client_of(cast.director).get(f"/assignments/{task.assignment_id}")
    assert session.query(Share).one().opened_at is None


def test_she_accepts_with_one_tap(client_of, cast):
    task = ready(cast)
    url = f"/assignments/mine/{task.id}"
    page = press(client_of(cast.worker), url, f"{url}/acceptance").text
    assert "已接收" in page and task.share.state == "accepted"


def test_the_phone_keeps_the_same_tap_as_an_entry(client_of, cast):
    task = ready(cast)
    client = client_of(cast.worker)
    url = f"/assignments/mine/{task.id}"
    form = soup(client.get(url)).find("form", action=f"{url}/acceptance")
    assert "data-on" not in form.attrs or '"task"' not in form["data-on"]
    answer = client.post("/sync", json={"entries": [entry_on(form)]}).json
    assert answer["receipts"][0]["state"] == "kept"
    session.expire_all()
    assert task.share.state == "accepted"


def test_she_asks_hands_on_and_finishes_by_forms(client_of, cast):
    task = ready(cast, asks="note")
    client, page = client_of(cast.worker), f"/assignments/mine/{task.id}"
    ask = f"/record/assignment_asked?task={task.id}"
    assert soup(client.get(page)).find("a", href=ask)
    press(client, ask, ask, question="地下室也贴吗？")
    assert task.share.state == "asked"
    task.share.answer("也贴", by=cast.director, at=clock.now())
    session.commit()
    assert "也贴" in client.get(page).text
    done = f"/record/assignment_done?task={task.id}"
    press(client, done, done, note="贴了 12 张")
    assert task.state == "done"


def test_handed_on_it_is_gone_from_hers(client_of, cast):
    task = ready(cast)
    hand_on = f"/record/assignment_handed_on?task={task.id}"
    press(client_of(cast.worker), hand_on, hand_on, to=str(cast.colleague.id), why="我在采样点")
    assert POSTERS not in client_of(cast.worker).get("/today").text
    assert client_of(cast.worker).get(f"/assignments/mine/{task.id}").status_code == 404
    assert POSTERS in client_of(cast.colleague).get("/today").text


def test_what_came_back_says_why_on_the_card(client_of, cast):
    task = ready(cast)
    press(client_of(cast.worker), "/today", f"/tasks/{task.id}/completion")
    task.share.send_back("贴高了，够不着", by=cast.director, at=clock.now())
    session.commit()
    card = soup(client_of(cast.worker).get("/today")).find(id=f"task-{task.id}")
    assert "退回重办：贴高了，够不着" in card.text


def test_long_words_are_cut_on_the_card_and_whole_on_the_page(client_of, cast):
    long = POSTERS * 20
    task = ready(cast, words=long)
    client = client_of(cast.worker)
    assert long not in client.get("/today").text
    assert long in client.get(f"/assignments/mine/{task.id}").text


def test_other_tasks_and_other_peoples_have_no_such_page(client_of, cast):
    task = ready(cast)
    for who in (cast.colleague, cast.neighbour):
        assert client_of(who).get(f"/assignments/mine/{task.id}").status_code == 404
        assert client_of(who).post(f"/assignments/mine/{task.id}/acceptance").status_code == 404
    assert client_of(cast.worker).get("/assignments/mine/1").status_code == 404


def test_today_stays_light_with_many(client_of, cast):
    for _n in range(20):
        ready(cast)
    client = client_of(cast.worker)
    with queries() as sent:
        page = client.get("/today")
    assert len(sent) <= 12
    assert len(page.data) <= 120_000
