"""Every dependency has its reason, and the lock files name packages, not machines."""

import re
import tomllib

import pytest

from tests.house.sources import ROOT


def test_every_dependency_has_its_reason():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = project["dependencies"] + project["optional-dependencies"]["test"]
    names = {re.split(r"[<>=]", line)[0] for line in wanted}
    first_cells = re.findall(r"^\| (.+?) \|", _reasons(), re.MULTILINE)
    explained = {name for cell in first_cells for name in cell.split(", ")}
    assert names == explained - {"package", "---"}


@pytest.mark.parametrize("locked", ["requirements.txt", "tests/requirements.txt"])
def test_lock_files_pin_and_hash_and_name_no_host(locked):
    text = (ROOT / locked).read_text("utf-8")
    pins = re.findall(r"^[a-z0-9-]+==\S+ \\\n +--hash=sha256:", text, re.MULTILINE)
    packages = re.findall(r"^[a-z]", text, re.MULTILINE)
    assert len(pins) == len(packages) > 0
    assert "://" not in text


def _reasons() -> str:
    return (ROOT / "docs" / "dependencies.md").read_text("utf-8")
