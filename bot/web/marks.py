"""条目 and 研判情况: an item with what people say of its judgement, a month's agreement."""

import re
from functools import partial
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import AnyOf, Length

from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import HandedForm, act_on, answered
from handlers.kit.agreement import NAMES
from handlers.kit.context import Context
from handlers.opinion.capability import agreement_on_page, facts_of, item_seen, named
from handlers.rules.calendar import local
from storage.models import OpinionItem
from storage.vocabulary import Grade, ItemVerdict

_WORDS = 200
_MONTH = re.compile(r"2\d{3}-(?:0[1-9]|1[0-2])")
VERDICTS = (
    (ItemVerdict.FALSE_ALARM, "误报"),
    (ItemVerdict.MISSED, "漏报"),
    (ItemVerdict.REGRADED, "调级"),
    (ItemVerdict.NOT_LOCAL, "非本地"),
)
"""What can be said of an item on a page: the word of the form and that on the button."""
GRADES = tuple(NAMES[grade] for grade in Grade)
MARKING = {"verdicts": VERDICTS, "grades": GRADES, "most": _WORDS}
"""What the template of the form needs."""


class MarkForm(HandedForm):
    """What is said of an item."""

    do = HiddenField(validators=[AnyOf([verdict for verdict, _ in VERDICTS])])
    grade = StringField(validators=[AnyOf(["", *GRADES])])
    words = StringField(validators=[Length(max=_WORDS, message="最多%(max)d字，请缩短。")])


def mark_pages(services: Services) -> Blueprint:
    blueprint = family(services, "marks")

    @blueprint.get("/items/<int:item>")
    def show(item: int) -> str:
        with looking(services) as ctx:
            return _page(ctx, _seen(ctx, item))

    @blueprint.post("/items/<int:item>")
    def mark(item: int) -> Response:
        form = MarkForm()
        return act_on(
            services,
            form,
            "item",
            {"item": str(item)},
            shown=lambda ctx: partial(_page, ctx, _seen(ctx, item)),
            back=url_for(".show", item=item),
        )

    @blueprint.get("/marks")
    def agreement() -> Response:
        return redirect(url_for(".of_month", month=f"{local(services.now()):%Y-%m}"))

    @blueprint.get("/marks/<month>")
    def of_month(month: str) -> str:
        if not _MONTH.fullmatch(month):
            abort(HTTPStatus.NOT_FOUND)
        with looking(services) as ctx:
            found = agreement_on_page(ctx, month)
            if found is None:
                abort(HTTPStatus.NOT_FOUND)
            return render_template("marks.html", title=f"{found.name}研判情况", found=found)

    return blueprint


def _seen(ctx: Context, item: int) -> OpinionItem:
    found = item_seen(ctx, item)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _page(ctx: Context, item: OpinionItem, *, fault: str = "") -> str:
    return render_template(
        "item.html",
        title=named(item),
        item=item,
        facts=[(name, value) for name, value in facts_of(ctx, item) if value],
        case=url_for("cases.show", case=item.case_id) if item.case_id else "",
        said=answered(ctx),
        fault=fault,
        marking=MARKING,
    )
