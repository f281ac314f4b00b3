"""A half-filled form survives a closed tab, sealed, for its author only."""

from app.domain.drafts import Draft, draft_of
from app.lib.db import session
from app.lib.ids import new_id
from tests.web.pages import form_to, soup


def test_what_is_typed_is_kept_sealed(client_of, cast):
    client = client_of(cast.worker)
    answer = client.post("/drafts/visit.resident1", data={"id": str(new_id()), "note": "写了一半"})
    assert answer.status_code == 204
    assert draft_of(cast.worker, "visit.resident1")["note"] == ["写了一半"]
    assert "写了一半" not in session.query(Draft).one().typed_sealed


def test_the_form_says_where_to_keep_it(client_of, cast):
    page = soup(client_of(cast.worker).get(f"/record/visit?resident={cast.elder.id}"))
    keeper = page.find(attrs={"hx-post": f"/drafts/visit.resident{cast.elder.id}"})
    assert keeper.find_parent("form") is not None


def test_it_can_be_thrown_away(client_of, cast):
    client, url = client_of(cast.worker), f"/record/visit?resident={cast.elder.id}"
    client.post(f"/drafts/visit.resident{cast.elder.id}", data={"note": "写了一半"})
    client.post(f"/drafts/visit.resident{cast.elder.id}/removal")
    assert "写了一半" not in client.get(url).text


def test_what_was_saved_meanwhile_is_no_draft(client_of, cast):
    """The tab's last word may arrive after the form itself."""
    client, url = client_of(cast.worker), f"/record/visit?resident={cast.elder.id}"
    sent = form_to(soup(client.get(url)), url) | {"outcome": "well"}
    client.post(url, data=sent)
    client.post(f"/drafts/visit.resident{cast.elder.id}", data=sent)
    assert draft_of(cast.worker, f"visit.resident{cast.elder.id}") is None


def test_a_name_that_does_not_fit_is_not_there(client_of, cast):
    assert client_of(cast.worker).post(f"/drafts/{'x' * 81}", data={}).status_code == 404
