"""What is offered about somebody is what the rules of the day have."""

from datetime import UTC, datetime

from app.lib import clock

# Years after the last rule about people who come back from elsewhere.
LATER = datetime(2026, 11, 24, 2, 30, tzinfo=UTC)


def test_what_the_rules_no_longer_have_is_offered_nowhere(client_of, cast):
    with clock.stopped_at(LATER):
        browser = client_of(cast.worker)
        page = browser.get(f"/residents/{cast.plain.id}").get_data(as_text=True)
        assert "抵达登记" not in page
        assert "抵达登记" not in browser.get("/record").get_data(as_text=True)
        assert browser.get("/pack").status_code == 200
