"""The application as gunicorn serves it, and beside it a file, handed out as static files are."""

import os
from pathlib import Path

from flask import Response, send_file

from app import create_app
from app.web.guard import public

app = create_app()
FILE = Path(os.environ["DATA_DIR"]) / "page.html"


@app.get("/bench/file")
@public
def file() -> Response:
    return send_file(FILE)
