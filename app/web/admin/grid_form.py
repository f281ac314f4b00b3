"""The form that gives a worker a grid, from one day to another."""

from flask import request
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import Optional

from app.domain.people import User, workers_of
from app.intake.fields import IntakeForm
from app.lib import clock
from app.lib.words import N_


class GridForm(IntakeForm):
    """Which grid, from when, until when."""

    grid_id = SelectField(N_("网格"), coerce=int)
    begins = DateField(N_("从哪天起"))
    ends = DateField(
        N_("到哪天为止（含当天）"), [Optional()], description=N_("不填就一直归这位网格员。")
    )
    take_over = BooleanField(
        N_("从原来的网格员手里接过来"),
        description=N_("关掉就是两个人一起管，比如临时帮忙。"),
    )


def grid_form(user: User) -> GridForm:
    """The form as it was posted, or ready for a hand-over today; the grids are her community's."""
    posted = request.form if request.method == "POST" and "grid_id" in request.form else None
    form = GridForm(posted, begins=clock.today(), take_over=True)
    form.grid_id.choices = _grids(user)
    return form


def _grids(user: User) -> list[tuple[int, str]]:
    grids = user.community.under("grid")
    holders: dict[int, list[str]] = {}
    for grid_id, worker in workers_of([grid.id for grid in grids], clock.today()):
        holders.setdefault(grid_id, []).append(worker.name)
    return [(grid.id, _words(grid.name, holders.get(grid.id, []))) for grid in grids]


def _words(name: str, holders: list[str]) -> str:
    return f"{name} · {'、'.join(holders)}" if holders else name
