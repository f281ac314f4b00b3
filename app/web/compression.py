"""Answers are compressed on their way: pages, parts, JSON, styles and scripts.

Nothing secret stands in a page beside what somebody else could make it say: cookies are
SameSite=Lax and there are no tokens (SECURITY.md), so a guess by length (BREACH) finds none.
"""

from flask import Flask
from flask_compress import Compress

WAYS = ["br", "gzip"]
# Of gzip's nine. A whole pack is 2 % smaller than at the usual 6, for 12 ms of a processor.
GZIP_LEVEL = 8
# Of brotli's eleven. A whole pack is 11 % smaller than at the usual 4, for 10 ms.
BROTLI_LEVEL = 5


def init_app(app: Flask) -> None:
    """To be called before all others: what is done first here is done last to an answer."""
    app.config.update(COMPRESS_ALGORITHM=WAYS, COMPRESS_ALGORITHM_STREAMING=WAYS)
    app.config.update(COMPRESS_LEVEL=GZIP_LEVEL, COMPRESS_BR_LEVEL=BROTLI_LEVEL)
    Compress(app)
