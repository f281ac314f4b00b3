"""The name of a half-filled form says its kind and the one thing it is about."""

import pytest

from app.web.records.form_key import form_key


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/record/visit?task=3", "visit.task3"),
        ("/record/visit?resident=9&task=3", "visit.task3"),
        ("/record/arrival?resident=17", "arrival.resident17"),
        ("/record/incident", "incident"),
        ("/stops/3", ""),
        ("/record/", ""),
        ("//evil/record/visit", ""),
    ],
)
def test_it_names_the_form(path, key):
    assert form_key(path) == key


def test_it_fits_its_column():
    uuid = "0191f0c5-7d3a-7cc0-8000-0123456789ab"
    assert len(form_key(f"/record/incident_extension_x?supersedes={uuid}" + "9" * 99)) <= 80
