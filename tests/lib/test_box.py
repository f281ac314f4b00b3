"""What a phone seals for somebody: opened by her and by the server, by nobody else."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.lib import box, crypto
from app.lib.crypto import SealBroken
from tests import sealed_by_a_browser as browser

ALICE, BOB = "018f3b1c-0000-7000-8000-000000000001", "018f3b1c-0000-7000-8000-000000000002"


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    monkeypatch.setattr(crypto, "_keyring", crypto.Keyring(browser.MASTER_KEY))


def test_what_a_browser_sealed_is_opened():
    assert box.box_of(ALICE).public == browser.PUBLIC
    opened = box.box_of(ALICE).open(base64.b64decode(browser.SEALED))
    assert opened.decode() == browser.TEXT


def test_only_its_owner_opens_it():
    with pytest.raises(SealBroken):
        box.box_of(BOB).open(base64.b64decode(browser.SEALED))


@pytest.mark.parametrize("place", [0, 1, 64, 65, 76, 77, -1])
def test_not_a_bit_of_it_may_be_changed(place):
    sealed = bytearray(base64.b64decode(browser.SEALED))
    sealed[place] ^= 1
    with pytest.raises(SealBroken):
        box.box_of(ALICE).open(bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"\x04" * 65, b"nonsense" * 20])
def test_what_is_not_sealed_is_no_fault_of_ours(sealed):
    with pytest.raises(SealBroken):
        box.box_of(ALICE).open(sealed)


def test_the_private_key_given_to_the_phone_is_that_of_the_box():
    jwk = box.box_of(ALICE).private_jwk
    scalar = int.from_bytes(base64.urlsafe_b64decode(jwk["d"] + "="), "big")
    point = ec.derive_private_key(scalar, box.CURVE).public_key().public_numbers()
    assert base64.b64decode(browser.PUBLIC)[1:33] == point.x.to_bytes(32, "big")


def test_another_person_or_installation_has_other_keys(monkeypatch):
    hers = (box.box_of(ALICE).public, box.pack_key(ALICE))
    assert box.box_of(BOB).public != hers[0]
    assert box.pack_key(BOB) != hers[1]
    monkeypatch.setattr(crypto, "_keyring", crypto.Keyring(b"another installation's master ke"))
    assert (box.box_of(ALICE).public, box.pack_key(ALICE)) != hers
