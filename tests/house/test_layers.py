"""The import law of .importlinter, kept without exceptions."""

import subprocess
import sys
from pathlib import Path

from tests.house.sources import ROOT


def test_the_import_law_is_kept():
    lint_imports = Path(sys.executable).with_name("lint-imports")
    checked = subprocess.run(
        [lint_imports, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_law_has_no_exceptions():
    law = (ROOT / ".importlinter").read_text(encoding="utf-8")
    assert "ignore_imports" not in law
    assert law.count("exhaustive = True") == 2
