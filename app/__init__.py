"""守望: the one file that knows every room."""

import gc
from pathlib import Path

import pysqlite3.dbapi2
from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix

from app import cli, config, web
from app.lib import album, crypto, vault
from app.lib.db import db, prepare_sqlite
from app.notify.channels import outfit

migrate = Migrate()


def create_app(settings: dict[str, object] | None = None) -> Flask:
    """The WSGI application; `settings` replaces single values of `config.settings()`."""
    app = Flask(__name__)
    # An entry or a row makes thousands of objects that live on: python's own measure, 700 of
    # them, has it look through everything again and again, a tenth of the time.
    gc.set_threshold(20_000, 20, 20)
    app.config.from_mapping(config.settings() | (settings or {}))
    keyring = crypto.Keyring(app.config["MASTER_KEY"])
    crypto.use(keyring)
    app.secret_key = keyring.cookie_key
    vault.use(Path(app.config["DATA_DIR"]) / "uploads")
    album.use(Path(app.config["DATA_DIR"]) / "photos")
    outfit.use(app.config)
    if app.config["PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=app.config["PROXIES"], x_proto=1, x_host=1)
    _open_database(app)
    web.init_app(app)
    cli.init_app(app)
    return app


def _open_database(app: Flask) -> None:
    sqlite = app.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite")
    if sqlite:
        app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"module": pysqlite3.dbapi2}
    db.init_app(app)
    migrate.init_app(app, db, render_as_batch=True, directory=str(config.ROOT / "migrations"))
    if sqlite:
        with app.app_context():
            prepare_sqlite(db.engine)
