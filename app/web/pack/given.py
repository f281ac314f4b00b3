"""Work given to her with its forms, her notices and trainings."""

from collections.abc import Iterable
from datetime import datetime

from flask import url_for

from app.domain.attachments import of_assignments, of_notices
from app.domain.trainings import seen_by, shown_to
from app.intake import KINDS
from app.lib import clock
from app.reports.packed import Round
from app.web.news.notice import notice_shown, notices_shown
from app.web.news.training import training_shown
from app.web.pack.pages import Pages, Row
from app.web.pack.subject_forms import About, SubjectForms
from app.web.person import me
from app.web.worker.assignment import FORMS, assignment_shown

Rows = Iterable[tuple[str, Row]]
# Forms that only work given out asks for: no other page of the pack has them.
ALONE = ("supplement",)
# So many a phone takes; what is due first goes first.
MOST_GIVEN, MOST_NOTICES = 60, 20


def given(pages: Pages, around: Round) -> Rows:
    """The page of each work given out that she has, and what can be said of it."""
    forms = SubjectForms(pages)
    items = [item for item in around.items if item.task.share is not None][:MOST_GIVEN]
    files = of_assignments(item.task.assignment_id for item in items)
    for item in items:
        task = item.task
        shown = assignment_shown(task, files[task.assignment_id])
        url = url_for("worker.assignment", task_id=task.id)
        yield url, pages.row("worker/assignment.html", **shown)
        asked = [task.asks] if task.asks in ALONE else []
        for key in (*FORMS, *asked):
            yield forms.row(KINDS[key], About.task_of(task, item.badges))


def news(pages: Pages, now: datetime) -> Rows:
    """Her last notices, and the trainings that concern her today."""
    shown = notices_shown()
    yield url_for("news.notices"), pages.row("news/notices.html", **shown)
    last = shown["found"][:MOST_NOTICES]
    files = of_notices(notice.id for notice, _read_at in last)
    for notice, read_at in last:
        url = url_for("news.notice", notice_id=notice.id)
        page = notice_shown(notice, read_at)
        yield url, pages.row("news/notice.html", **page, files=files[notice.id])
    seen = seen_by([me()])[me().id]
    for training in shown_to(me(), clock.local_day(now)):
        url = url_for("news.training", training=training.key)
        yield (
            url,
            pages.row("news/training.html", **training_shown(training, seen.get(training.key))),
        )
