"""Who asks: HTTP only. A view reads the request, makes one call downwards, and renders.

One file is one endpoint with its template of the same name; roles never import
each other; what two roles share stands beside them (`residents`, `records`).
"""

from flask import Flask

from app.web import (
    assets,
    bundles,
    compression,
    edge,
    guard,
    headers,
    hypermedia,
    navigation,
    person,
    words,
)
from app.web.messages import unread
from app.web.records import as_entry
from app.web.rooms import blueprints
from app.web.worker import phone_key


def init_app(app: Flask) -> None:
    """Hang every route, filter and header onto the application."""
    compression.init_app(app)
    edge.init_app(app)
    assets.init_app(app)
    bundles.init_app(app)
    words.init_app(app)
    person.init_app(app)
    guard.init_app(app)
    headers.init_app(app)
    hypermedia.init_app(app)
    navigation.init_app(app)
    as_entry.init_app(app)
    phone_key.init_app(app)
    unread.init_app(app)
    for blueprint in blueprints(app.config):
        app.register_blueprint(blueprint)
    guard.check_every_route(app)
