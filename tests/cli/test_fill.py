"""`flask fill`: a blank form filled in a terminal, under the same rules as on the page."""

import json
import re

import pytest
from openpyxl import load_workbook

from app.domain.audit import AuditEntry
from app.lib.db import session
from tests.exchange.forms import form, returnees_form
from tests.exports import unlocked, words_of


@pytest.fixture
def run(app, lived, tmp_path):
    """Fill the street's form (or another) with the returnees."""

    def command(*options: str, content: bytes = b"", ledger: str = "returnee", by="zhangmin"):
        blank, out = tmp_path / "blank.xlsx", tmp_path / "out.xlsx"
        blank.write_bytes(content or returnees_form())
        out.unlink(missing_ok=True)
        told = ["fill", str(blank), "--ledger", ledger, "--by", by, "-o", str(out), *options]
        done = app.test_cli_runner().invoke(args=told)
        command.written = out.read_bytes() if out.exists() else b""
        whole = command.written.startswith(b"PK")
        command.sheet = load_workbook(out).active if whole else None
        return done

    return command


def words(sheet) -> set[str]:
    return {str(cell.value) for row in sheet.iter_rows() for cell in row}


def exported() -> list[tuple[str, str, str]]:
    session.rollback()
    entries = session.query(AuditEntry).filter_by(action="exported")
    return [(entry.who, entry.target, entry.reason) for entry in entries]


def test_it_fills_masked_and_notes_it(run, lived):
    done = run()
    assert done.exit_code == 0 and done.output.endswith("条（遮盖）。\n")
    assert lived.returnee.masked_name in words(run.sheet)
    assert not {lived.returnee.name, lived.returnee.phone} & words(run.sheet)
    ((who, target, reason),) = exported()
    assert (who, target) == ("zhangmin", "ledger:returnee") and reason.endswith("条")


def test_in_full_with_a_reason(run, lived):
    said = run("--reason", "报街道").output
    password = re.search(r"：(\S+)$", said.strip()).group(1)
    assert "完整" in said and password not in run("--reason", "报街道").output
    told = json.loads(run("--reason", "报街道", "--json").output)
    book = unlocked(run.written, told["password"])
    assert {lived.returnee.name, lived.returnee.id_number} <= words_of(book)
    assert exported()[0][2].startswith("报街道 ") and exported()[0][2].endswith(" 人")


def test_a_program_can_read_the_answer(run, lived):
    lived.returnee.set_phone(None)
    session.commit()
    told = json.loads(run("--json", "--filter", "state=every").output)
    assert (told["sheet"], told["header"], told["first"], told["masked"]) == (
        "返并人员",
        [3, 4],
        5,
        True,
    )
    assert told["columns"][3] == {
        "column": "D", "name": "基本信息 · 联系电话", "field": "phone", "format": "spaced"
    }  # fmt: skip
    (row,) = told["missing"]["基本信息 · 联系电话"]
    assert run.sheet.cell(row, 4).value is None
    assert lived.returnee.name not in json.dumps(told, ensure_ascii=False)


def test_filters_narrow_it(run):
    every = json.loads(run("--json", ledger="yellow", content=form(["姓名", "电话"])).output)
    ready = json.loads(
        run(
            "--json", "--filter", "stage=ready", ledger="yellow", content=form(["姓名", "电话"])
        ).output
    )
    assert every["rows"] > ready["rows"] == 1


@pytest.mark.parametrize("asked", ["grid=140106001003", "colour=red", "counter=nothing", "day=x"])
def test_a_filter_that_is_not_there_is_said(run, asked):
    done = run("--filter", asked)
    assert done.exit_code == 1 and "没有这样的筛选条件" in done.output and run.sheet is None


@pytest.mark.parametrize("by", ["lina", "street", "admin", "nobody"])
def test_only_a_director(run, by):
    done = run(by=by)
    assert done.exit_code == 1 and run.sheet is None and exported() == []


def test_what_is_no_form_is_one_sentence(run):
    done = run(content=form(["项目", "数量"]))
    assert done.exit_code == 1 and done.output.startswith("Error: 没有认出表头")
