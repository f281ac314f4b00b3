"""Static files under URLs that change with their content, to be kept by browsers for a year."""

import hashlib
from pathlib import Path

from flask import Flask, request, url_for
from werkzeug.wrappers import Response

A_YEAR = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    folder = Path(app.static_folder)
    versions = {
        path.relative_to(folder).as_posix(): _digest(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    code = sorted(Path(app.root_path).rglob("*.html")) + sorted(Path(app.root_path).rglob("*.py"))
    code += sorted(Path(app.root_path).rglob("*.mo"))
    everything = "".join(versions.values()) + "".join(_digest(p.read_bytes()) for p in code)
    app.config["VERSION"] = _digest(everything.encode())

    def asset(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals["asset"] = asset
    app.after_request(keep_long)


def keep_long(response: Response) -> Response:
    if request.endpoint == "static" and request.args.get("v"):
        response.headers["Cache-Control"] = A_YEAR
    return response


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:8]
