"""Only the edge commits: request end, sync inbox, import, jobs, commands."""

import re

from tests.house.sources import APP, files, named

MOST_PLACES = 6
NEVER = ("lib", "policy", "domain", "reports", "notify", "intake")


def test_commits_are_few_and_at_the_edge():
    places = [
        named(path)
        for path in files(APP, ".py")
        for _commit in re.finditer(r"session\.(commit|begin)\(", path.read_text("utf-8"))
    ]
    assert len(places) <= MOST_PLACES, places
    assert not [place for place in places if place.split("/")[1] in NEVER]
