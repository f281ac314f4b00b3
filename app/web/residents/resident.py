"""One person: what is known (masked), every case with its four papers, everything recorded."""

from flask import abort, request
from flask.typing import ResponseReturnValue

from app.domain.residents import SEXES, Resident
from app.intake.code_push import SOURCES as CODE_SOURCES
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.doors import members_of
from app.reports.episodes import episodes_of
from app.reports.revealed import open_to
from app.reports.timeline import timeline_of
from app.web.guard import allows
from app.web.hypermedia import page, unchanged
from app.web.person import me, my
from app.web.residents import residents
from app.web.residents.covered import covered
from app.web.residents.doings import kinds_about
from app.web.residents.history import lines_of
from app.web.task_words import what_of

SOURCES = dict(CODE_SOURCES)


@residents.get("/residents/<int:resident_id>")
@allows(P.SEE_RESIDENTS)
def resident(resident_id: int) -> ResponseReturnValue:
    found = my().find(my().residents, resident_id) or abort(404)
    shown = open_to(me(), found.id, clock.now())
    if same := unchanged(*sorted(shown), request.args.get("before")):
        return same
    return page("residents/resident.html", resident=found, shown=shown, **_about(found, shown))


def _about(found: Resident, shown: frozenset[str]) -> dict:
    episodes = episodes_of(found.id)
    family = members_of(my(), found.household) if found.household else []
    told, older = timeline_of(found.id, before=request.args.get("before", type=int))
    return {
        "SEXES": SEXES,
        "SOURCES": SOURCES,
        "what_of": what_of,
        "now": clock.now(),
        "age": found.age_on(clock.today()),
        "covered": covered(found, shown),
        "episodes": episodes,
        "badges": [episode.badge for episode in episodes if episode.case.is_open],
        "kinds": kinds_about(episodes, me().role),
        "lines": lines_of(told),
        "older": older,
        "family": family,
        "kin": "、".join(one.masked_name for one in family if one.id != found.id),
    }
