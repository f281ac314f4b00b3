"""The two ways a record is not simply kept, raised by any floor and answered at the edge.

Both carry a sentence in the reader's words. A refused entry goes back to its
author with what was typed; a held entry is kept whole until a person decides.
"""

from app.lib.words import Say


class Refused(Exception):
    """What was asked cannot be recorded; `fields` names the inputs to mend."""

    def __init__(self, why: Say, fields: dict[str, list[Say]] | None = None):
        super().__init__(str(why))
        self.why = why
        self.fields = fields or {}


class OutOfRules(Refused):
    """Refused, because the rules of the day have no such thing."""


class Held(Exception):
    """What was recorded needs a person's decision before it counts.

    `community_id` says whose director decides, where that is not the author's own.
    """

    def __init__(self, why: Say, community_id: int | None = None):
        super().__init__(str(why))
        self.why = why
        self.community_id = community_id
