"""The whole story, served: `python -m tests.journeys.story_server ADDRESS_FILE`, DATA_DIR given.

It uses the commands an installation uses (`flask db upgrade`, `flask story`) and its
clock goes on from 10:36 of today, whatever the hour is outside: at night nobody is
due to be visited.
"""

import sys
from pathlib import Path

import time_machine
from werkzeug.serving import make_server

from app import create_app
from app.lib import clock


def serve(address_file: Path) -> None:
    app = create_app()
    for command in (["db", "upgrade"], ["story"]):
        app.test_cli_runner(catch_exceptions=False).invoke(args=command)
    serving = make_server("127.0.0.1", 0, app, threaded=True)
    address_file.write_text(f"http://127.0.0.1:{serving.server_port}")
    serving.serve_forever()


if __name__ == "__main__":
    with time_machine.travel(clock.at(clock.today(), 10, 36), tick=True):
        serve(Path(sys.argv[1]))
