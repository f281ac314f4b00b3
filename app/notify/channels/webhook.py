"""A webhook of an SMS gateway, for what is urgent: signed, so that the gateway knows it is us.

The operator names it (SHOUWANG_SMS_URL), so it may stand anywhere. It gets
`{"id", "phone", "text"}` as JSON with the headers X-Shouwang-Timestamp (Unix seconds) and
X-Shouwang-Signature: the hex HMAC-SHA256, under SHOUWANG_SMS_SECRET, of timestamp, a dot, and
the body. Any 2xx is taken for sent; the same id may come twice and is one message.
"""

import asyncio
import hashlib
import hmac
import json

import aiohttp
from yarl import URL

from app.lib import clock
from app.lib.words import N_
from app.notify.channels import Outcome, Parcel, endpoints
from app.notify.channels.outfit import outfit
from app.notify.channels.push import seconds_of

ONLY = "urgent"
TEXT_LENGTH = 60  # characters: one message of the network

NONE_SET = N_("没有接短信网关。")
ONLY_URGENT = N_("短信只发紧急消息。")
NO_PHONE = N_("账号里没有手机号。")
NOT_HTTPS = N_("短信网关的地址要用 https。")
BAD_SECRET = N_("短信网关不认我们的签名，请管理员核对密钥。")
NOT_TAKEN = N_("短信网关没有收下这条消息。")
NO_ANSWER = N_("短信网关连不上，稍后再试。")


def is_set() -> bool:
    """Whether there is a gateway to send by."""
    return bool(outfit().sms_url and outfit().sms_secret)


def carry(phone: str | None, parcel: Parcel) -> Outcome:
    """One text message to one mobile number."""
    if not is_set():
        return Outcome("refused", NONE_SET)
    if parcel.urgency != ONLY:
        return Outcome("refused", ONLY_URGENT)
    if not phone:
        return Outcome("refused", NO_PHONE)
    if not outfit().sms_url.startswith("https://"):
        return Outcome("alarm", NOT_HTTPS)
    body = json.dumps(_words(phone, parcel), ensure_ascii=False).encode()
    try:
        status, wait = asyncio.run(_asked(outfit().sms_url, body))
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError):
        return Outcome("later", NO_ANSWER)
    return judged(status, wait)


def judged(status: int, wait: str | None = None) -> Outcome:
    if 200 <= status < 300:
        return Outcome("sent")
    if status in (401, 403):
        return Outcome("alarm", BAD_SECRET)
    if status == 429 or status >= 500:
        return Outcome("later", NO_ANSWER, seconds_of(wait))
    return Outcome("refused", endpoints.SPOKEN_PAST if 300 <= status < 400 else NOT_TAKEN)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def _words(phone: str, parcel: Parcel) -> dict[str, str]:
    text = "，".join(line for line in (parcel.title, parcel.body) if line)
    return {"id": parcel.topic, "phone": phone, "text": text.replace("\n", " ")[:TEXT_LENGTH]}


async def _asked(address: str, body: bytes) -> tuple[int, str | None]:
    url, stamp = URL(address), str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json",
        "X-Shouwang-Timestamp": stamp,
        "X-Shouwang-Signature": signature(outfit().sms_secret, stamp, body),
    }
    async with (
        endpoints.client(1, (f"{url.host}:{url.port}",)) as client,
        client.post(url, data=body, headers=headers, allow_redirects=False) as response,
    ):
        return response.status, response.headers.get("Retry-After")
