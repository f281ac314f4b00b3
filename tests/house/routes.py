"""The route ledger: METHOD URL endpoint permission, a line each. Run it to write the ledger anew:

python -m tests.house.routes
"""

import tempfile
from pathlib import Path

from flask import Flask
from werkzeug.routing import Rule

LEDGER = Path(__file__).with_name("routes.txt")
PUBLIC = "-"
AUTOMATIC = {"HEAD", "OPTIONS"}


def rules(app: Flask) -> list[Rule]:
    return sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))


def ledger(app: Flask) -> list[str]:
    """A line per method of every route, in the order of the URLs."""
    return [
        f"{method} {rule.rule} {rule.endpoint} {_permission(app, rule.endpoint)}"
        for rule in rules(app)
        for method in sorted(rule.methods - AUTOMATIC)
    ]


def _permission(app: Flask, endpoint: str) -> str:
    return app.view_functions[endpoint].permission or PUBLIC


def _write() -> None:
    from app import create_app

    with tempfile.TemporaryDirectory() as folder:
        app = create_app({"DATA_DIR": folder, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}/db"})
    LEDGER.write_text("\n".join(ledger(app)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
