"""Her own settings, and the devices she is signed in on."""

from app.domain import sign_in as door
from app.domain.audit import AuditEntry
from app.lib import clock
from app.lib.db import session
from tests.cast import PASSWORD

AGENT = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36"


def signed_in(app, handle="lina", agent=AGENT):
    browser = app.test_client()
    browser.environ_base["HTTP_USER_AGENT"] = agent
    browser.post("/sign-in", data={"handle": handle, "password": PASSWORD})
    return browser


def page_of(browser, url="/account") -> str:
    return browser.get(url).get_data(as_text=True)


def test_the_page_says_who_she_is_here(client_of, cast):
    page = page_of(client_of(cast.worker))
    for words in ("李娜", "网格员", "lina", "南内环街二社区", "第1网格"):
        assert words in page


def test_language_and_type_size_hold_on_every_page(client_of, cast):
    browser = client_of(cast.worker)
    browser.post("/account", data={"language": "en", "type_size": "large"})
    page = page_of(browser)
    assert '<html lang="en" data-type="large">' in page
    assert session.query(AuditEntry).filter_by(action="user_changed").one().who == "lina"


def test_what_is_not_on_the_list_is_refused(client_of, cast):
    answer = client_of(cast.worker).post(
        "/account", data={"language": "fr", "type_size": "large", "role": "admin"}
    )
    assert answer.status_code == 422
    session.expire_all()
    assert (cast.worker.language, cast.worker.role) == ("zh", "worker")


def test_devices_are_listed_by_the_names_people_give_them(app, cast):
    signed_in(app, agent="Mozilla/5.0 (iPhone) AppleWebKit MicroMessenger/8.0 Safari/604")
    page = page_of(signed_in(app))
    assert "iPhone · 微信" in page
    assert "Android · Chrome" in page
    assert page.count("这一台") == 1


def test_a_revoked_device_is_out_at_its_next_click(app, cast):
    lost, here = signed_in(app), signed_in(app)
    device = door.devices_of(cast.worker)[-1][0]
    assert lost.get("/account").status_code == 200
    answer = here.post(f"/account/devices/{device.id}/revocation")
    assert answer.location == "/account"
    gone = [browser for browser in (lost, here) if browser.get("/account").status_code == 302]
    assert len(gone) == 1
    noted = session.query(AuditEntry).filter_by(action="device_revoked").one()
    assert noted.target == f"device:{device.id}"


def test_revoking_the_device_in_hand_signs_out(app, cast):
    here = signed_in(app)
    device = door.devices_of(cast.worker)[0][0]
    here.post(f"/account/devices/{device.id}/revocation")
    assert here.get("/account").location.startswith("/sign-in")


def test_nobody_revokes_another_ones_device(app, cast):
    signed_in(app, "zhouqiang")
    device = door.devices_of(cast.colleague)[0][0]
    answer = signed_in(app).post(f"/account/devices/{device.id}/revocation")
    assert answer.status_code == 404
    assert door.own_device(cast.colleague, device.id) is not None


def test_a_device_in_use_says_when_it_was_last_seen(app, cast):
    here = signed_in(app)
    with clock.stopped_at(clock.now() + door.TOUCH_EVERY * 3):
        here.get("/account")
        assert "今天 10:45" in page_of(here)
