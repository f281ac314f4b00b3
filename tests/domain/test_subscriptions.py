"""A subscription is one person's on one phone, as long as she is signed in there."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import jobs
from app.domain import sign_in, subscriptions
from app.domain.sign_in import UserSession
from app.domain.subscriptions import Subscription
from app.lib import clock
from app.lib.db import session
from app.lib.refusal import Refused
from tests.notify.channels.phones import phone

PLACE = "https://updates.push.services.mozilla.com/wpush/v2/"


def signed_in(user) -> UserSession:
    token, _device = sign_in.begin_session(user, None, "测试手机", at=clock.now())
    return sign_in.session_of(token)


def subscribe(told, opened: UserSession, at=None) -> Subscription:
    return subscriptions.keep(
        told.address if hasattr(told, "address") else told,
        by=opened.user, at=at or clock.now(), session_id=opened.id, device_id=opened.device_id,
    )  # fmt: skip


def everything() -> list[Subscription]:
    return list(session.scalars(select(Subscription).order_by(Subscription.id)))


def test_she_is_reached_where_she_subscribed(cast):
    one = phone(PLACE + "one")
    subscribe(one, signed_in(cast.worker))
    (found,) = subscriptions.reaching([cast.worker.id, cast.director.id], at=clock.now())
    assert found.user_id == cast.worker.id and found.address == one.address


def test_address_and_keys_lie_sealed(cast):
    one = phone(PLACE + "one")
    row = subscribe(one, signed_in(cast.worker))
    columns = [column.name for column in Subscription.__table__.columns]
    stored = str([getattr(row, name) for name in columns])
    for secret in (one.address.endpoint, one.address.p256dh, one.address.auth):
        assert secret not in stored


def test_telling_it_again_changes_nothing_but_the_time(cast):
    one, opened = phone(PLACE + "one"), signed_in(cast.worker)
    first = subscribe(one, opened).id
    later = clock.now() + timedelta(hours=3)
    again = subscribe(one, opened, later)
    assert (again.id, again.told_at, len(everything())) == (first, later, 1)


def test_a_phone_has_one_address_and_the_last_one_holds(cast):
    opened = signed_in(cast.worker)
    subscribe(phone(PLACE + "one"), opened)
    subscribe(second := phone(PLACE + "two"), opened)
    assert [row.address for row in everything()] == [second.address]


def test_a_person_may_have_several_phones(cast):
    for name in ("one", "two"):
        subscribe(phone(PLACE + name), signed_in(cast.worker))
    assert len(subscriptions.reaching([cast.worker.id], at=clock.now())) == 2


def test_the_browser_of_whoever_signed_in_last_is_hers(cast):
    shared = phone(PLACE + "shared")
    subscribe(shared, signed_in(cast.worker))
    subscribe(shared, signed_in(cast.colleague))
    assert [row.user_id for row in everything()] == [cast.colleague.id]


def test_nobody_takes_an_address_away_without_its_keys(cast):
    subscribe(phone(PLACE + "hers"), signed_in(cast.worker))
    with pytest.raises(Refused, match="不是这部手机的"):
        subscribe(phone(PLACE + "hers"), signed_in(cast.colleague))
    assert [row.user_id for row in everything()] == [cast.worker.id]


ENDS = {
    "signing out": lambda opened: sign_in.end_session(opened, by=opened.user, at=clock.now()),
    "revocation": lambda opened: sign_in.revoke_device(
        opened.device, by=opened.user, at=clock.now()
    ),
    "a new password": lambda opened: sign_in.end_all_sessions(opened.user, at=clock.now()),
    "signing in anew": lambda opened: sign_in.begin_session(
        opened.user, opened.device, "", at=clock.now()
    ),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_it_ends_with_the_session(cast, end):
    hers, other = signed_in(cast.worker), signed_in(cast.colleague)
    subscribe(phone(PLACE + "hers"), hers)
    subscribe(phone(PLACE + "other"), other)
    end(hers)
    assert [row.user_id for row in everything()] == [cast.colleague.id]


def test_a_phone_not_heard_of_for_eight_days_is_forgotten(cast):
    subscribe(phone(PLACE + "one"), signed_in(cast.worker))
    later = clock.now() + subscriptions.KEPT_FOR + timedelta(minutes=1)
    assert subscriptions.reaching([cast.worker.id], at=later) == []
    with clock.stopped_at(later):
        assert jobs.clear_packs() == 1
    assert everything() == []


def test_who_may_not_sign_in_any_more_is_not_reached(cast):
    subscribe(phone(PLACE + "one"), signed_in(cast.worker))
    cast.worker.active = False
    session.flush()
    assert subscriptions.reaching([cast.worker.id], at=clock.now()) == []


def test_what_its_service_calls_dead_is_forgotten(cast):
    rows = [subscribe(phone(PLACE + n), signed_in(cast.worker)) for n in ("one", "two")]
    assert subscriptions.drop_dead([rows[0].id]) == 1
    assert [row.id for row in everything()] == [rows[1].id]
