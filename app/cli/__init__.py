"""Commands: `flask areas`, `doctor`, `fill`, `import`, `story`, `work` and others, a file each."""

from flask import Flask

from app.cli.areas import areas
from app.cli.doctor import doctor
from app.cli.fill import fill_form
from app.cli.import_list import import_list
from app.cli.setup_code import setup_code
from app.cli.story import story
from app.cli.whose import whose
from app.cli.work import work

COMMANDS = (areas, doctor, fill_form, import_list, setup_code, story, whose, work)


def init_app(app: Flask) -> None:
    for command in COMMANDS:
        app.cli.add_command(command)
