"""Phones that were subscribed: they have the keys, and can read what was sealed for them."""

import base64
import json
import secrets
from dataclasses import dataclass

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.domain.subscriptions import Address


@dataclass
class Phone:
    key: ec.EllipticCurvePrivateKey
    secret: bytes
    address: Address

    def reads(self, body: bytes) -> dict:
        """What a body says, opened by another program than the one that sealed it."""
        plain = http_ece.decrypt(body, private_key=self.key, auth_secret=self.secret)
        return json.loads(plain)

    @property
    def told(self) -> dict:
        """As the browser tells it (PushSubscription.toJSON)."""
        keys = {"p256dh": self.address.p256dh, "auth": self.address.auth}
        return {"endpoint": self.address.endpoint, "expirationTime": None, "keys": keys}


def phone(endpoint: str) -> Phone:
    key, secret = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16)
    point = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Phone(key, secret, Address(endpoint, url64(point), url64(secret)))


def url64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
