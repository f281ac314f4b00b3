"""日报: a day as text, a table per grid, a sentence for the group chat; to copy and print."""

from datetime import date

from flask import abort, current_app, request
from flask.typing import ResponseReturnValue

from app.domain import audit
from app.domain.days import closing_of
from app.exchange.marking import Mark
from app.exchange.report_sheet import report_sheet
from app.lib import clock
from app.lib.db import session
from app.policy.permissions import Permission as P
from app.reports.report_fields import Told
from app.reports.report_of_day import COLUMNS, DayReport, report_of_day, table_of, text_of
from app.web.director import director
from app.web.director.asked import community, read_day
from app.web.guard import allows
from app.web.hypermedia import page
from app.web.person import me, my
from app.web.workbook import attached

HEADS = [{"words": name, "num": True} for name in COLUMNS]


@director.get("/days/<day>/report")
@allows(P.SEE_BOARD)
def daily_report(day: str) -> ResponseReturnValue:
    asked, code = read_day(day), request.args.get("grid", "")
    report = report_for(asked)
    told = told_of(report, code)
    texts = {"text": text_for(asked, told), "relay": text_of("relay", told, community())}
    shown = {"day": asked, "code": code, "grids": my().grids, "table": list(table_of(report))}
    return page("director/daily_report.html", **shown, **texts, columns=COLUMNS, heads=HEADS)


@director.post("/days/<day>/report.xlsx")
@allows(P.SEE_BOARD)
def report_workbook(day: str) -> ResponseReturnValue:
    """There are only sums in it; that it was taken along is on the record all the same."""
    asked, now = read_day(day), clock.now()
    report = report_for(asked)
    entry = audit.note("exported", by=me(), at=now, target=f"report:{asked}")
    session.flush()
    text = text_for(asked, report.whole)
    content = report_sheet(report, text, Mark.of(me(), entry.id, at=now))
    return attached(content, f"report-{asked}.xlsx")


def report_for(day: date) -> DayReport:
    city = current_app.config["CITY_SHORT"]
    return report_of_day(community(), day, city=city, note="", at=clock.now())


def told_of(report: DayReport, code: str) -> Told:
    """The grid's that was asked for; 404 for one that is not hers."""
    try:
        return report.of(code)
    except KeyError:
        abort(404)


def text_for(day: date, told: Told) -> str:
    """Of a closed day the report as it was written then; otherwise as it would stand now."""
    closing = None if told.grid else closing_of(community().id, day)
    return closing.report if closing else text_of("report", told, community())
