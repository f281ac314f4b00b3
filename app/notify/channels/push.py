"""Web push to many phones at once: one loop, a bounded number of requests, every answer read."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
from yarl import URL

from app.domain.subscriptions import Address
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_
from app.notify.channels import Outcome, Parcel, endpoints
from app.notify.channels.outfit import outfit
from app.notify.channels.sealing import BAD_KEYS, Addressed, sealed

AT_ONCE = 64
# A service that was silent so often, and never answered, is left alone for the rest of the round.
SILENT = 8
LONGEST_WAIT = 3600  # seconds

GONE = N_("这部手机的推送订阅已失效。")
ALARM = N_("推送服务不认我们的密钥，请管理员检查 VAPID 密钥文件和联系邮箱。")
TOO_LARGE = N_("消息太长，推送服务不收。")
BUSY = N_("推送服务太忙，稍后再试。")
SILENCE = N_("推送服务连不上，稍后再试。")
NOT_TAKEN = N_("推送服务不收这条消息。")

SENT, INSIDE = Outcome("sent"), Outcome("refused", endpoints.NOT_OUTSIDE)
ANSWERS = {
    401: Outcome("alarm", ALARM),
    403: Outcome("alarm", ALARM),
    404: Outcome("gone", GONE),
    410: Outcome("gone", GONE),
    413: Outcome("refused", TOO_LARGE),
}


def carry(parcels: Iterable[tuple[Addressed, Parcel]], *, at_once: int = AT_ONCE) -> list[Outcome]:
    """Hand over many at once; the outcomes in the same order.

    Rows are read before the first request: whoever calls need keep no transaction open.
    """
    plain = [(Address(to.endpoint, to.p256dh, to.auth), parcel) for to, parcel in parcels]
    return asyncio.run(Round(at_once).carry(plain))


class Round:
    """One round of sending: what is known of each service while it goes on."""

    def __init__(self, at_once: int):
        self.at_once = at_once
        self.silences, self.answering = Counter(), set()

    async def carry(self, parcels: list[tuple[Address, Parcel]]) -> list[Outcome]:
        outcomes: list[Outcome] = [SENT] * len(parcels)
        waiting = iter(enumerate(parcels))

        async def carrier() -> None:
            for number, (to, parcel) in waiting:
                outcomes[number] = await self.hand_over(client, to, parcel)

        async with endpoints.client(self.at_once, outfit().push_hosts) as client:
            await asyncio.gather(*(carrier() for _ in range(min(self.at_once, len(parcels)))))
        return outcomes

    async def hand_over(
        self, client: aiohttp.ClientSession, to: Address, parcel: Parcel
    ) -> Outcome:
        try:
            origin = endpoints.push_place(to.endpoint).origin
        except Refused as refused:
            return Outcome("refused", str(refused))
        if self.silences[origin] >= SILENT and origin not in self.answering:
            return Outcome("later", SILENCE)
        try:
            outcome = await self._ask(client, to, parcel)
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            self.silences[origin] += 1
            lost = endpoints.may_have_arrived(error)
            return INSIDE if endpoints.led_inside(error) else Outcome("later", SILENCE, lost=lost)
        except ValueError:
            return Outcome("gone", BAD_KEYS)
        self.answering.add(origin)
        return outcome

    async def _ask(self, client: aiohttp.ClientSession, to: Address, parcel: Parcel) -> Outcome:
        for short in (False, True):
            body, headers = sealed(to, parcel, short=short)
            answer = client.post(
                URL(to.endpoint, encoded=True), data=body, headers=headers, allow_redirects=False
            )
            async with answer as response:
                status, wait = response.status, response.headers.get("Retry-After")
            if status != 413:
                break
        return judged(status, wait)


def judged(status: int, wait: str | None = None) -> Outcome:
    """What a service's answer means."""
    if status < 300:
        return SENT
    if 300 <= status < 400:
        return Outcome("refused", endpoints.SPOKEN_PAST)
    if status == 429 or status >= 500:
        return Outcome("later", BUSY, seconds_of(wait))
    return ANSWERS.get(status) or Outcome("refused", NOT_TAKEN)


def seconds_of(wait: str | None) -> int | None:
    """The seconds of a Retry-After header, as a number or a date; None where it says nothing."""
    if not wait:
        return None
    if wait.strip().isdecimal():
        return min(int(wait.strip()[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(wait)
    except ValueError:
        return None
    aware: datetime = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(int((aware - clock.now()).total_seconds()), 0), LONGEST_WAIT)
