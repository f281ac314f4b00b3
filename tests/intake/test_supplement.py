"""What the roll lacks of somebody is told at the door; what is known and not told stays."""

import pytest

from app.lib.db import session
from app.lib.refusal import Refused
from tests.cast import id_number
from tests.intake.telling import tell


def told(cast, **fields):
    record = tell("supplement", cast.plain, by=cast.worker, **fields)
    session.commit()
    return record


def test_a_number_tells_sex_and_birth_and_the_rest_stays(cast):
    before = cast.plain.phone
    number = id_number("140106", cast.plain.born.replace(year=1991), 77)
    told(cast, id_number=number, category="外来务工")
    person = cast.plain
    assert (person.id_number, person.born.year, person.category) == (number, 1991, "外来务工")
    assert person.phone == before


def test_a_door_is_found_by_how_it_is_written(cast):
    told(cast, address="2号楼1单元301")
    assert cast.plain.household_id == cast.returnee.household_id


@pytest.mark.parametrize("fields", [{}, {"address": "99号楼1单元1"}])
def test_nothing_and_an_unknown_door_are_refused(cast, fields):
    with pytest.raises(Refused):
        told(cast, **fields)


def test_nobody_elses_number(cast):
    with pytest.raises(Refused, match="已在本社区名册里"):
        told(cast, id_number=cast.elder.id_number)
