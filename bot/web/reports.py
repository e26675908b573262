"""通报 and the dashboards: a notice to read and release, the bureau's figures, a unit's."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any

from flask import Blueprint, abort, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, Length, Regexp

from bot import making
from bot.documents import charts
from bot.documents.cells import written_cell
from bot.ids import new_id
from bot.services import Services
from bot.web import visitors
from bot.web.errors import told as told_page
from bot.web.family import family, looking
from bot.web.handing import HandedForm, answered, hand_in
from handlers.kit.context import Context
from handlers.kit.finding import viewer
from handlers.reports import overview
from handlers.reports.notices import MOST_FREE, paper_of, stale, told
from handlers.reports.papers import notice_report
from handlers.rules.calendar import local, short_time
from handlers.rules.notices.figures import period_name
from handlers.rules.notices.report import Chart
from handlers.rules.scoring.periods import first_day, months_of
from handlers.rules.visibility import ALERTS_SEEN_BY, may_make_notices, may_see_all_points
from storage.models import Notice
from storage.vocabulary import NoticeId, NoticeStatus, PaperKind, UnitId

_NOT_COUNTED = ("没有您能看的数字", "您不在计入通报的科室，也不分管科室。要看的请找办公室。")
_PERIOD = re.compile(r"20\d\d(?:-(?:Q[1-4]|H[12]|0[1-9]|1[0-2]))?")
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MIME = {"docx": _WORD, "xlsx": _SHEET}
_NOTICE = {"docx": PaperKind.NOTICE, "xlsx": PaperKind.NOTICE_SHEET}
_ASSESSMENT = {"docx": PaperKind.ASSESSMENT, "xlsx": PaperKind.ASSESSMENT_SHEET}


def _paragraph() -> TextAreaField:
    return TextAreaField(validators=[Length(max=MOST_FREE, message="每段最多%(max)d字，请精简。")])


class NoticeForm(HandedForm):
    """What the office does with a notice; *version* is the text that stood on the page."""

    version = HiddenField(validators=[Regexp(r"^\d{1,6}\Z")])
    what = HiddenField(validators=[AnyOf(["save", "recount", "release"])])
    agreed = HiddenField()
    good = _paragraph()
    problems = _paragraph()
    next = _paragraph()

    def fault(self) -> str:
        """Return what has to be put right; empty where nothing."""
        for name in ("good", "problems", "next"):
            if self[name].errors:
                return str(self[name].errors[0])
        unsure = self.what.data == "release" and not self.agreed.data
        return "发布后不能撤回。请先勾选“已核对”。" if unsure else ""


def report_pages(services: Services) -> Blueprint:
    blueprint = family(services, "reports")
    blueprint.add_app_template_filter(written_cell, "written_cell")
    blueprint.add_app_template_filter(charts.svg, "drawn")
    _bureau(services, blueprint)
    _units(services, blueprint)
    _notices(services, blueprint)
    return blueprint


def _bureau(services: Services, blueprint: Blueprint) -> None:
    @blueprint.get("/bureau")
    def home() -> Response:
        with looking(services) as ctx:
            month = f"{local(ctx.now):%Y-%m}"
        return redirect(url_for(".bureau", period=month))

    @blueprint.get("/bureau/<period>")
    def bureau(period: str) -> str | Response:
        with looking(services) as ctx:
            _begun(ctx, period)
            if not overview.sees_own(ctx) and not overview.oversees(ctx):
                return told_page(HTTPStatus.OK, *_NOT_COUNTED)
            if not overview.oversees(ctx):
                return redirect(url_for(".unit", unit=ctx.sender.unit, period=period))
            shown = overview.bureau(ctx, period)
            notice = overview.notice_of(ctx, period)
        return render_template(
            "bureau.html",
            title=f"{shown.name}{period_name(period)}",
            shown=shown,
            charts=_drawn(shown.charts),
            opinion=url_for("opinion.board") if ALERTS_SEEN_BY & visitors.roles() else "",
            turn=_turn(period, services.now(), lambda near: url_for(".bureau", period=near)),
            notice=notice and url_for(".notice", notice=notice.id),
            address=lambda unit: url_for(".unit", unit=unit, period=period),
            files=[
                (name, url_for(".assessment", period=period, ending=ending))
                for name, ending in (("Word", "docx"), ("Excel", "xlsx"))
                if shown.everything
            ],
        )

    @blueprint.get("/assessments/<period>.<ending>")
    def assessment(period: str, ending: str) -> Response:
        kind = _ASSESSMENT.get(ending) or abort(HTTPStatus.NOT_FOUND)
        with looking(services) as ctx:
            _begun(ctx, period)
            if not may_see_all_points(viewer(ctx), ctx.sender.bureau):
                abort(HTTPStatus.NOT_FOUND)
            write = making.writer(ctx, kind, f"{ctx.sender.bureau}:{period}")
        name = f"{period_name(period)}信息宣传工作考核表.{ending}"
        return _file(services, write, ending, name)


def _units(services: Services, blueprint: Blueprint) -> None:
    @blueprint.get("/units/<unit>/<period>")
    def unit(unit: str, period: str) -> str:
        with looking(services) as ctx:
            _begun(ctx, period)
            shown = overview.unit(ctx, UnitId(unit), period)
        if shown is None:
            abort(HTTPStatus.NOT_FOUND)
        return render_template(
            "unit.html",
            title=f"{shown.name}{period_name(period)}",
            shown=shown,
            charts=_drawn(shown.charts),
            turn=_turn(
                period, services.now(), lambda near: url_for(".unit", unit=unit, period=near)
            ),
            file=url_for(".one_page", unit=unit, period=period),
        )

    @blueprint.get("/units/<unit>/<period>.docx")
    def one_page(unit: str, period: str) -> Response:
        with looking(services) as ctx:
            _begun(ctx, period)
            shown = overview.unit(ctx, UnitId(unit), period) or abort(HTTPStatus.NOT_FOUND)
            write = making.writer(ctx, PaperKind.ONE_PAGE, f"{unit}:{period}")
        name = f"{shown.name}{period_name(period)}信息宣传工作情况.docx"
        return _file(services, write, "docx", name)


def _notices(services: Services, blueprint: Blueprint) -> None:
    @blueprint.get("/notices/<notice>")
    def notice(notice: str) -> str:
        with looking(services) as ctx:
            found = _readable(ctx, notice)
            return _notice_page(ctx, found, NoticeForm(formdata=None), said=answered(ctx))

    @blueprint.post("/notices/<notice>")
    def change(notice: str) -> Response | tuple[str, int]:
        """Hand the form in as a message; what comes of it is shown above the notice."""
        form = NoticeForm()
        valid = form.validate()
        with looking(services) as ctx:
            found = _readable(ctx, notice)
            if not may_make_notices(viewer(ctx), found.bureau):
                abort(HTTPStatus.NOT_FOUND)
            if not valid or form.fault():
                page = _notice_page(ctx, found, form, fault=form.fault())
                return page, HTTPStatus.UNPROCESSABLE_ENTITY
        names = ("version", "what", "good", "problems", "next")
        fields = {"notice": notice, **{name: form[name].data or "" for name in names}}
        hand_in(services, form.act.data, "notice", fields)
        address = url_for(".notice", notice=notice, done=form.act.data)
        return redirect(address, HTTPStatus.SEE_OTHER)

    @blueprint.get("/notices/<notice>.<ending>")
    def file(notice: str, ending: str) -> Response:
        kind = _NOTICE.get(ending) or abort(HTTPStatus.NOT_FOUND)
        with looking(services) as ctx:
            found = _readable(ctx, notice)
            paper = paper_of(found, kind)
            write = making.writer(ctx, kind, paper.subject)
        return _file(services, write, ending, paper.filename)


def _notice_page(
    ctx: Context, notice: Notice, form: NoticeForm, *, said: str = "", fault: str = ""
) -> str:
    text = ctx.uow.notices.text(notice.id, notice.version)
    released = notice.status is NoticeStatus.RELEASED
    mine = may_make_notices(viewer(ctx), notice.bureau) and not released
    if mine and not form.is_submitted():
        form.version.data, form.act.data = notice.version, new_id()
        for name in ("good", "problems", "next"):
            form[name].data = text.free.get(name, "")
    elif mine:
        form.act.data = new_id()
    texts = ctx.uow.notices.texts(notice.id)
    names = ctx.uow.members.names({each.by for each in texts})
    return render_template(
        "notice.html",
        title=f"{period_name(notice.period)}通报",
        report=notice_report(ctx, notice, text),
        form=form if mine else None,
        stale=told(stale(ctx, notice)) if mine else "",
        released=short_time(notice.released_at, ctx.now) if notice.released_at else "",
        version=notice.version,
        versions=[
            (each.number, short_time(each.at, ctx.now), names.get(each.by, "信使"))
            for each in texts
        ],
        address=url_for(".notice", notice=notice.id),
        files=[
            (name, url_for(".file", notice=notice.id, ending=ending))
            for name, ending in (("Word", "docx"), ("Excel", "xlsx"))
        ],
        figures=url_for(".bureau", period=notice.period),
        most=MOST_FREE,
        said=said,
        fault=fault,
    )


def _readable(ctx: Context, notice: str) -> Notice:
    """Return a notice that the visitor may read; else there is no such page."""
    found = overview.readable(ctx, NoticeId(notice))
    return found or abort(HTTPStatus.NOT_FOUND)


def _begun(ctx: Context, period: str) -> None:
    """Let there be no page of what is no period, or of one that has not begun."""
    known = _PERIOD.fullmatch(period)
    if not known or first_day(months_of(period)[0]) > local(ctx.now).date():
        abort(HTTPStatus.NOT_FOUND)


def _turn(period: str, now: datetime, address: Callable[[str], str]) -> Mapping[str, str]:
    """Return the addresses of the periods before and after; no later one than has begun."""
    before, after = overview.near(period)
    begun = first_day(months_of(after)[0]) <= local(now).date()
    return {"earlier": address(before), "later": address(after) if begun else ""}


def _drawn(drawn: tuple[Chart, ...]) -> list[tuple[str, Chart]]:
    """Return each chart with its drawing, whose words are escaped."""
    return [(charts.svg(chart, f"chart{number}"), chart) for number, chart in enumerate(drawn)]


def _file(services: Services, write: making.Write, ending: str, name: str) -> Response:
    content: Any = BytesIO(making.written(services, write))
    return send_file(content, mimetype=_MIME[ending], as_attachment=True, download_name=name)
