"""`flask import`: a list from a terminal, with what became of it for a person or a program."""

import json

from sqlalchemy import func, select

from app.domain.checks import Check
from app.domain.pushed import PushedList
from app.lib.db import session
from tests.exchange.sheets import number, person, roll, workbook

HEADS = ["姓名", "身份证号", "电话", "现住址"]


def run(app, tmp_path, kind: str, *rows, more=()) -> str:
    file = tmp_path / "list.xlsx"
    file.write_bytes(workbook([HEADS, *rows]))
    args = ["import", kind, str(file), "--community", "140106001002", "--by", "zhangmin", *more]
    done = app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 0, done.output
    return done.output


def test_a_program_gets_the_match_and_every_row(app, cast, tmp_path):
    rows = ["张一", number(1), "13911112221", "二轻小区2-1-601"], ["张二", "1.4E+17", "", ""]
    told = json.loads(run(app, tmp_path, "check", *rows, more=["--json", "--sender", "街道"]))
    assert [one["field"] for one in told["columns"]] == ["name", "id_number", "phone", "address"]
    assert [row["state"] for row in told["rows"]] == ["work", "refused"]
    assert (told["counts"]["work"], told["counts"]["refused"]) == (1, 1)
    assert number(1) not in json.dumps(told["rows"])
    assert session.scalar(select(func.count(Check.id))) == 1


def test_a_rehearsal_changes_nothing(app, cast, tmp_path):
    row = ["张一", number(1), "13911112221", "二轻小区2-1-601"]
    for kind in ("check", "yellow", "returnee", "elder", "test"):
        assert "预演" in run(app, tmp_path, kind, row, more=["--dry-run"])
    assert session.scalar(select(func.count(PushedList.id))) == 0


def test_the_roll_goes_its_own_way(app, cast, tmp_path):
    file = tmp_path / "roll.xlsx"
    file.write_bytes(roll(person(1, "张一")))
    args = ["import", "resident", str(file), "--community", "140106001002", "--by", "zhangmin"]
    assert "新增 1" in app.test_cli_runner().invoke(args=args).output


def test_whoever_may_not_is_refused(app, cast, tmp_path):
    file = tmp_path / "list.xlsx"
    file.write_bytes(workbook([HEADS, ["张一", number(1), "", ""]]))
    args = ["import", "check", str(file), "--community", "140106001002", "--by", "hewei"]
    assert "只有本社区的负责人" in app.test_cli_runner().invoke(args=args).output
