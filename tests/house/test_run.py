"""`bin/run` as a person uses it: one command, Ctrl-C, and again."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.house.sources import ROOT

PATIENCE = 60  # seconds, for a busy machine


@pytest.fixture
def port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture
def run(tmp_path, port):
    """Start `bin/run` with arguments; whatever still runs at the end is stopped."""
    started = []
    env = {**os.environ, "DATA_DIR": str(tmp_path / "data"), "PORT": str(port)}
    for name in ("DATABASE_URL", "TEST_DATABASE"):
        env.pop(name, None)

    def start(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [ROOT / "bin" / "run", *arguments],
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(PATIENCE)


def answers(port: int, process: subprocess.Popen[str]) -> bool:
    """Whether the first page comes up while the process lives."""
    give_up = time.monotonic() + PATIENCE
    while time.monotonic() < give_up and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
                return page.status == 200
        except urllib.error.HTTPError:
            return False
        except OSError:
            time.sleep(0.1)
    return False


def press_ctrl_c(process: subprocess.Popen[str]) -> str:
    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=PATIENCE)
    return said


def test_starts_empty_stops_cleanly_and_starts_again(run, port, tmp_path):
    first = run("--empty")
    assert answers(port, first)
    said = press_ctrl_c(first)
    assert first.returncode == 0, said
    assert "Traceback" not in said
    assert oct((tmp_path / "data").stat().st_mode)[-3:] == "700"

    again = run()
    assert answers(port, again)
    said = press_ctrl_c(again)
    assert again.returncode == 0, said
    assert str(port) in said


def test_a_taken_port_is_said_in_a_sentence(run, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        said, _ = run().communicate(timeout=PATIENCE)
    assert f"端口 {port} 已被占用" in said
    assert "Traceback" not in said
