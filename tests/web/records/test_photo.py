"""Who sees a photo: whoever sees the record, the incident or the waiting entry, and nobody else."""

import pytest

from app.domain.incidents import Incident
from app.domain.people import GridAssignment
from app.domain.records import Record
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from app.sync.inbox import receive
from tests.intake.telling import entry
from tests.lib.pictures import encoded, noise, opened
from tests.photos import put, sha_of, visit
from tests.web.pages import soup

SENT = encoded(noise(1600, 1200, 20))
SHA = sha_of(SENT)


@pytest.fixture
def record(client_of, cast) -> Record:
    """李娜's visit with a photo."""
    put(client_of(cast.worker), SENT)
    return receive([visit(cast, SHA)], by=cast.worker)[0].record


@pytest.fixture
def incident(client_of, cast) -> Incident:
    """What 李娜 reported with a photo, given to 周强 of the next grid."""
    put(client_of(cast.worker), SENT)
    told = {"kind": "outage", "words": "楼上水管爆了", "place": "2号楼"}
    receive([entry("incident", via="phone", photos=(SHA,), **told)], by=cast.worker)
    found = session.query(Incident).one()
    found.verify("", by=cast.director, at=clock.now())
    deadline = clock.at(clock.today(), 15)
    found.assign(cast.colleague, deadline, "", by=cast.director, at=clock.now())
    session.commit()
    return found


def src(page) -> list[str]:
    return [image["src"] for image in page.select(".photos img")]


def test_a_record_shows_its_photos(client_of, cast, record):
    client = client_of(cast.worker)
    page = soup(client.get(f"/records/{record.id}"))
    (small,) = src(page)
    assert max(opened(client.get(small).data).size) == 320
    checked = client_of(cast.director).get(f"/records/{record.id}/review")
    assert src(soup(checked)) == [small]
    (whole,) = [link["href"] for link in page.select(".photos a")]
    assert max(opened(client.get(whole).data).size) == 1280


def test_a_photo_is_sent_as_nothing_but_a_picture_and_kept_by_no_cache(client_of, cast, record):
    answer = client_of(cast.worker).get(f"/records/{record.id}/photos/{SHA}")
    headers = answer.headers
    assert answer.mimetype == "image/jpeg" and answer.data.startswith(b"\xff\xd8")
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "object-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("worker", 200),
        ("director", 200),
        ("secretary", 200),
        ("colleague", 404),
        ("neighbour", 404),
        ("next_director", 404),
        ("official", 403),
        ("admin", 403),
    ],
)
def test_who_may_not_see_the_record_does_not_see_its_photo(client_of, cast, record, who, status):
    client = client_of(getattr(cast, who))
    assert client.get(f"/records/{record.id}/photos/{SHA}").status_code == status


def test_signed_out_there_is_no_photo(visitor, record):
    assert visitor.get(f"/records/{record.id}/photos/{SHA}").status_code == 302
    assert visitor.get(f"/photos/{SHA}").status_code == 302


def test_the_hash_of_another_s_photo_opens_nothing(client_of, cast, record):
    other = client_of(cast.colleague)
    assert other.get(f"/photos/{SHA}").status_code == 404
    told = entry("incident", via="phone", photos=(SHA,), kind="other", words="x", place="1号楼")
    hers = receive([told], by=cast.colleague)[0].record
    assert other.get(f"/records/{hers.id}/photos/{SHA}").status_code == 404
    assert "还没收到" in other.get(f"/records/{hers.id}").text


def test_her_own_photo_is_hers_until_it_belongs_to_a_record_she_sees_no_more(client_of, cast):
    worker, sent = cast.worker, encoded(noise())
    client, url = client_of(worker), f"/photos/{sha_of(sent)}"
    put(client, sent)
    assert client.get(url).status_code == 200
    receive([visit(cast, sha_of(sent))], by=worker)
    assert client.get(url).status_code == 200
    session.query(GridAssignment).filter_by(user_id=worker.id).delete()
    worker.area = cast.next_door
    session.commit()
    assert client.get(url).status_code == 404


def test_what_a_record_does_not_name_is_not_there(client_of, cast, record):
    client = client_of(cast.worker)
    for url in (f"/records/{record.id}/photos/{'0' * 64}", f"/records/{new_id()}/photos/{SHA}"):
        assert client.get(url).status_code == 404


def test_a_photo_that_is_still_on_its_way_is_said_and_shows_when_it_comes(client_of, cast):
    client, late = client_of(cast.worker), encoded(noise())
    told = visit(cast, sha_of(late))
    receive([told], by=cast.worker)
    url = f"/records/{told.id}"
    before = client.get(url)
    assert "照片还没收到" in before.text and src(soup(before)) == []
    put(client, late)
    after = client.get(url, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and len(src(soup(after))) == 1


def test_the_timeline_says_how_many(client_of, cast, record):
    page = client_of(cast.worker).get(f"/residents/{cast.elder.id}").text
    assert "照片 1 张" in page


def test_an_incident_shows_its_photos_to_the_director_and_to_whom_it_was_given(
    client_of, cast, incident
):
    director, colleague = client_of(cast.director), client_of(cast.colleague)
    for client, url in (
        (director, f"/incidents/{incident.id}"),
        (colleague, f"/incidents/mine/{incident.id}"),
    ):
        (small,) = src(soup(client.get(url)))
        assert client.get(small).mimetype == "image/jpeg"
    stranger = client_of(cast.neighbour)
    assert stranger.get(f"/incidents/{incident.id}/photos/{SHA}").status_code == 404


def test_what_was_done_about_it_is_shown_beside_it(client_of, cast, incident):
    mended, client = encoded(noise()), client_of(cast.colleague)
    put(client, mended)
    done = entry("incident_handled", incident, via="phone", photos=(sha_of(mended),), what="已关阀")
    assert receive([done], by=cast.colleague)[0].state == "kept"
    assert len(src(soup(client_of(cast.director).get(f"/incidents/{incident.id}")))) == 2


def test_a_photo_left_out_of_a_correction_is_shown_no_more_with_the_incident(client_of, cast):
    put(client_of(cast.worker), SENT)
    told = {"kind": "outage", "words": "水管爆了", "place": "2号楼"}
    receive([first := entry("incident", via="phone", photos=(SHA,), **told)], by=cast.worker)
    found = session.query(Incident).one()
    better = entry("incident", found, via="phone", subject={"supersedes": str(first.id)}, **told)
    assert receive([better], by=cast.worker)[0].state == "kept"
    client = client_of(cast.director)
    assert src(soup(client.get(f"/incidents/{found.id}"))) == []
    assert client.get(f"/incidents/{found.id}/photos/{SHA}").status_code == 404


def test_a_waiting_entry_shows_its_photo_to_the_director_who_decides(client_of, cast):
    put(client_of(cast.worker), SENT)
    waits = entry("visit", cast.sibling, via="phone", photos=(SHA,), outcome="well")
    receive([waits], by=cast.worker)
    url = f"/held/{waits.id}/photos/{SHA}"
    assert src(soup(client_of(cast.director).get("/held"))) == [f"{url}?small=1"]
    seen = {who: client_of(getattr(cast, who)).get(url).status_code for who in WHO}
    assert seen == {"director": 200, "next_director": 404, "worker": 403, "admin": 403}


WHO = ("director", "next_director", "worker", "admin")
