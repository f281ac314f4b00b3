"""A push service for a real Firefox, on the loopback: what Mozilla's does, as far as tests need it.

Browsers hold a WebSocket (autopush protocol: hello, register, unregister, ack, ping); whoever
has an endpoint posts to it over TLS. It believes only whoever the subscription was made for:
the signature, the key, the audience and the time of the VAPID header are checked.
"""

import base64
import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

from tests.notify.channels.sink import Answer, Asked, Sink

LARGEST = 4096


@dataclass
class Channel:
    """One subscription: whose, for which key, and what waits for it, by topic."""

    browser: str
    key: str
    waiting: dict[str, dict] = field(default_factory=dict)


class PushService:
    """Speaks to browsers at `socket`, and to senders at `sink.address`/wpush/…"""

    def __init__(self, folder: Path):
        self.sink = Sink(folder)
        self.sink.answers = self.takes
        self.browsers: dict[str, ServerConnection] = {}
        self.channels: dict[str, Channel] = {}
        self.acked: list[str] = []

    def __enter__(self) -> "PushService":
        self.sink.__enter__()
        self.server = serve(self._serves, "127.0.0.1", 0, subprotocols=["push-notification"])
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.sink.__exit__(*error)

    @property
    def socket(self) -> str:
        return f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/"

    def takes(self, asked: Asked) -> Answer:
        """A message: checked as the standards have it, handed on or kept for later."""
        channel = self.channels.get(asked.path.removeprefix("/wpush/"))
        if channel is None:
            return Answer(410)
        if not self._is_allowed(asked.headers.get("authorization", ""), channel.key):
            return Answer(401)
        if "ttl" not in asked.headers or asked.headers.get("content-encoding") != "aes128gcm":
            return Answer(400)
        if len(asked.body) > LARGEST:
            return Answer(413)
        self._deliver(asked.path.removeprefix("/wpush/"), channel, asked)
        return Answer(201, {"Location": f"{self.sink.address}/m/{uuid4()}"})

    def _deliver(self, number: str, channel: Channel, asked: Asked) -> None:
        news = {
            "messageType": "notification",
            "channelID": number,
            "version": str(uuid4()),
            "data": base64.urlsafe_b64encode(asked.body).rstrip(b"=").decode(),
            "headers": {"encoding": "aes128gcm"},
        }
        if line := self.browsers.get(channel.browser):
            threading.Thread(target=line.send, args=[json.dumps(news)]).start()
        elif int(asked.headers["ttl"]) > 0:
            channel.waiting[asked.headers.get("topic") or news["version"]] = news

    def _serves(self, line: ServerConnection) -> None:
        """One browser, as long as it stays."""
        name = ""
        try:
            with suppress(ConnectionClosed):
                for told in line:
                    name = self._answers(line, json.loads(told), name)
        finally:
            if self.browsers.get(name) is line:
                del self.browsers[name]

    def _answers(self, line: ServerConnection, told: dict, name: str) -> str:
        kind = told.get("messageType")
        if kind is None:
            line.send("{}")
        elif kind == "hello":
            name = told.get("uaid") or uuid4().hex
            self.browsers[name] = line
            line.send(
                json.dumps(
                    {"messageType": "hello", "uaid": name, "status": 200, "use_webpush": True}
                )
            )
            self._hand_over(line, name)
        elif kind == "register":
            self.channels[told["channelID"]] = Channel(name, told.get("key", ""))
            address = f"{self.sink.address}/wpush/{told['channelID']}"
            done = {"channelID": told["channelID"], "status": 200, "pushEndpoint": address}
            line.send(json.dumps({"messageType": "register"} | done))
        elif kind == "unregister":
            self.channels.pop(told["channelID"], None)
            done = {"channelID": told["channelID"], "status": 200}
            line.send(json.dumps({"messageType": "unregister"} | done))
        elif kind == "ack":
            self.acked += [one["version"] for one in told["updates"]]
        return name

    def _hand_over(self, line: ServerConnection, name: str) -> None:
        for channel in self.channels.values():
            if channel.browser == name:
                for news in channel.waiting.values():
                    line.send(json.dumps(news))
                channel.waiting.clear()

    def _is_allowed(self, header: str, key: str) -> bool:
        parts = dict(one.strip().split("=", 1) for one in header.removeprefix("vapid ").split(","))
        head, claims, signed = parts.get("t", "..").split(".")
        told = json.loads(_raw(claims) or b"{}")
        fresh = time.time() < told.get("exp", 0) < time.time() + 86_400
        meant = told.get("aud") == self.sink.address and told.get("sub", "").startswith("mailto:")
        ours = parts.get("k", "").rstrip("=") == key.rstrip("=")
        return fresh and meant and ours and _is_signed(f"{head}.{claims}", signed, key)


def _is_signed(text: str, signed: str, key: str) -> bool:
    point, raw = _raw(key), _raw(signed)
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    r, s = int.from_bytes(raw[:32]), int.from_bytes(raw[32:])
    try:
        public.verify(encode_dss_signature(r, s), text.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
