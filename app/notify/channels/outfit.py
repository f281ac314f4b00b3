"""What this installation has for sending: keys, hosts, the gateway. Set once by create_app."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

NOBODY = "nobody@shouwang.invalid"


@dataclass(frozen=True, slots=True)
class Outfit:
    vapid_key: bytes
    address: str
    contact: str
    push_hosts: tuple[str, ...]
    robot_hosts: tuple[str, ...]
    sms_url: str
    sms_secret: str

    def link_to(self, path: str) -> str:
        """The whole address of a page of ours, as far as the installation knows its own."""
        return self.address + path


_outfit: Outfit | None = None


def use(config: Mapping[str, Any]) -> None:
    """Set what this process sends with."""
    global _outfit
    _outfit = Outfit(
        vapid_key=config["VAPID_KEY"],
        address=config["ADDRESS"],
        contact=config["CONTACT"] or NOBODY,
        push_hosts=config["PUSH_HOSTS"],
        robot_hosts=config["ROBOT_HOSTS"],
        sms_url=config["SMS_URL"],
        sms_secret=config["SMS_SECRET"],
    )


def outfit() -> Outfit:
    if _outfit is None:
        raise RuntimeError("nothing to send with: create_app has not run")
    return _outfit
