"""`flask residents import`: the roll from a terminal."""

import json

import pytest
from sqlalchemy import func, select

from app.domain.residents import Resident
from app.lib.db import session
from tests.exchange.sheets import named, number, person, roll


@pytest.fixture
def run(app, tmp_path):
    """Run the command on a roll of three rows: a new one, a wrong one and a total."""

    def command(*options: str):
        file = tmp_path / "roll.xlsx"
        file.write_bytes(
            roll(person(1, "张一"), person(2, "张二", 身份证号="12345"), ["合计", "2人"])
        )
        told = ["residents", "import", str(file), *options]
        if "--community" not in options:
            told += ["--community", "140106001002"]
        return app.test_cli_runner().invoke(
            args=told + ([] if "--by" in options else ["--by", "zhangmin"])
        )

    return command


def residents() -> int:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Resident))


def test_it_imports_and_says_what_it_did(run):
    done = run()
    assert done.exit_code == 0
    assert "第 3 行：身份证号应为18位，现在是5位。" in done.output
    assert "新增 1，更新 0，没有变化 0，有错误 1，跳过 1" in done.output
    assert residents() == 7 and named("张一")


def test_a_dry_run_does_nothing(run):
    done = run("--dry-run")
    assert "预演" in done.output and "新增 1" in done.output
    assert residents() == 6


def test_a_program_can_read_the_answer(run):
    told = json.loads(run("--json").output)
    assert told["counts"] == {"added": 1, "updated": 0, "unchanged": 0, "refused": 1, "skipped": 1}
    assert [row["state"] for row in told["rows"]] == ["added", "refused", "skipped"]
    assert told["rows"][1] == {"row": 3, "state": "refused", "why": "身份证号应为18位，现在是5位。"}
    assert told["columns"]["身份证号"] == ["身份证号"] and told["dry_run"] is False
    again = json.loads(run("--json", "--dry-run").output)
    assert again["counts"]["unchanged"] == 1 and again["dry_run"] is True


@pytest.mark.parametrize("login", ["lina", "hewei", "street", "admin", "nobody"])
def test_only_a_director_of_the_community_may(run, login):
    done = run("--by", login)
    assert done.exit_code == 1
    assert "负责人" in done.output or "没有登录名" in done.output
    assert residents() == 6


@pytest.mark.parametrize("code", ["140106001", "140106001009", "x"])
def test_the_community_must_be_there(run, code):
    done = run("--community", code)
    assert done.exit_code == 1 and f"没有代码为 {code} 的社区" in done.output


def test_a_file_that_cannot_be_read_is_one_sentence(app, tmp_path):
    file = tmp_path / "roll.xlsx"
    file.write_bytes(b"nothing of the kind")
    told = ["residents", "import", str(file), "--community", "140106001002", "--by", "zhangmin"]
    done = app.test_cli_runner().invoke(args=told)
    assert done.exit_code == 1 and done.output.startswith("Error: 这个文件打不开")


def test_the_output_names_nobody(run):
    outputs = run("--dry-run").output + run("--json", "--dry-run").output
    assert "张一" not in outputs and number(1) not in outputs
