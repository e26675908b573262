"""舆情看板: what stands, how hot it is, what is late; and the reports of it, read and released."""

from functools import partial
from http import HTTPStatus
from io import BytesIO

from flask import (
    Blueprint,
    abort,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, Length

from bot import making
from bot.documents import charts
from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import HandedForm, act_on, answered, hand_in
from bot.web.papers import WORD
from handlers.briefings.capability import (
    ReportOnPage,
    report_on_page,
    reports_on_page,
    special_reports_of,
)
from handlers.cases.capability import board
from handlers.kit.context import Context
from storage.vocabulary import PaperKind

_REFRESH = 60
"""Seconds after which the page asks again by itself, unless it is told to stand still."""

_LATEST = 50
_WORDS = 1000
_LONG = Length(max=_WORDS, message="最多%(max)d字，请缩短。")


class ReportForm(HandedForm):
    """What a person changes in a report, and what is done with it."""

    what = HiddenField(validators=[AnyOf(("save", "redraft", "release"))])
    risk = StringField(validators=[_LONG])
    advice = StringField(validators=[_LONG])


def opinion_pages(services: Services) -> Blueprint:
    blueprint = family(services, "opinion")

    @blueprint.get("/opinion", endpoint="board")
    def show() -> str:
        still = "still" in request.args
        with looking(services) as ctx:
            found = board(ctx)
            reported = reports_on_page(ctx, 1) is not None
        drawn = [one for one in (found.curves, found.topics, found.platforms) if one is not None]
        return render_template(
            "opinion.html",
            title="舆情看板",
            board=found,
            charts=[(charts.svg(one, f"chart{number}"), one) for number, one in enumerate(drawn)],
            still=still,
            reported=reported,
            refresh=0 if still else _REFRESH,
        )

    @blueprint.get("/opinion/reports")
    def reports() -> str:
        with looking(services) as ctx:
            found = reports_on_page(ctx, _LATEST)
        if found is None:
            abort(HTTPStatus.NOT_FOUND)
        return render_template("opinion_reports.html", title="舆情报告", reports=found)

    @blueprint.post("/opinion/special/<case>")
    def begin(case: str) -> Response:
        return _begin(services, case)

    @blueprint.get("/opinion/reports/<briefing>")
    def report(briefing: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, _readable(ctx, briefing))

    @blueprint.post("/opinion/reports/<briefing>")
    def change(briefing: str) -> Response:
        form = ReportForm()
        return act_on(
            services,
            form,
            "briefing",
            {"briefing": briefing},
            shown=lambda ctx: partial(_page, ctx, _readable(ctx, briefing)),
            back=url_for(".report", briefing=briefing),
        )

    @blueprint.get("/opinion/reports/<briefing>.docx")
    def report_file(briefing: str) -> Response:
        with looking(services) as ctx:
            found = _readable(ctx, briefing)
            write = making.writer(ctx, PaperKind.OPINION_REPORT, found.id)
        content = BytesIO(making.written(services, write))
        return send_file(content, mimetype=WORD, as_attachment=True, download_name=found.filename)

    return blueprint


def _begin(services: Services, case: str) -> Response:
    """Have the special report of a case drafted, and go where it is read and changed."""
    form = ReportForm()
    if not form.act.validate(form):
        abort(HTTPStatus.BAD_REQUEST)
    hand_in(services, form.act.data, "briefing_begun", {"case": case})
    with looking(services) as ctx:
        found, _ = special_reports_of(ctx, case)
    if not found:
        abort(HTTPStatus.NOT_FOUND)
    address = url_for(".report", briefing=found[0][0], done=form.act.data)
    return redirect(address, HTTPStatus.SEE_OTHER)


def _readable(ctx: Context, briefing: str) -> ReportOnPage:
    return report_on_page(ctx, briefing) or abort(HTTPStatus.NOT_FOUND)


def _page(ctx: Context, found: ReportOnPage, *, fault: str = "") -> str:
    return render_template(
        "opinion_report.html",
        title=found.report.title,
        shown=found,
        report=found.report,
        said=answered(ctx),
        fault=fault,
    )
