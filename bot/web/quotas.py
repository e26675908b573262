"""配额: this month's figures of the units that whoever is logged in may see; his zero report."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import HiddenField
from wtforms.validators import Regexp

from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import answered, hand_in
from handlers.kit.context import Context
from handlers.quotas.capability import figures_seen
from handlers.rules.calendar import local
from handlers.zero_reports.capability import has_nothing_yet, seen


class ZeroReportForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """That the visitor's unit has nothing this month; *act* was made with the page."""

    act = HiddenField(validators=[Regexp(r"^[0-9a-f]{32}\Z")])
    month = HiddenField(validators=[Regexp(r"^\d{4}-\d{2}\Z")])


def quota_pages(services: Services) -> Blueprint:
    blueprint = family(services, "quotas")

    @blueprint.get("/quotas")
    def show() -> str:
        with looking(services) as ctx:
            return _page(ctx)

    @blueprint.post("/quotas")
    def report_zero() -> Response:
        form = ZeroReportForm()
        if not form.validate():
            abort(HTTPStatus.BAD_REQUEST)
        hand_in(services, form.act.data, "zero_report", {"month": form.month.data})
        return redirect(url_for(".show", done=form.act.data), HTTPStatus.SEE_OTHER)

    return blueprint


def _page(ctx: Context) -> str:
    today = local(ctx.now)
    return render_template(
        "quotas.html",
        title=f"{today.month}月任务",
        lines=figures_seen(ctx),
        standing=seen(ctx),
        month=f"{today:%Y-%m}" if has_nothing_yet(ctx) else "",
        said=answered(ctx),
    )
