"""Group robots of 企业微信, 钉钉 and 飞书: one text, and whom it is for where the robot can say so.

Each vendor signs and answers in its own way, and all three answer 200 also when they did not
take the message: the number in the answer counts. The robot's bucket (app/domain/robots.py) is
asked before, by whoever sends.
"""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import aiohttp
from yarl import URL

from app.domain.robots import SORTS
from app.lib import clock
from app.lib.refusal import Refused
from app.lib.words import N_, say
from app.notify.channels import Outcome, Parcel, endpoints
from app.notify.channels.outfit import outfit

LONGEST_TEXT = 2000  # bytes; 企业微信 takes 2048
MOST_READ = 65_536  # bytes of an answer
# 钉钉 keeps a robot silent for ten minutes that was too fast once.
PAUSE = {"wecom": 60, "dingtalk": 600, "feishu": 60}

SENT = Outcome("sent")
BAD_SIGN = N_("机器人说签名不对，请核对加签密钥。")
UNKNOWN = N_("群里已没有这个机器人，或者地址不对。")
TOO_FAST = N_("机器人说发得太快，过一会儿再发。")
NOT_ALLOWED = N_("机器人的安全设置不让我们发，请核对关键词和 IP 名单。")
NOT_TAKEN = N_("机器人没有收下这条消息。")
NO_ANSWER = N_("机器人那边连不上，稍后再试。")
OTHER_SORT = N_("这不是%(robot)s机器人的地址，请核对是哪一家的。")
STRANGE = N_("回答的不像是机器人，请核对地址。")

# By number: https://developer.work.weixin.qq.com/document/path/90313,
# https://open.dingtalk.com/document/orgapp/custom-robot-access (310000 is told apart by words),
# https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
ERRORS: dict[str, dict[int, Outcome]] = {
    "wecom": {
        45009: Outcome("later", TOO_FAST, PAUSE["wecom"]),
        45033: Outcome("later", TOO_FAST, PAUSE["wecom"]),
        -1: Outcome("later", NO_ANSWER),
        93000: Outcome("gone", UNKNOWN),
        93008: Outcome("gone", UNKNOWN),
        93017: Outcome("gone", UNKNOWN),
    },
    "dingtalk": {
        130101: Outcome("later", TOO_FAST, PAUSE["dingtalk"]),
        410100: Outcome("later", TOO_FAST, PAUSE["dingtalk"]),
        -1: Outcome("later", NO_ANSWER),
        300005: Outcome("gone", UNKNOWN),
        400101: Outcome("gone", UNKNOWN),
        400102: Outcome("gone", UNKNOWN),
        310000: Outcome("alarm", NOT_ALLOWED),
    },
    "feishu": {
        9499: Outcome("later", TOO_FAST, PAUSE["feishu"]),
        11232: Outcome("later", TOO_FAST, PAUSE["feishu"]),
        11233: Outcome("later", TOO_FAST, PAUSE["feishu"]),
        19001: Outcome("gone", UNKNOWN),
        19021: Outcome("alarm", BAD_SIGN),
        19022: Outcome("alarm", NOT_ALLOWED),
        19024: Outcome("alarm", NOT_ALLOWED),
    },
}
# The body, and what stands in the address for this one message.
Said = tuple[dict[str, Any], dict[str, str]]
BUSY = (429, 500, 502, 503, 504)


class Speaking(Protocol):
    """A robot's row, or what is needed of it."""

    sort: str
    url: str
    secret: str | None


def check(sort: str, url: str) -> None:
    """Refused for an address that is none of a vendor's robots."""
    place = endpoints.robot_place(url)
    named = (
        f"{place.host}:{place.port}" in outfit().robot_hosts or place.host in outfit().robot_hosts
    )
    if not named and place.host not in SORTS[sort].hosts:
        raise Refused(say(OTHER_SORT, robot=SORTS[sort].words))


def carry(robot: Speaking, parcel: Parcel, mention: Sequence[str] = ()) -> Outcome:
    """Let a robot say it. `mention`: mobile numbers of those it is for; they stand in no text."""
    try:
        endpoints.robot_place(robot.url)
    except Refused as refused:
        return Outcome("refused", str(refused))
    words, query = WAYS[robot.sort](text_of(parcel), robot.secret or "", list(mention))
    address = URL(robot.url, encoded=True).update_query(query) if query else robot.url
    try:
        status, body = asyncio.run(_asked(address, words))
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        if endpoints.led_inside(error):
            return Outcome("refused", endpoints.NOT_OUTSIDE)
        return Outcome("later", NO_ANSWER, lost=endpoints.may_have_arrived(error))
    return judged(robot.sort, status, body)


def text_of(parcel: Parcel) -> str:
    """Title and lines; below, where to go, if the installation knows its own address."""
    way = outfit().link_to(parcel.path) if outfit().address else ""
    text = "\n".join(line for line in (parcel.title, parcel.body, way) if line)
    return text.encode()[:LONGEST_TEXT].decode(errors="ignore")


def judged(sort: str, status: int, body: bytes) -> Outcome:
    """What the answer means: a number other than 0 is a failure, whatever the status says."""
    if 300 <= status < 400:
        return Outcome("refused", endpoints.SPOKEN_PAST)
    if status in BUSY:
        return Outcome("later", TOO_FAST if status == 429 else NO_ANSWER, PAUSE[sort])
    code, words = _number_in(body)
    if code is None:
        return Outcome("refused", STRANGE)
    if code == 0:
        return SENT
    if sort == "dingtalk" and code == 310000 and "sign" in words:
        return Outcome("alarm", BAD_SIGN)
    return ERRORS[sort].get(code) or Outcome("refused", NOT_TAKEN)


def _number_in(body: bytes) -> tuple[int | None, str]:
    """(number, words) of an answer; None where it is none of theirs."""
    try:
        told = json.loads(body)
    except ValueError:
        return None, ""
    if not isinstance(told, dict):
        return None, ""
    numbers = [told[name] for name in ("errcode", "code", "StatusCode") if name in told]
    words = told.get("errmsg") or told.get("msg") or ""
    return (numbers[0] if numbers and type(numbers[0]) is int else None), str(words)


async def _asked(address: URL | str, words: dict[str, Any]) -> tuple[int, bytes]:
    url = address if isinstance(address, URL) else URL(address, encoded=True)
    async with (
        endpoints.client(1, outfit().robot_hosts) as client,
        client.post(url, json=words, allow_redirects=False) as response,
    ):
        return response.status, await response.content.read(MOST_READ)


def _to_wecom(text: str, _secret: str, mobiles: list[str]) -> Said:
    said: dict[str, Any] = {"content": text}
    return {
        "msgtype": "text",
        "text": said | ({"mentioned_mobile_list": mobiles} if mobiles else {}),
    }, {}


def _to_dingtalk(text: str, secret: str, mobiles: list[str]) -> Said:
    at = {"atMobiles": mobiles, "isAtAll": False}
    words = {"msgtype": "text", "text": {"content": text}, "at": at}
    if not secret:
        return words, {}
    stamp = str(int(clock.now().timestamp() * 1000))
    return words, {"timestamp": stamp, "sign": _mac(secret, f"{stamp}\n{secret}")}


def _to_feishu(text: str, secret: str, _mobiles: list[str]) -> Said:
    """It knows people by ids of its own only, so nobody is called by her number."""
    words: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    if secret:
        stamp = str(int(clock.now().timestamp()))
        words |= {"timestamp": stamp, "sign": _mac(f"{stamp}\n{secret}", "")}
    return words, {}


def _mac(key: str, message: str) -> str:
    made = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
    return base64.b64encode(made).decode()


WAYS: dict[str, Callable[[str, str, list[str]], Said]] = {
    "wecom": _to_wecom,
    "dingtalk": _to_dingtalk,
    "feishu": _to_feishu,
}
