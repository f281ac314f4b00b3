"""How large the dear tests are: small in bin/test, as large as is promised with OFFLINE=full."""

import os
from typing import TypeVar

FULL = os.environ.get("OFFLINE") == "full"


Any = TypeVar("Any")


def size(small: Any, full: Any) -> Any:
    return full if FULL else small
