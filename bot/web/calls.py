"""约稿: the calls of a bureau, one of them with its units, and the form that orders one."""

from collections.abc import Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, Regexp

from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import ID, HandedForm, act_on, answered, hand_in
from bot.web.lists import PAGE, page_number, turning
from handlers.calls.capability import (
    CallOnPage,
    call_on_page,
    lines_of,
    may_order,
    units_to_order,
)
from handlers.drafts.texts import STATUS
from handlers.kit.context import Context
from handlers.rules.call_terms import LARGEST, TOPIC_LIMIT
from storage.vocabulary import CallStatus

_WORDS, _ANGLE = 300, 1000
_MOMENT = Regexp(r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}\Z", message="时间没有填对。")
_HANDED_IN = {True: " · 按时", False: " · 迟交"}
_TABS = (("", "没办结"), ("mine", "我科室的"), ("settled", "已办结"), ("cancelled", "已取消"))


class OrderForm(HandedForm):
    """A call as it is ordered on its page; *act* was made with the page."""

    topic = StringField(
        validators=[
            DataRequired("请写题目。"),
            Length(max=TOPIC_LIMIT, message="题目最多%(max)d字，请缩短。"),
        ]
    )
    angle = TextAreaField(validators=[Length(max=_ANGLE, message="要求最多%(max)d字，请缩短。")])
    length = StringField(validators=[Length(max=40, message="字数要求最多%(max)d字。")])
    source = StringField(validators=[Length(max=40, message="约稿单位最多%(max)d字。")])
    outward = StringField(validators=[Optional(), _MOMENT])
    due = StringField(validators=[Optional(), _MOMENT])
    pieces = IntegerField(validators=[NumberRange(1, LARGEST, message="每科1到5篇。")], default=1)
    weight = IntegerField(validators=[NumberRange(1, LARGEST, message="权重1到5。")], default=1)
    units = SelectMultipleField(validators=[DataRequired("请选科室。")], validate_choice=False)
    urgent = BooleanField()

    def fault(self) -> str:
        if not (self.due.data or self.outward.data):
            return "请填交稿截止时间，或对外截止时间。"
        return next((str(fault) for one in self.errors.values() for fault in one), "")


class PartForm(HandedForm):
    """One act on a call or on the part of one unit in it."""

    do = HiddenField(validators=[DataRequired("请选一项。")])
    part = HiddenField(validators=[Optional(), ID])
    words = StringField(validators=[Length(max=_WORDS, message="最多%(max)d字，请缩短。")])
    until = StringField(validators=[Optional(), _MOMENT])
    to = HiddenField()


def call_pages(services: Services) -> Blueprint:
    blueprint = family(services, "calls")

    @blueprint.get("/calls")
    def listing() -> str:
        with looking(services) as ctx:
            return _list(ctx)

    @blueprint.get("/calls/new")
    def order() -> str:
        with looking(services) as ctx:
            return _blank(ctx)

    @blueprint.post("/calls/new")
    def send_order() -> Response:
        form = OrderForm()
        valid = form.validate()
        if fault := ("" if valid and not form.fault() else form.fault()):
            with looking(services) as ctx:
                page = _blank(ctx, typed=form, fault=fault)
            return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
        hand_in(
            services,
            form.act.data,
            "call_order",
            form.fields() | {"units": "\n".join(form.units.data)},
        )
        return redirect(url_for(".listing", done=form.act.data), HTTPStatus.SEE_OTHER)

    @blueprint.get("/calls/<call>")
    def show(call: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, _seen(ctx, call))

    @blueprint.post("/calls/<call>")
    def act(call: str) -> Response:
        form = PartForm()
        return act_on(
            services,
            form,
            "call",
            {"call": call},
            shown=lambda ctx: partial(_page, ctx, _seen(ctx, call)),
            back=url_for(".show", call=call),
        )

    return blueprint


def _seen(ctx: Context, call: str) -> CallOnPage:
    found = call_on_page(ctx, call)
    if found is None:
        abort(HTTPStatus.NOT_FOUND)
    return found


def _list(ctx: Context) -> str:
    state, number = request.args.get("state", ""), page_number()
    if state not in dict(_TABS):
        abort(HTTPStatus.NOT_FOUND)
    overseer = may_order(ctx)
    mine = state == "mine" or not overseer
    wanted = None if mine else CallStatus(state or CallStatus.OPEN)
    lines = lines_of(ctx, wanted, PAGE + 1, (number - 1) * PAGE, mine=mine)
    tabs: Sequence[Mapping[str, Any]] = [
        {"words": words, "here": key == state, "address": url_for(".listing", state=key or None)}
        for key, words in _TABS
    ]
    return render_template(
        "calls.html",
        title="约稿",
        said=answered(ctx),
        tabs=tabs if overseer else (),
        lines=[{**line, "address": url_for(".show", call=line["id"])} for line in lines[:PAGE]],
        orders=overseer,
        **turning(".listing", number, more=len(lines) > PAGE, state=state or None),
    )


def _blank(ctx: Context, *, typed: OrderForm | None = None, fault: str = "") -> str:
    if not may_order(ctx):
        abort(HTTPStatus.FORBIDDEN)
    form = typed or OrderForm(formdata=None)
    return render_template(
        "call_order.html",
        title="下约稿",
        form=form,
        fault=fault,
        units=units_to_order(ctx),
        chosen=set(form.units.data or ()),
        limit=TOPIC_LIMIT,
        most=LARGEST,
    )


def _page(ctx: Context, found: CallOnPage, *, fault: str = "") -> str:
    answers = {
        part.id: [
            {
                "draft": one.draft,
                "name": f"{one.number}号《{one.title}》",
                "aside": f"{STATUS[one.status]}{_HANDED_IN[one.on_time]}"
                if one.handed_in_at
                else STATUS[one.status],
            }
            for one in part.answers
        ]
        for part in found.parts
    }
    return render_template(
        "call.html",
        answers=answers,
        title=found.name,
        call=found,
        said=answered(ctx),
        fault=fault,
    )
