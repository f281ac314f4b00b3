"""Putting the sentences of a refusal beside the fields of the form they belong to."""

from wtforms import Form

from app.lib.refusal import Refused
from app.lib.words import Say


def show_refusal(form: Form, refused: Refused) -> Say:
    """Write each sentence to its field; returns the one for the head of the form."""
    for name, sentences in refused.fields.items():
        if name in form:
            form[name].errors = [*form[name].errors, *sentences]
    return refused.why
