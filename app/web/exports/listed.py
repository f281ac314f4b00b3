"""All that was asked for: a director's community, or what waits below an official's place."""

from flask.typing import ResponseReturnValue

from app.domain.exports import STATES, exports_of, under_way
from app.exchange.outgoing import ROADS
from app.lib import clock
from app.policy.permissions import Permission as P
from app.web.exports import exports
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import me, my


@exports.get("/exports")
@allows(P.APPROVE_EXPORTS)
def listed() -> ResponseReturnValue:
    if same := unchanged():
        return same
    now, community = clock.now(), my().community
    found = exports_of(community) if community else under_way(me().area, at=now)
    return page("exports/listed.html", found=found, states=STATES, roads=ROADS, now=now)
