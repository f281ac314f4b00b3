"""The whole story, told once and served from copies of it.

`python -m tests.journeys.story_server` tells it in DATA_DIR with the commands an
installation uses (`flask db upgrade`, `flask story`); with an ADDRESS_FILE it is
served there. The clock goes on from 10:36 of the day it was told, whatever the hour
is outside: at night nobody is due to be visited.
"""

import os
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import time_machine
from werkzeug.serving import make_server

from app import create_app
from app.lib import clock

DAY = Path(os.environ["DATA_DIR"]) / "told-on"


def tell() -> None:
    app = create_app()
    for command in (["db", "upgrade"], ["story"]):
        app.test_cli_runner(catch_exceptions=False).invoke(args=command)
    DAY.write_text(clock.today().isoformat())


def serve(address_file: Path) -> None:
    serving = make_server("127.0.0.1", 0, create_app(), threaded=True)
    address_file.write_text(f"http://127.0.0.1:{serving.server_port}")
    serving.serve_forever()


def morning(day: date) -> datetime:
    return clock.at(day, 10, 36)


if __name__ == "__main__":
    if len(sys.argv) == 1:
        with time_machine.travel(morning(clock.today()), tick=True):
            tell()
    else:
        today = date.fromisoformat(DAY.read_text())
        with time_machine.travel(morning(today) + timedelta(minutes=1), tick=True):
            serve(Path(sys.argv[1]))
