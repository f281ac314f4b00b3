"""What handing many pushes over costs, beside what the wire allows and a plain loop.

A push service on the loopback, in a process of its own, answers by TLS after 50 ms. So many
requests at once can get no more than (at once ÷ delay) through; a loop as libraries offer it
seals one, opens a connection, sends, and waits.
"""

import http.client
import os
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles
from time import perf_counter, sleep
from urllib.parse import urlsplit

from flask import Flask

from app.cli.work import give_way
from app.domain.subscriptions import Address
from app.notify.channels import Parcel, outfit, push, sealing
from bench import subscribed
from bench.saver import settled, somebody_saves
from tests.notify.channels.phones import phone
from tests.notify.channels.sink import certified
from tests.offline.server import free_port, until

DELAY, AT_ONCE = 0.05, 32  # seconds, requests
SUBSCRIPTIONS, ONE_BY_ONE = 5_000, 40
LEAST_OF_THE_WIRE, LEAST_OF_THE_LOOP = 0.8, 30
SLOWEST_SAVE = 1.5  # times what it takes while nothing is sent
CALM = 10  # seconds
PARCEL = Parcel("bench", "您有 1 条新任务", "请打开守望查看。", "/messages")


def main() -> None:
    folder, port = Path(tempfile.mkdtemp(prefix="shouwang-push-")), free_port()
    url = f"sqlite:///{folder / 'shouwang.db'}"
    app = settled(folder, url)
    os.environ["SSL_CERT_FILE"] = str(certified(folder)[0])
    outfit.use(app.config | {"PUSH_HOSTS": (f"localhost:{port}",)})
    with subprocess.Popen(_service(folder, port)) as service:
        # a push service computes on machines of its own
        os.sched_setscheduler(service.pid, os.SCHED_IDLE, os.sched_param(0))
        try:
            until(lambda: _answers(port))
            place = f"https://localhost:{port}"
            _compare(f"{place}/wpush/")
            _save_meanwhile(app, place, folder, url)
        finally:
            service.terminate()


def _compare(place: str) -> None:
    phones = [phone(f"{place}{number}").address for number in range(SUBSCRIPTIONS)]
    push.carry([(one, PARCEL) for one in phones[: 2 * AT_ONCE]], at_once=AT_ONCE)  # warm up
    many = max(_together(phones) for _round in range(2))
    loop = _in_a_loop(phones[:ONE_BY_ONE])
    wire = AT_ONCE / DELAY
    print(f"\n{SUBSCRIPTIONS} pushes, {AT_ONCE} at once, answered after {DELAY * 1000:.0f} ms")
    print(f"  the wire allows       {wire:>7.0f} a second")
    print(f"  the post room sends   {many:>7.0f} a second: {many / wire:.2f} of it")
    print(
        f"  one after the other   {loop:>7.1f} a second: the post room has {many / loop:.0f} times"
    )
    if many < LEAST_OF_THE_WIRE * wire or many < LEAST_OF_THE_LOOP * loop:
        print("  TOO SLOW", file=sys.stderr)


def _save_meanwhile(app: Flask, place: str, folder: Path, url: str) -> None:
    """How much longer a worker's save takes while all get a notice, as `flask work` sends it."""
    subscribed.settle(app, SUBSCRIPTIONS, place)
    with somebody_saves(folder, url) as calm:
        sleep(CALM)
    with somebody_saves(folder, url) as busy:
        give_way()
        began = perf_counter()
        subscribed.tell_all(app)
        took = perf_counter() - began
    print(f"  a notice to {SUBSCRIPTIONS} workers, told in {took:.1f} s: {subscribed.became(app)}")
    before, now = (quantiles(waits, n=20)[-1] * 1000 for waits in (calm, busy))
    print(f"  a save meanwhile, p95 {now:>7.0f} ms: {now / before:.2f} of {before:.0f} ms in calm")
    if now > SLOWEST_SAVE * before:
        print("  SAVES WAIT", file=sys.stderr)


def _together(phones: Sequence[Address]) -> float:
    """Pushes a second; every one of them must have been taken."""
    began = perf_counter()
    outcomes = push.carry([(one, PARCEL) for one in phones], at_once=AT_ONCE)
    took = perf_counter() - began
    if not all(outcome.is_sent for outcome in outcomes):
        raise SystemExit("some were not taken")
    return len(phones) / took


def _in_a_loop(phones: Sequence[Address]) -> float:
    """As a plain loop over pywebpush does: a new connection for each."""
    trust, began = ssl.create_default_context(), perf_counter()
    for one in phones:
        place = urlsplit(one.endpoint)
        body, headers = sealing.sealed(one, PARCEL)
        line = http.client.HTTPSConnection(place.hostname, place.port, context=trust)
        line.request("POST", place.path, body, headers)
        line.getresponse().read()
        line.close()
    return len(phones) / (perf_counter() - began)


def _service(folder: Path, port: int) -> list[str]:
    module = "tests.notify.channels.sink"
    return [sys.executable, "-m", module, str(folder), str(port), str(DELAY)]


def _answers(port: int) -> bool:
    try:
        line = http.client.HTTPSConnection("localhost", port, timeout=1)
        line.request("POST", "/", b"")
        return line.getresponse().status == 201
    except OSError:
        return False


if __name__ == "__main__":
    main()
