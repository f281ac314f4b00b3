"""The top level holds what a newcomer expects there, and nothing else."""

import subprocess

from tests.house.sources import ROOT

ALLOWED = frozenset(
    """
    app migrations tests bin docs bench .ci
    wsgi.py requirements.txt pyproject.toml
    README.md STYLE.md SECURITY.md
    .importlinter .gitignore .gitattributes
    """.split()
)


def test_nothing_else_lies_at_the_top():
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    top = {path.split("/")[0].strip('"') for path in listed.stdout.splitlines()}
    assert top <= ALLOWED, f"not expected at the top: {sorted(top - ALLOWED)}"
