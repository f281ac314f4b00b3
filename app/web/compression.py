"""Answers are compressed on their way: pages, parts, JSON, styles and scripts.

Nothing secret stands in a page beside what somebody else could make it say: cookies are
SameSite=Lax and there are no tokens (SECURITY.md), so a guess by length (BREACH) finds none.
"""

from flask import Flask
from flask_compress import Compress

WAYS = ["br", "gzip"]


def init_app(app: Flask) -> None:
    """To be called before all others: what is done first here is done last to an answer."""
    app.config.update(COMPRESS_ALGORITHM=WAYS, COMPRESS_ALGORITHM_STREAMING=WAYS)
    Compress(app)
