"""Giving work to somebody else: one task, or what a whole grid has left today."""

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload
from wtforms.validators import InputRequired

from app.domain.tasks import KINDS, Task
from app.intake.fields import IntakeForm, OneOfField
from app.lib import clock
from app.lib.db import session
from app.lib.words import N_
from app.policy.permissions import Permission as P
from app.reports.checklist import UNPLACED, behind
from app.web.director import director, staff
from app.web.director.asked import asked_place
from app.web.guard import allows
from app.web.hypermedia import page, tell
from app.web.person import me, my
from app.web.return_path import after_this

# A question belongs to the author of its record; an incident is given away on its own page.
TIED = ("answer", "incident")


class AssigneeForm(IntakeForm):
    assignee = OneOfField(N_("交给谁"), validators=[InputRequired(N_("请选一个人。"))])


@director.route("/tasks/<int:task_id>/assignee", methods=["GET", "POST"])
@allows(P.DIRECT_WORK)
def reassignment(task_id: int) -> ResponseReturnValue:
    task = my().find(my().tasks, task_id) or abort(404)
    return give_away([task] if task.state == "open" and task.kind not in TIED else [])


@director.route("/checklist/<code>/assignee", methods=["GET", "POST"])
@allows(P.DIRECT_WORK)
def reassign_grid(code: str) -> ResponseReturnValue:
    left = behind("left", asked_place(code), clock.today(), unplaced=code == UNPLACED)
    left = left.where(Task.state == "open", Task.kind.not_in(TIED))
    left = left.options(joinedload(Task.resident), joinedload(Task.household))
    return give_away(list(session.scalars(left)))


def give_away(tasks: list[Task]) -> ResponseReturnValue:
    """Ask for the person, or give her all of `tasks`."""
    form = filled_form(tasks)
    if request.method == "GET" or not form.validate():
        status = 200 if request.method == "GET" else 422
        return show(form, tasks), status
    assignee = staff.person(form.assignee.data)
    for task in tasks:
        # work given out begins anew with whoever has it now
        verb = task.share.give_again if task.kind == "assignment" else task.reassign
        verb(assignee, by=me(), at=clock.now())
    tell(_("%(n)s 件已交给%(name)s。", n=len(tasks), name=assignee.name))
    return redirect(after_this(), 303)


def filled_form(tasks: list[Task]) -> AssigneeForm:
    """The form with everybody who may be chosen, each with her grids."""
    form = AssigneeForm(request.form)
    form.assignee.choices = staff.choices(next((task.grid_id for task in tasks), None))
    return form


def show(form: AssigneeForm, tasks: list[Task]) -> ResponseReturnValue:
    return page(
        "director/reassignment.html", form=form, tasks=tasks, kinds=KINDS, back=after_this()
    )
