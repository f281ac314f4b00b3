"""The server is killed at any moment of an answer: what phones sent is there, and there once."""

from concurrent.futures import ThreadPoolExecutor

from tests.offline.caller import Caller, incident, visit
from tests.offline.server import MOMENTS, Server
from tests.offline.sizes import size

PHONES = size(4, 8)
EACH = size(6, 210)  # entries of one phone at one moment of death: in full more than 10,000
BATCH = 3
# What is left out here in a hurry, test_chaos.py has.
DEATHS = size(MOMENTS[::2], MOMENTS)
REPLAYS = size(1, 4)  # on top of those that the deaths force


def test_a_killed_server_loses_nothing_and_doubles_nothing(server, token):
    phones = [Caller(server.port, token) for _ in range(PHONES)]
    saved = []
    for moment in DEATHS:
        work = [[incident(n) for n in range(EACH)] for _phone in phones]
        saved += [entry["id"] for entries in work for entry in entries]
        sends_through_a_death(server, moment, phones, work)
        for _ in range(REPLAYS):
            assert states(phones[0].post(work[0])) == {"already"}
    assert sorted(rows(server)) == sorted(saved)


def test_phones_that_race_with_the_same_entries_leave_one_record_each(server, token):
    elders = [row[0] for row in server.ask("select resident_id from cases where kind='elder'")]
    entries = [visit(resident_id) for resident_id in elders[:10]]
    phones = [Caller(server.port, token) for _ in range(PHONES)]
    with ThreadPoolExecutor(PHONES) as hands:
        list(hands.map(lambda phone: phone.sends(entries), phones))
    assert sorted(rows(server, "visit")) == sorted(one["id"] for one in entries)


def sends_through_a_death(
    server: Server, moment: str, phones: list[Caller], work: list[list[dict]]
) -> None:
    """All phones send at once, the server dies at the moment, and is started again."""
    server.doom(moment, spare=PHONES // 2)
    with ThreadPoolExecutor(PHONES) as hands:
        sending = [hands.submit(sends_all, *one) for one in zip(phones, work, strict=True)]
        assert server.waits_for_death(), moment
        assert acknowledged(phones) <= set(rows(server)), moment
        server.start()
        for one in sending:
            one.result()


def sends_all(phone: Caller, entries: list[dict]) -> None:
    for start in range(0, len(entries), BATCH):
        phone.sends(entries[start : start + BATCH])


def states(receipts: list[dict]) -> set[str]:
    return {receipt["state"] for receipt in receipts}


def acknowledged(phones: list[Caller]) -> set[str]:
    return set().union(*(phone.answered for phone in phones))


def rows(server: Server, kind: str = "incident") -> list[str]:
    """The ids of all records of a kind, written as the phone writes them."""
    found = server.ask("select id from records where kind = ?", kind)
    return [f"{i[:8]}-{i[8:12]}-{i[12:16]}-{i[16:20]}-{i[20:]}" for (i,) in found]
