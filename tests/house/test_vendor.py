"""What others wrote lies in static/vendor unchanged, each file with its source and checksum."""

import hashlib
import re

from tests.house.sources import APP

VENDOR = APP / "static" / "vendor"


def test_every_vendored_file_is_the_published_one():
    table = (VENDOR / "VENDOR.md").read_text(encoding="utf-8")
    published = dict(re.findall(r"^\| (\S+) \|.*`([0-9a-f]{64})` \|$", table, re.MULTILINE))
    shipped = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.iterdir()
        if path.name != "VENDOR.md"
    }
    assert shipped == published
