"""Giving work out: to whom, about what, by when; most answers are proposed."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from app.domain.assignment_templates import AssignmentTemplate, give_recurring
from app.domain.assignments import Assignment
from app.domain.attachments import Attachment, of_assignments
from app.lib import clock
from app.lib.db import session
from tests.given import POSTERS
from tests.intake.test_incident_handled import given_to
from tests.lib.pictures import encoded
from tests.web.pages import form_to, soup

NEW = "/assignments/new"


def send(client, page: str = NEW, **typed):
    """Fill in the form that `page` shows, and send it."""
    fields = form_to(soup(client.get(page)), NEW)
    data = fields | {"words": POSTERS} | typed
    return client.post(NEW, data=data, follow_redirects=True)


def last() -> Assignment:
    return session.query(Assignment).order_by(Assignment.id.desc()).first()


def receivers() -> list:
    return [share.task.assignee for share in last().shares]


@pytest.fixture
def client(client_of, cast):
    return client_of(cast.director)


def test_words_and_a_person_are_enough(client, cast):
    page = send(client, people=[str(cast.worker.id)]).text
    assert "已交办" in page and POSTERS in page
    assert receivers() == [cast.worker]
    assert (last().asks, last().due_at) == ("tick", clock.end_of(clock.today()))


def test_to_a_grid_a_role_or_the_least_loaded(client, cast):
    send(client, how="grids", grids=[str(cast.grid1.id), str(cast.grid2.id)])
    assert [share.task.grid_id for share in last().shares] == [cast.grid1.id, cast.grid2.id]
    send(client, how="role", roles=["worker"])
    assert receivers() == [cast.worker, cast.colleague]
    send(client, how="least")
    assert receivers() == [cast.colleague]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"words": " ", "how": "least"}, "请写要办什么。"),
        ({}, "请至少选一个人。"),
        ({"how": "grids"}, "请至少选一个网格。"),
        ({"how": "role"}, "请选一类人。"),
        ({"how": "least", "within": "until"}, "请填期限。"),
        ({"how": "least", "within": "until", "until": "2022-10-06T08:00"}, "期限要晚于现在。"),
        ({"how": "least", "done_by": "form"}, "请选一张表。"),
        ({"how": "least", "done_by": "form", "sheet": "visit"}, "这张表是填一位居民的"),
        ({"how": "least", "rhythm": "week"}, "请选星期几。"),
        ({"how": "least", "rhythm": "dates", "dates": "明天"}, "请按 2022-10-08 的写法填日期"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, typed, why):
    page = send(client, **typed)
    assert page.status_code == 422 and why in page.text
    assert session.query(Assignment).count() == 0


def test_somebody_of_another_community_cannot_be_chosen(client, cast):
    assert send(client, people=[str(cast.neighbour.id)]).status_code == 422


def test_from_a_resident_the_worker_of_her_grid_is_proposed(client, cast):
    page = f"{NEW}?resident={cast.elder.id}"
    assert page.replace("&", "&amp;") in client.get(f"/residents/{cast.elder.id}").text
    send(client, page, done_by="form", sheet="visit")
    assert receivers() == [cast.worker]
    task = last().shares[0].task
    assert (task.resident_id, task.household_id, task.asks) == (
        cast.elder.id, cast.elder.household_id, "visit",
    )  # fmt: skip


def test_a_form_that_nobody_could_fill_in_is_not_asked_for(client, cast):
    page = send(client, f"{NEW}?resident={cast.plain.id}", done_by="form", sheet="visit")
    assert "没有这样的在管档案" in page.text


def test_from_a_row_of_the_checklist_the_grid_is_proposed(client, cast):
    url = f"{NEW}?grid={cast.grid2.code}"
    assert url in client.get(f"/checklist/{cast.grid2.code}").text
    send(client, url)
    assert [share.task.grid_id for share in last().shares] == [cast.grid2.id]


def test_from_an_incident_and_the_incident_goes_its_own_way(client, cast):
    incident = given_to(cast.worker, cast)
    session.commit()
    send(client, f"{NEW}?incident={incident.id}", people=[str(cast.colleague.id)])
    assert last().incident_id == incident.id
    incident.handle("已搬下来", by=cast.worker, at=clock.now())
    assert last().shares[0].task.state == "open"


def test_from_wherever_a_director_stands_it_is_a_tap_away(client, client_of, cast):
    incident = given_to(cast.worker, cast)
    session.commit()
    building = cast.elder.household.building_id
    for page, about in (
        ("/board", f"grid={cast.grid1.code}"),
        (f"/residents/{cast.elder.id}", f"resident={cast.elder.id}"),
        (f"/incidents/{incident.id}", f"incident={incident.id}"),
        (f"/buildings/{building}", f"building={building}"),
    ):
        assert soup(client.get(page)).find("a", href=f"{NEW}?{about}"), page
    send(client, f"{NEW}?building={building}", people=[str(cast.worker.id)])
    assert last().building_id == building
    assert NEW not in client_of(cast.worker).get(f"/buildings/{building}").text


def test_what_belongs_to_another_community_is_not_there(client, cast):
    for about in (f"resident={cast.stranger.id}", f"grid={cast.next_grid.code}", "incident=999"):
        assert client.get(f"{NEW}?{about}").status_code == 404


def test_files_go_along_and_only_receivers_get_them(client, client_of, cast):
    picture = encoded(Image.new("RGB", (40, 30), (10, 90, 120)))
    files = [(BytesIO(b"%PDF-1.4 x"), "通知.pdf"), (BytesIO(picture), "门口.png")]
    send(client, people=[str(cast.worker.id)], files=files)
    pdf, photo = session.query(Attachment).order_by(Attachment.id)
    assert (pdf.name, photo.name) == ("通知.pdf", "门口.jpg")
    answer = client_of(cast.worker).get(f"/attachments/{pdf.id}")
    assert answer.data == b"%PDF-1.4 x"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert client_of(cast.worker).get(f"/attachments/{photo.id}").mimetype == "image/jpeg"
    for who in (cast.colleague, cast.neighbour, cast.next_director):
        assert client_of(who).get(f"/attachments/{pdf.id}").status_code == 404


def test_a_file_of_another_kind_is_refused_and_nothing_is_given(client, cast):
    files = [(BytesIO(b"MZ"), "setup.exe")]
    page = send(client, people=[str(cast.worker.id)], files=files)
    assert "setup.exe" in page.text and page.status_code == 422
    assert session.query(Assignment).count() == 0


def test_a_template_fills_the_form_the_next_time(client, cast):
    send(client, how="role", roles=["worker"], done_by="note", name="贴通知")
    template = session.query(AssignmentTemplate).one()
    assert (template.name, template.rhythm) == ("贴通知", "")
    send(client, f"{NEW}?template={template.id}")
    assert last().template_id == template.id
    assert (last().asks, len(last().shares)) == ("note", 2)
    page = client.post(f"/assignment-templates/{template.id}/end", follow_redirects=True)
    assert "已停用" in page.text
    assert client.get(f"{NEW}?template={template.id}").status_code == 404


def test_what_recurs_is_given_today_if_today_is_one_of_its_days(client, cast):
    send(client, how="least", rhythm="daily", within="until", until="2022-10-06T18:00")
    assert last().for_day == date(2022, 10, 6)
    assert session.query(AssignmentTemplate).one().due_clock == "18:00"


def test_and_only_from_its_first_day_on_if_not(client, cast):
    page = send(client, how="least", rhythm="week", weekdays=["5"])
    assert "到那天早上自动交办" in page.text
    assert session.query(Assignment).count() == 0
    assert session.query(AssignmentTemplate).one().falls_on(datetime(2022, 10, 8).date())  # noqa: DTZ001


def test_the_files_of_a_template_come_along_each_time(client, client_of, cast):
    files = [(BytesIO(b"%PDF-1.4 x"), "巡查表.pdf")]
    send(client, how="role", roles=["worker"], rhythm="week", weekdays=["4"], files=files)
    assert session.query(Assignment).count() == 0  # Friday is tomorrow
    template = session.query(AssignmentTemplate).one()
    assert "巡查表.pdf" in client.get(f"{NEW}?template={template.id}").text
    send(client, f"{NEW}?template={template.id}")
    assert of_the_last(client_of(cast.worker)) == [b"%PDF-1.4 x"]
    tomorrow = clock.now() + timedelta(days=1)
    with clock.stopped_at(tomorrow):
        assert give_recurring(at=tomorrow) == 1
        session.commit()
        assert of_the_last(client_of(cast.colleague)) == [b"%PDF-1.4 x"]
        [number] = files_of_the_last()
        assert client_of(cast.neighbour).get(f"/attachments/{number}").status_code == 404


def files_of_the_last() -> list[int]:
    return [file.id for file in of_assignments([last().id])[last().id]]


def of_the_last(client) -> list[bytes]:
    return [client.get(f"/attachments/{number}").data for number in files_of_the_last()]
