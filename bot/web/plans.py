"""年度计划: a year by month, one item with its nodes, calls, drafts and points, and the sheet."""

import re
from functools import partial
from http import HTTPStatus

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length, Optional, Regexp

from bot.services import Services
from bot.sheets.plans import plan_file
from bot.web.family import family, looking
from bot.web.handing import ID, HandedForm, act_on, answered, hand_in
from bot.web.sheets import as_file
from handlers.drafts.texts import STATUS
from handlers.kit.context import Context
from handlers.plans.capability import ItemOnPage, item_on_page, year_on_page
from handlers.plans.naming import keeps, sees
from handlers.rules.calendar import local
from handlers.rules.plans import TOPIC_LIMIT, WORDS_LIMIT

_YEAR = re.compile(r"20\d\d")


class ActForm(HandedForm):
    """One act on an item or on one of its nodes; *follow*: its call goes with it."""

    do = HiddenField(validators=[DataRequired("请选一项。")])
    node = HiddenField(validators=[Optional(), ID])
    day = StringField(
        validators=[Optional(), Regexp(r"^\d{4}-\d{2}-\d{2}\Z", message="日期没有填对。")]
    )
    words = StringField(validators=[Length(max=WORDS_LIMIT, message="最多%(max)d字，请缩短。")])
    follow = BooleanField()


class AddForm(HandedForm):
    """An item in one line, as it is said in the chat."""

    line = StringField(
        validators=[
            DataRequired("请写一行：题目 日期 科室。"),
            Length(max=TOPIC_LIMIT + 3 * WORDS_LIMIT, message="最多%(max)d字，请缩短。"),
        ]
    )


def plan_pages(services: Services) -> Blueprint:
    blueprint = family(services, "plans")

    @blueprint.get("/plans")
    def year() -> str:
        with looking(services) as ctx:
            return _year(ctx)

    @blueprint.post("/plans")
    def add() -> Response:
        return _add(services)

    @blueprint.get("/plans/plan.xlsx")
    def sheet() -> Response:
        return _sheet(services)

    @blueprint.get("/plans/items/<item>")
    def show(item: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, _seen(ctx, item))

    @blueprint.post("/plans/items/<item>")
    def act(item: str) -> Response:
        form = ActForm()
        return act_on(
            services,
            form,
            "plan",
            {"item": item},
            shown=lambda ctx: partial(_page, ctx, _seen(ctx, item)),
            back=url_for(".show", item=item),
        )

    return blueprint


def _add(services: Services) -> Response:
    form = AddForm()
    if not form.validate():
        with looking(services) as ctx:
            page = _year(ctx, typed=form)
        return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
    hand_in(services, form.act.data, "plan_add", {"line": form.line.data})
    return redirect(url_for(".year", done=form.act.data), HTTPStatus.SEE_OTHER)


def _sheet(services: Services) -> Response:
    """Answer with the plan of a year as a sheet, for who keeps it; others have no such page."""
    with looking(services) as ctx:
        if not keeps(ctx):
            abort(HTTPStatus.NOT_FOUND)
        year = _asked_year(ctx)
        plan = sees(ctx, ctx.uow.plans.of_year(ctx.sender.bureau, year))
        content = plan_file(ctx.uow, plan, local(ctx.now).date())
    return as_file(content, f"年度计划-{year}.xlsx")


def _asked_year(ctx: Context) -> int:
    """Return which year is asked for; this one where none is."""
    said = request.args.get("year", "")
    if not said:
        return local(ctx.now).year
    if not _YEAR.fullmatch(said):
        abort(HTTPStatus.NOT_FOUND)
    return int(said)


def _year(ctx: Context, *, typed: AddForm | None = None) -> str:
    shown = year_on_page(ctx, _asked_year(ctx))
    form = typed or AddForm(formdata=None)
    return render_template(
        "plans.html",
        title=f"{shown.year}年度计划",
        shown=shown,
        form=form,
        fault=typed.fault() if typed is not None else "",
        said=answered(ctx),
    )


def _seen(ctx: Context, item: str) -> ItemOnPage:
    found = item_on_page(ctx, item)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _page(ctx: Context, found: ItemOnPage, *, fault: str = "") -> str:
    return render_template(
        "plan_item.html",
        title=found.name,
        item=found,
        said=answered(ctx),
        fault=fault,
        statuses=STATUS,
    )
