"""舆情: what is open, late first; one case with its facts, limits, ledger and acts; the ledger."""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import (
    Blueprint,
    abort,
    render_template,
    request,
    url_for,
)
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from bot.services import Services
from bot.sheets.writing import sheet_file
from bot.web.contingencies import runs_about
from bot.web.family import family, looking
from bot.web.handing import HandedForm, act_on, answered
from bot.web.lists import PAGE, page_number, turning
from bot.web.marks import MARKING
from bot.web.pictures import kept_file
from bot.web.sheets import as_file
from handlers.briefings.capability import special_reports_of
from handlers.cases import texts
from handlers.cases.capability import (
    COLUMNS,
    CaseOnPage,
    Listed,
    case_on_page,
    grade_of,
    ledger_of,
    may_read_ledger,
    named,
    seen_by_visitor,
    where_said,
)
from handlers.feeds.capability import may_keep
from handlers.incidents.finding import named as named_incident
from handlers.incidents.finding import visible
from handlers.kit.context import Context
from handlers.opinion.capability import may_mark
from handlers.rules.calendar import local, short_time
from handlers.rules.contingencies import CASE
from handlers.rules.notices.figures import period_name
from storage.vocabulary import UnitId

_WORDS = 1000
_TABS = (("", "在办"), ("ended", "已结束"))


class CaseForm(HandedForm):
    """One act on a case, and the words that go with it."""

    do = HiddenField(validators=[DataRequired("请选一项。")])
    words = StringField(validators=[Length(max=_WORDS, message="最多%(max)d字，请缩短。")])


def case_pages(services: Services) -> Blueprint:
    blueprint = family(services, "cases")

    @blueprint.get("/cases")
    def listing() -> str:
        with looking(services) as ctx:
            return _list(ctx)

    @blueprint.get("/cases/ledger.xlsx")
    def ledger() -> Response:
        with looking(services) as ctx:
            return _ledger(ctx, request.args.get("year", str(local(ctx.now).year)))

    @blueprint.get("/cases/ledger/<period>.xlsx")
    def ledger_of_period(period: str) -> Response:
        with looking(services) as ctx:
            return _ledger(ctx, period)

    @blueprint.get("/cases/<case>")
    def show(case: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, _seen(ctx, case))

    @blueprint.post("/cases/<case>")
    def act(case: str) -> Response:
        form = CaseForm()
        return act_on(
            services,
            form,
            "case",
            {"case": case},
            shown=lambda ctx: partial(_page, ctx, _seen(ctx, case)),
            back=url_for(".show", case=case),
        )

    @blueprint.get("/cases/<case>/pictures/<picture>")
    def picture(case: str, picture: str) -> Response:
        return _picture(services, case, picture)

    return blueprint


def _ledger(ctx: Context, period: str) -> Response:
    if not may_read_ledger(ctx):
        abort(HTTPStatus.NOT_FOUND)
    try:
        rows = list(ledger_of(ctx, period))
    except ValueError:
        abort(HTTPStatus.BAD_REQUEST)
    return as_file(sheet_file("舆情台账", COLUMNS, rows), f"舆情台账{period_name(period)}.xlsx")


def _picture(services: Services, case: str, picture: str) -> Response:
    """Send a picture as what its own bytes say it is, and anything else as a download."""
    with looking(services) as ctx:
        files = dict(_seen(ctx, case).files)
    if picture not in files:
        abort(HTTPStatus.NOT_FOUND)
    return kept_file(services, files[picture], "截图")


def _seen(ctx: Context, case: str) -> CaseOnPage:
    found = case_on_page(ctx, case)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _list(ctx: Context) -> str:
    state, number = request.args.get("state", ""), page_number()
    if state not in dict(_TABS):
        abort(HTTPStatus.NOT_FOUND)
    ended = state == "ended"
    found = seen_by_visitor(ctx, ended=ended, limit=PAGE + 1, offset=(number - 1) * PAGE)
    units = ctx.uow.members.unit_names({one.case.unit for one in found})
    tabs = [
        {"words": words, "here": key == state, "address": url_for(".listing", state=key or None)}
        for key, words in _TABS
    ]
    return render_template(
        "cases.html",
        title="舆情",
        tabs=tabs,
        lines=[_line(ctx, one, units) for one in found[:PAGE]],
        ledger=url_for(".ledger") if may_read_ledger(ctx) else "",
        agreement=url_for("marks.agreement") if may_mark(ctx) else "",
        sources=url_for("sources.listing") if may_keep(ctx) else "",
        **turning(".listing", number, more=len(found) > PAGE, state=state or None),
    )


def _line(ctx: Context, one: Listed, units: Mapping[UnitId, str]) -> dict[str, Any]:
    case, grade = one.case, grade_of(one.case)
    return {
        "name": named(case),
        "address": url_for("cases.show", case=case.id),
        "grade": grade.value,
        "colour": texts.GRADES[grade],
        "state": texts.STATES[case.state],
        "unit": units[case.unit] if case.unit != case.bureau else "",
        "late": "、".join(texts.STEPS[step] for step in one.late),
        "since": short_time(case.registered_at, ctx.now),
        "where": where_said(case),
        "heat": case.heat_peak,
    }


def _page(ctx: Context, found: CaseOnPage, *, fault: str = "") -> str:
    specials, drafts = special_reports_of(ctx, found.id)
    return render_template(
        "case.html",
        title=found.name,
        case=found,
        specials=specials,
        drafts_special=drafts,
        said=answered(ctx),
        fault=fault,
        plans=runs_about(ctx, CASE, found.id),
        most=_WORDS,
        pictures=[url_for(".picture", case=found.id, picture=one) for one, _ in found.files],
        marking=MARKING if may_mark(ctx) else None,
        incidents=[
            (named_incident(one), url_for("incidents.show", incident=one.id))
            for one in visible(ctx, ctx.uow.incidents.linked_to(found.id))
        ],
    )
