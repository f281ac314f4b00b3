"""One web push as it leaves: sealed for one browser, with everything its service wants to know.

`webpush` does the cryptography (RFC 8291, RFC 8292). What it leaves open is settled here: how
long a message is worth, its urgency and topic, its size, for which service the header is
signed (with the port, and only once in half a day), which keys are keys, and what Windows wants.
"""

import base64
import hashlib
import json
import re
import time
from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from webpush import WebPush
from webpush.types import WebPushMessage, WebPushSubscription
from webpush.vapid import VAPID

from app.domain.subscriptions import Address
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.notify.channels import Parcel
from app.notify.channels.endpoints import push_place
from app.notify.channels.outfit import outfit

LARGEST = 3993  # bytes before sealing: RFC 8030 has services take 4096 after it
POINT, SECRET = 65, 16  # bytes of a browser's two keys
SHORTEST_WORTH = 60  # seconds; Windows refuses 0
TOKEN_LIFE = 12 * 3600
URGENCY = {"normal": "normal", "high": "high", "urgent": "high"}
DECLARATIVE = 8030  # the mark of a payload that Safari can show by itself
BASE64URL = re.compile(r"[\w-]+={0,2}", re.ASCII)

BAD_KEYS = N_("这部手机给的推送密钥不对，请重新打开提醒。")
FOREIGN = N_("这个推送订阅是给另一个系统的，请重新打开提醒。")


class Addressed(Protocol):
    """A subscription, or its address alone."""

    endpoint: str
    p256dh: str
    auth: str


def read_subscription(told: Mapping[str, Any]) -> Address:
    """What a browser says of itself (PushSubscription.toJSON, and `key`: for whom it subscribed).

    Raises Refused with a sentence for one that is malformed, foreign or leads elsewhere.
    """
    keys = told.get("keys") if isinstance(told.get("keys"), Mapping) else {}
    given = told.get("endpoint"), keys.get("p256dh"), keys.get("auth")
    endpoint, p256dh, auth = (one if isinstance(one, str) else "" for one in given)
    push_place(endpoint)
    if told.get("key") not in (None, application_key()):
        raise Refused(say(FOREIGN))
    if not _is_point(_raw(p256dh)) or len(_raw(auth)) != SECRET:
        raise Refused(say(BAD_KEYS))
    return Address(endpoint, p256dh.rstrip("="), auth.rstrip("="))


def application_key() -> str:
    """The public key with which a browser subscribes (base64url of the point)."""
    return VAPID.get_application_server_key(_post(outfit().vapid_key).vapid.public_key)


def sealed(to: Addressed, parcel: Parcel, *, short: bool = False) -> tuple[bytes, dict[str, str]]:
    """The body and the headers of one request; `short` says only that there is something."""
    words = payload(parcel, short=short)
    if len(words) > LARGEST:
        words = payload(parcel, short=True)
    made = encrypted(to, words)
    return made.encrypted, {
        "Authorization": made.headers["authorization"],
        "Content-Encoding": made.headers["content-encoding"],
        "Content-Type": "application/octet-stream",
        "TTL": str(max(parcel.seconds_worth, SHORTEST_WORTH)),
        "Urgency": URGENCY[parcel.urgency],
        "Topic": topic_of(parcel.topic),
    } | _wishes_of(push_place(to.endpoint).host)


def encrypted(to: Addressed, words: bytes) -> WebPushMessage:
    """Words for one browser, and the header that says who we are to its service."""
    browser = WebPushSubscription(endpoint=to.endpoint, keys={"p256dh": to.p256dh, "auth": to.auth})
    return _post(outfit().vapid_key, outfit().contact).get(words, browser)


def payload(parcel: Parcel, *, short: bool = False) -> bytes:
    """What js/push_worker.js reads; Safari shows it by itself (Declarative Web Push)."""
    said: dict[str, Any] = {
        "title": parcel.title[:200],
        "navigate": outfit().link_to(parcel.path),
        "tag": topic_of(parcel.topic),
        "lang": "zh-Hans",
    }
    more: dict[str, Any] = {"parcel": parcel.token} if parcel.token else {}
    if not short:
        said["body"] = parcel.body
        said["actions"] = [{"action": key, "title": words} for key, words in parcel.deeds]
        more |= {"entry": dict(parcel.entry)} if parcel.entry else {}
    said |= {"data": more} if more else {}
    whole = {"web_push": DECLARATIVE, "notification": said, "app_badge": parcel.count}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def topic_of(topic: str) -> str:
    """32 characters that every service takes and that tell it nothing."""
    return base64.urlsafe_b64encode(hashlib.sha256(topic.encode()).digest()[:24]).decode()


class Stamp(VAPID):
    """Who we are, signed for one service at a time and kept for it."""

    def __init__(self, private_key: bytes, public_key: bytes) -> None:
        super().__init__(private_key=private_key, public_key=public_key)
        self._made: dict[str, tuple[float, str]] = {}

    def get_authorization_header(self, endpoint: Any, subscriber: str, expiration: int) -> str:
        host = endpoint.host if endpoint.port == 443 else f"{endpoint.host}:{endpoint.port}"
        now, (made, header) = time.time(), self._made.get(host, (0.0, ""))
        if not made <= now < made + expiration / 2:
            place = SimpleNamespace(scheme="https", host=host)
            header = super().get_authorization_header(place, subscriber, expiration)
            self._made[host] = now, header
        return header


@lru_cache(maxsize=4)
def _post(private_key: bytes, contact: str = "") -> WebPush:
    public = load_pem_private_key(private_key, None).public_key()
    public_key = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    post = WebPush(private_key, public_key, subscriber=contact, expiration=TOKEN_LIFE)
    post.vapid = Stamp(private_key, public_key)
    return post


def _wishes_of(host: str) -> dict[str, str]:
    return {"X-WNS-Cache-Policy": "cache"} if host.endswith(".notify.windows.com") else {}


def _raw(written: str) -> bytes:
    if not BASE64URL.fullmatch(written):
        return b""
    bare = written.rstrip("=")
    return base64.urlsafe_b64decode(bare + "=" * (-len(bare) % 4)) if len(bare) % 4 != 1 else b""


def _is_point(raw: bytes) -> bool:
    if len(raw) != POINT:
        return False
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw)
    except ValueError:
        return False
    return True
