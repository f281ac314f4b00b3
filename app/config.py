"""Settings: each from the environment, each with its line in docs/deploy.md (a test compares)."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

ROOT = Path(__file__).resolve().parent.parent

# name → what it does; the default is in `settings` below.
SETTINGS = {
    "DATA_DIR": "folder of the database, the key file, photos and uploads; default instance/",
    "DATABASE_URL": "PostgreSQL to use instead of the SQLite file in DATA_DIR",
    "PORT": "port bin/run listens on (127.0.0.1); default 8000",
    "SHOUWANG_KEY": "the master key itself, 32 bytes or more, instead of a key file",
    "SHOUWANG_KEY_FILE": "file of the master key; default DATA_DIR/master.key",
    "SHOUWANG_VAPID_FILE": "file of the key push services know us by; default vapid.pem beside it",
    "SHOUWANG_ADDRESS": "https address where phones reach this, for links in messages",
    "SHOUWANG_CONTACT": "mail address that push services are told; Apple takes only a real domain",
    "SHOUWANG_PUSH_HOSTS": "more push services, with commas; a host:port may be in the intranet",
    "SHOUWANG_ROBOT_HOSTS": "more hosts of group robots, written the same way",
    "SHOUWANG_SMS_URL": "webhook of an SMS gateway, for urgent messages only; default none",
    "SHOUWANG_SMS_SECRET": "secret with which what goes to that webhook is signed (HMAC-SHA256)",
    "SHOUWANG_HTTPS": "1 when served over TLS: __Host- cookies, Secure, HSTS",
    "SHOUWANG_PROXIES": "number of trusted reverse proxies in front; default 0",
    "SHOUWANG_SHOW_PARTS": "1 shows every building block of the screens at /_parts",
    "SHOUWANG_CITY_SHORT": "the city's short name in 返X人员, e.g. 并; default empty (返回人员)",
}


def settings(environ: dict[str, str] | None = None) -> dict[str, object]:
    """The configuration of one app, read from `environ` (default: the process's)."""
    env = os.environ if environ is None else environ
    data_dir = Path(env.get("DATA_DIR") or ROOT / "instance").resolve()
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    https = env.get("SHOUWANG_HTTPS") == "1"
    return {
        "DATA_DIR": data_dir,
        "SQLALCHEMY_DATABASE_URI": database_url(env.get("DATABASE_URL"), data_dir),
        "MASTER_KEY": master_key(env, data_dir),
        "VAPID_KEY": vapid_key(env, data_dir),
        "ADDRESS": (env.get("SHOUWANG_ADDRESS") or "").rstrip("/"),
        "CONTACT": env.get("SHOUWANG_CONTACT") or "",
        "PUSH_HOSTS": _several(env.get("SHOUWANG_PUSH_HOSTS")),
        "ROBOT_HOSTS": _several(env.get("SHOUWANG_ROBOT_HOSTS")),
        "SMS_URL": env.get("SHOUWANG_SMS_URL") or "",
        "SMS_SECRET": env.get("SHOUWANG_SMS_SECRET") or "",
        "HTTPS": https,
        "PROXIES": int(env.get("SHOUWANG_PROXIES") or 0),
        "SHOW_PARTS": env.get("SHOUWANG_SHOW_PARTS") == "1",
        "CITY_SHORT": env.get("SHOUWANG_CITY_SHORT", ""),
        "MAX_CONTENT_LENGTH": 8 * 1024 * 1024,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_NAME": "__Host-said" if https else "said",
        "BABEL_DEFAULT_LOCALE": "zh",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
    }


def database_url(given: str | None, data_dir: Path) -> str:
    """The SQLAlchemy URL: psycopg 3 for PostgreSQL, else the SQLite file."""
    if not given:
        return f"sqlite:///{data_dir / 'shouwang.db'}"
    scheme, _, rest = given.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in ("postgres", "postgresql") else given


def master_key(env: dict[str, str], data_dir: Path) -> bytes:
    """The master key from the environment or its file, which is made at the first start."""
    if env.get("SHOUWANG_KEY"):
        return _long_enough(env["SHOUWANG_KEY"].encode())
    path = Path(env.get("SHOUWANG_KEY_FILE") or data_dir / "master.key")
    if not path.exists():
        _make_key_file(path)
    return _long_enough(path.read_bytes().strip())


def vapid_key(env: dict[str, str], data_dir: Path) -> bytes:
    """The private key (PEM) that push services know this installation by, made at first start.

    A file and never a row: whoever has it can push to every phone that trusts us.
    """
    beside = Path(env.get("SHOUWANG_KEY_FILE") or data_dir / "master.key").parent
    path = Path(env.get("SHOUWANG_VAPID_FILE") or beside / "vapid.pem")
    if not path.exists():
        _make_vapid_file(path)
    return path.read_bytes()


def _make_vapid_file(path: Path) -> None:
    """Whole or not at all: of several processes that start at once one makes it."""
    form = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    made = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(ec.generate_private_key(ec.SECP256R1()).private_bytes(*form))
    with suppress(FileExistsError):
        os.link(made, path)
    made.unlink()


def _several(written: str | None) -> tuple[str, ...]:
    return tuple(one.strip().lower() for one in (written or "").split(",") if one.strip())


def _make_key_file(path: Path) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))


def _long_enough(key: bytes) -> bytes:
    if len(key) < 32:
        raise RuntimeError("the master key must have at least 32 bytes")
    return key
