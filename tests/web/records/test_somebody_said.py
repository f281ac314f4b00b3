"""What was written of somebody in words, while the phone was locked: she is chosen afterwards."""

from app.domain.records import Record
from app.lib import clock
from app.lib.db import session
from app.lib.ids import new_id
from tests.web.pages import form_to, soup


def sent(browser) -> str:
    """The id of a visit to 刘大爷 that went through /sync without a number of his."""
    entry_id = str(new_id())
    entry = {
        "id": entry_id,
        "kind": "visit",
        "recorded_at": clock.now().isoformat(),
        "subject": {"said": "刘大爷 101"},
        "fields": {"outcome": "needs", "way": "door", "needs": ["food"], "note": "要一袋面"},
    }
    whole = {"device": str(new_id()), "sent_at": clock.now().isoformat(), "entries": [entry]}
    receipt = browser.post("/sync", json=whole).json["receipts"][0]
    assert (receipt["state"], receipt["why"]) == ("refused", "请从居民里选出这一位。")
    return entry_id


def test_its_author_chooses_whom_it_is_about_and_loses_nothing_of_it(client_of, cast):
    browser = client_of(cast.worker)
    entry_id = sent(browser)
    mend = soup(browser.get("/me")).find("a", string="改好再存")["href"]
    search = browser.get(mend, follow_redirects=True)
    assert "刘大爷 101" in search.text
    found = browser.post("/residents", data=form_to(soup(search), "/residents") | {"find": "刘福"})
    form = soup(browser.get(soup(found).find("a", class_="cell")["href"])).find(
        "form", class_="entry"
    )
    assert form.find("textarea", attrs={"name": "note"}).text.strip() == "要一袋面"
    told = {"id": entry_id, "outcome": "needs", "way": "door", "needs": "food", "note": "要一袋面"}
    assert form.find("input", attrs={"name": "id"})["value"] == entry_id
    browser.post(form["action"], data=told)
    kept = session.query(Record).filter_by(kind="visit").one()
    assert (str(kept.id), kept.resident_id) == (entry_id, cast.elder.id)


def test_nobody_else_reads_the_words(client_of, cast):
    entry_id = sent(client_of(cast.worker))
    page = client_of(cast.colleague).get(f"/residents?kind=visit&entry={entry_id}")
    assert "刘大爷" not in page.text
