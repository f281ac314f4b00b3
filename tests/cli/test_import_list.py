"""`flask import`: a list from a terminal, with what became of it for a person or a program."""

import json

import pytest
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


def test_a_rehearsal_says_what_a_real_run_does(app, cast, tmp_path):
    """Twice in the file, in work already, new: told before as it is done afterwards."""
    rows = [
        ["张一", number(1), "13911112221", "二轻小区2-1-601"],
        ["张一", number(1), "13911112221", "二轻小区2-1-601"],
        [cast.plain.name, cast.plain.id_number, "", ""],
        ["李四", "", cast.plain.phone, ""],
    ]
    for kind in ("check", "returnee", "yellow", "resident"):
        more = ["--json", "--reason", "blue" if kind == "returnee" else "unknown"]
        told = [
            json.loads(run(app, tmp_path, kind, *rows, more=[*more, *dry]))
            for dry in (["--dry-run"], [])
        ]
        states = [[row["state"] for row in one["rows"]] for one in told]
        assert states[0] == states[1], kind
        again = json.loads(
            run(app, tmp_path, kind, *rows, ["合计", "4"], more=[*more, "--dry-run"])
        )
        assert {row["state"] for row in again["rows"]} <= {"joined", "known", "doubtful"}


def test_a_roll_comes_by_the_same_command(app, cast, tmp_path):
    file = tmp_path / "roll.xlsx"
    file.write_bytes(roll(person(1, "张一"), person(2, "张二", 身份证号="12345"), ["合计", "2人"]))
    args = ["import", "resident", str(file), "--community", "140106001002", "--by", "zhangmin"]
    said = app.test_cli_runner().invoke(args=args).output
    assert "第 3 行（有错）：身份证号应为18位，现在是5位。" in said
    assert "有错 1，新增 1；跳过 1" in said and "张" not in said


@pytest.mark.parametrize("code", ["140106001", "140106001009", "x"])
def test_the_community_must_be_there(app, cast, tmp_path, code):
    file = tmp_path / "roll.xlsx"
    file.write_bytes(roll(person(1, "张一")))
    args = ["import", "resident", str(file), "--community", code, "--by", "zhangmin"]
    done = app.test_cli_runner().invoke(args=args)
    assert done.exit_code == 1 and f"没有代码为 {code} 的社区" in done.output


def test_whoever_may_not_is_refused(app, cast, tmp_path):
    file = tmp_path / "list.xlsx"
    file.write_bytes(workbook([HEADS, ["张一", number(1), "", ""]]))
    args = ["import", "check", str(file), "--community", "140106001002", "--by", "hewei"]
    assert "只有本社区的负责人" in app.test_cli_runner().invoke(args=args).output
