"""Addresses outside that we may speak to. They come from browsers and from what people typed in,
so each could be an attempt to make this server ask somebody else's questions (SSRF).

An address is https at the usual port of a listed host, written in one way only. It is checked
when it is told and again when it is used: then its host must lead outside, and the connection
goes to the very number that was checked. Nobody is followed anywhere else. A host that the
operator listed together with a port is trusted to stand wherever it stands.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, NoReturn

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from app.domain.robots import SORTS
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.notify.channels.outfit import outfit

PUSH_HOSTS = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "*.notify.windows.com",
    "web.push.apple.com",
    "*.push.apple.com",
)
ROBOT_HOSTS = tuple(host for sort in SORTS.values() for host in sort.hosts)
LONGEST = 1024  # characters
# No name and password, no second port, no fragment, no escapes in the host: one way to write it.
WRITTEN = re.compile(r"https://([a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::([0-9]{1,5}))?(/[!-~]*)?")
NEVER_IN_A_PATH = re.compile(r"[\\#]")
# Where a number of the old net stands at the end of one of the new; and what is never outside.
EMBEDDED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
NEVER = (IPv6Network("64:ff9b:1::/48"), IPv6Network("fec0::/10"))
CONNECT, WHOLE = 3, 5  # seconds

NOT_LISTED = N_("这个地址不是允许的推送服务。")
NO_ROBOT = N_("这个地址不是群机器人的地址，请从群设置里重新复制。")
NOT_OUTSIDE = N_("这个地址指向内部网络，没有发送。")
SPOKEN_PAST = N_("对方要我们改去别的地址，没有跟去。")


class Inside(OSError):
    """A listed host leads to a number that is not outside."""


@dataclass(frozen=True, slots=True)
class Place:
    """A host and port, and whether the operator named just these."""

    host: str
    port: int
    trusted: bool

    @property
    def origin(self) -> str:
        return f"https://{self.host}" + ("" if self.port == 443 else f":{self.port}")


def push_place(address: str) -> Place:
    """The place of a push endpoint; Refused for anything that is none."""
    return place_of(address, PUSH_HOSTS, outfit().push_hosts) or _refused(NOT_LISTED)


def robot_place(address: str) -> Place:
    """The place of a robot's webhook; Refused for anything that is none."""
    return place_of(address, ROBOT_HOSTS, outfit().robot_hosts) or _refused(NO_ROBOT)


def place_of(address: str, listed: tuple[str, ...], more: tuple[str, ...]) -> Place | None:
    """Where `address` leads, if that is listed. `more`: hosts or host:port of the operator."""
    written = WRITTEN.fullmatch(address) if len(address) <= LONGEST else None
    if not written or NEVER_IN_A_PATH.search(written[3] or ""):
        return None
    host, port = written[1], int(written[2] or 443)
    trusted = f"{host}:{port}" in more
    named = port == 443 and any(_fits(host, one) for one in (*listed, *more))
    if not (trusted or named):
        return None
    # what connects reads the address by itself: it must read the same
    return Place(host, port, trusted) if URL(address, encoded=True).host == host else None


def is_outside(number: str) -> bool:
    """Whether an IP number is a public one, also by every older number that it carries."""
    try:
        ip = ip_address(number.partition("%")[0])
    except ValueError:
        return False
    if any(ip in net for net in NEVER):
        return False
    return all(one.is_global and not one.is_multicast for one in (ip, *_carried(ip)))


def client(at_once: int, trusted: tuple[str, ...]) -> aiohttp.ClientSession:
    """A client that reaches places outside and those `trusted` (host:port), so many at a time."""
    trust = ssl.create_default_context()  # aiohttp's own is as old as the process
    look_up = Outside(trusted)
    ways = aiohttp.TCPConnector(limit=at_once, resolver=look_up, ttl_dns_cache=30, ssl=trust)
    return aiohttp.ClientSession(
        connector=ways,
        timeout=aiohttp.ClientTimeout(total=WHOLE, connect=CONNECT),
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,
    )


class Outside(AbstractResolver):
    """Looks a host up and gives back numbers that were checked; what connects uses just these."""

    def __init__(self, trusted: tuple[str, ...]):
        self.trusted = trusted

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[dict[str, Any]]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
        numbers = [(kind, where[0]) for kind, _type, _proto, _name, where in found]
        trusted = f"{host}:{port}" in self.trusted
        if not trusted and not all(is_outside(number) for _kind, number in numbers):
            raise Inside(NOT_OUTSIDE)
        fixed = {"port": port, "proto": 0, "flags": socket.AI_NUMERICHOST, "hostname": host}
        return [fixed | {"host": number, "family": kind} for kind, number in numbers]

    async def close(self) -> None:
        """Nothing is kept."""


def led_inside(error: BaseException) -> bool:
    """Whether a request failed because its host leads inside."""
    while error is not None:
        if isinstance(error, Inside):
            return True
        error = getattr(error, "os_error", None) or error.__cause__
    return False


def may_have_arrived(error: BaseException) -> bool:
    """Whether a request that failed had found its host: then it may have been taken unanswered."""
    return not isinstance(error, (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError))


def _refused(why: str) -> NoReturn:
    raise Refused(say(why))


def _fits(host: str, listed: str) -> bool:
    return host.endswith(listed[1:]) if listed.startswith("*.") else host == listed


def _carried(ip: IPv4Address | IPv6Address) -> Iterator[IPv4Address]:
    if isinstance(ip, IPv4Address):
        return
    with suppress(TypeError):
        yield from ip.teredo or ()
    yield from (one for one in (ip.ipv4_mapped, ip.sixtofour) if one)
    yield from (IPv4Address(int(ip) & 0xFFFFFFFF) for net in EMBEDDED if ip in net)
