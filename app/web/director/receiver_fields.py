"""To whom something goes, as questions of a form: people, grids, a role, the least loaded."""

from typing import Any

from app.domain.receivers import HOW, ROLES, To
from app.intake.fields import ChipsField, IntakeForm, OneOfField
from app.lib.words import N_
from app.policy.roles import ROLES as ROLE_WORDS
from app.web.director import staff
from app.web.person import my

CHOOSE = {
    "people": N_("请至少选一个人。"),
    "grids": N_("请至少选一个网格。"),
    "role": N_("请选一类人。"),
}
FIELD_OF = {"people": "people", "grids": "grids", "role": "roles", "least": "people"}


class ReceiverForm(IntakeForm):
    """The questions; `offer` fills in who is there today."""

    how = OneOfField(N_("给谁"), choices=list(HOW.items()), default="people")
    people = ChipsField(N_("人"), choices=[], render_kw={"data-when": "how=people,least"})
    grids = ChipsField(N_("网格"), choices=[], render_kw={"data-when": "how=grids"})
    roles = ChipsField(N_("哪一类人"), choices=[], render_kw={"data-when": "how=role"})

    def offer(self, grid_id: int | None = None) -> None:
        self.people.choices = staff.choices(grid_id)
        self.grids.choices = [(str(grid.id), grid.name) for grid in my().grids]
        self.roles.choices = [(role, ROLE_WORDS[role].words) for role in ROLES]

    def propose(self, to: To) -> None:
        """Fill in to whom it goes, before anybody has answered."""
        self.how.data = to.how
        self[FIELD_OF[to.how]].data = [str(one) for one in to.ids]

    def validate(self, extra_validators: Any = None) -> bool:
        fine = super().validate(extra_validators)
        missing = CHOOSE.get(self.how.data)
        if missing and not self[FIELD_OF[self.how.data]].data:
            field = self[FIELD_OF[self.how.data]]
            field.errors = [*field.errors, missing]
            return False
        return fine

    @property
    def to(self) -> To:
        chosen = self[FIELD_OF[self.how.data]].data or []
        ids = chosen if self.how.data == "role" else [int(one) for one in chosen]
        return To(self.how.data, ids)
