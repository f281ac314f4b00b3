"""Taking turns: every contender once a round, in an order that changes; medians are compared."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

WARM_UP = 2


def take_turns(
    contenders: Mapping[str, Callable[[int], int]], rounds: int
) -> dict[str, list[float]]:
    """Milliseconds per piece of work, by contender, one number a round.

    A contender is called with the number of the round and answers how many pieces it
    did. The first rounds warm up and do not count.
    """
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for number in range(WARM_UP + rounds):
        order = list(contenders) if number % 2 else list(reversed(contenders))
        for name in order:
            took = _timed(contenders[name], number)
            if number >= WARM_UP:
                found[name].append(took)
    return found


def report(title: str, found: Mapping[str, list[float]], *baselines: str) -> None:
    """Print each contender's median and spread, and what share of it every baseline takes."""
    heads = "".join(f"{f'/ {name}':>28}" for name in baselines)
    print(f"\n{title}, ms\n  {'':<40}{'median':>8}{'least–most':>16}{heads}")
    floors = [median(found[name]) for name in baselines]
    for name, numbers in found.items():
        middle, spread = median(numbers), f"{min(numbers):.2f}–{max(numbers):.2f}"
        ratios = "".join(f"{floor / middle:>28.3f}" for floor in floors)
        print(f"  {name:<40}{middle:>8.2f}{spread:>16}{ratios}")


def _timed(work: Callable[[int], int], number: int) -> float:
    began = perf_counter()
    pieces = work(number)
    return (perf_counter() - began) * 1000 / pieces
