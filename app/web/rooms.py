"""Which rooms the web floor has."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint

from app.web.account import account
from app.web.admin import admin
from app.web.auth import auth
from app.web.director import director
from app.web.exports import exports
from app.web.messages import messages
from app.web.news import news
from app.web.official import official
from app.web.pack import pack
from app.web.parts import parts
from app.web.pwa import pwa
from app.web.records import records
from app.web.residents import residents
from app.web.worker import worker


def blueprints(config: Mapping[str, Any]) -> list[Blueprint]:
    """All of them; the showcase of parts only where it was asked for."""
    rooms = [auth, pwa, pack, account, messages, worker, residents, records, news]
    rooms += [director, exports, official, admin]
    return [*rooms, parts] if config["SHOW_PARTS"] else rooms
