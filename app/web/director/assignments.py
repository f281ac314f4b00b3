"""交办: what is out and where it stands, what waits for her, and what is used again and again."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from app.domain.assignment_templates import RHYTHMS, templates_of
from app.lib import clock
from app.policy.permissions import Permission as P
from app.reports.given_work import FILTERS, PER_PAGE, counts, lines
from app.web.director import director
from app.web.director.asked import asked_page, community
from app.web.director.notices import told
from app.web.given_course import how_words
from app.web.guard import allows
from app.web.hypermedia import page, tell, unchanged
from app.web.task_words import cut

# So many notices that somebody has not read stand above the list.
MOST_NOTICES = 3


@director.get("/assignments")
@allows(P.DIRECT_WORK)
def assignments() -> ResponseReturnValue:
    show = request.args.get("show", "open")
    if show not in FILTERS:
        abort(404)
    if same := unchanged(show, asked_page()):
        return same
    return page("director/assignments.html", show=show, **shown(show, asked_page()))


@director.post("/assignment-templates/<int:template_id>/end")
@allows(P.DIRECT_WORK)
def end_template(template_id: int) -> ResponseReturnValue:
    found = (one for one in templates_of(community()) if one.id == template_id)
    template = next(found, None) or abort(404)
    template.end(at=clock.now())
    tell(_("已停用，以前交办的不受影响。"))
    return redirect(url_for("director.assignments"), 303)


def shown(show: str, number: int) -> dict[str, Any]:
    """A page of what is out, the numbers of the filters, and the templates."""
    now, place = clock.now(), community()
    return {
        "filters": FILTERS,
        "counts": counts(place, now),
        "lines": lines(place, show, now, number),
        "templates": templates_of(place),
        "notices": [one for one in told(1) if one.unread and not one.withdrawn_at][:MOST_NOTICES],
        "words": {"cut": cut, "how": how_words, "rhythm": RHYTHMS},
        "number": number,
        "per_page": PER_PAGE,
    }
