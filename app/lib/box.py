"""Boxes: what a phone seals for one person can be opened by her and by us, by nobody else.

A phone keeps what was written down sealed to its author's public key, so that saving
needs no secret and works also while the phone is locked (js/seal.js makes the same).
Sealed is: one-time point (65 bytes) ‖ nonce (12) ‖ AES-256-GCM, under the HKDF-SHA256
of the shared P-256 secret.
"""

import base64
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.lib.crypto import NONCE, Keyring, SealBroken, keyring

CURVE = ec.SECP256R1()
# The order of the curve's group (SEC 2, secp256r1): a private key is a number below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
POINT = 65  # bytes of an uncompressed point
HALF = 32  # bytes of one coordinate, and of a private key


class Box:
    """The key pair of one person: `public` (base64 of the point), `private_jwk` (for WebCrypto)."""

    def __init__(self, secret: bytes):
        # 48 bytes modulo the order: no number is likelier than another (FIPS 186-5, A.2.1)
        scalar = int.from_bytes(secret, "big") % (ORDER - 1) + 1
        self._private = ec.derive_private_key(scalar, CURVE)
        x, y = _coordinates(self._private)
        self.public = base64.b64encode(b"\x04" + x + y).decode()
        parts = {"x": x, "y": y, "d": scalar.to_bytes(HALF, "big")}
        self.private_jwk = {"kty": "EC", "crv": "P-256"} | {k: _url(v) for k, v in parts.items()}

    def open(self, sealed: bytes) -> bytes:
        """What was sealed to this box; SealBroken for anything else."""
        nonce, body = sealed[POINT : POINT + NONCE], sealed[POINT + NONCE :]
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sealed[:POINT])
            return _cipher(self._private, theirs).decrypt(nonce, body, None)
        except (InvalidTag, ValueError) as broken:
            raise SealBroken("box") from broken


def seal_to(public: str, plain: bytes) -> bytes:
    """Seal for the owner of the box with this public key (base64), as a phone does."""
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, base64.b64decode(public))
    own, nonce = ec.generate_private_key(CURVE), secrets.token_bytes(NONCE)
    x, y = _coordinates(own)
    return b"\x04" + x + y + nonce + _cipher(own, theirs).encrypt(nonce, plain, None)


def box_of(owner: str) -> Box:
    """The box of a person, by her uid."""
    return _box(keyring(), owner)


def pack_key(owner: str) -> bytes:
    """The AES-256 key under which her phone keeps pages for a place without signal."""
    return keyring().phone_secret("pack", owner)


@lru_cache(maxsize=1024)  # every page of a phone prints the public key
def _box(keys: Keyring, owner: str) -> Box:
    return Box(keys.phone_secret("box", owner, 48))


def _cipher(own: ec.EllipticCurvePrivateKey, theirs: ec.EllipticCurvePublicKey) -> AESGCM:
    shared = own.exchange(ec.ECDH(), theirs)
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=b"shouwang box").derive(shared))


def _coordinates(private: ec.EllipticCurvePrivateKey) -> tuple[bytes, bytes]:
    point = private.public_key().public_numbers()
    return point.x.to_bytes(HALF, "big"), point.y.to_bytes(HALF, "big")


def _url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
