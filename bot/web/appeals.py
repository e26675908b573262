"""扣分和申诉: a month's deductions and objections; the office answers here as in the chat."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, TextAreaField
from wtforms.validators import AnyOf, DataRequired, Length

from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import ID, HandedForm, answered, hand_in
from handlers.kit.context import Context
from handlers.rules.calendar import local, short_time
from handlers.scores.capability import Objection, objections_seen, taken_off
from storage.vocabulary import AppealStatus

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")
_WORDS = 300


class AnswerForm(HandedForm):
    """The office's answer; *act* was made with the page, *verdict* is the button pressed."""

    appeal = HiddenField(validators=[ID])
    verdict = HiddenField(validators=[AnyOf([AppealStatus.ACCEPTED, AppealStatus.REFUSED])])
    why = TextAreaField(
        validators=[
            DataRequired("请写明答复的理由。"),
            Length(max=_WORDS, message="理由最多%(max)d字，请缩短。"),
        ]
    )


def appeal_pages(services: Services) -> Blueprint:
    blueprint = family(services, "appeals")

    @blueprint.get("/appeals")
    def now() -> Response:
        month = f"{local(services.now()):%Y-%m}"
        return redirect(url_for(".month", month=month), HTTPStatus.SEE_OTHER)

    @blueprint.get("/appeals/<month>")
    def month(month: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, month)

    @blueprint.post("/appeals/<month>")
    def answer(month: str) -> Response:
        form = AnswerForm()
        valid = form.validate()
        if form.act.errors or form.appeal.errors or form.verdict.errors:
            abort(HTTPStatus.BAD_REQUEST)
        if not valid:
            with looking(services) as ctx:
                page = _page(ctx, month, fault=str(form.why.errors[0]), typed=form)
            return make_response(page, HTTPStatus.UNPROCESSABLE_ENTITY)
        fields = {name: form[name].data for name in ("appeal", "verdict", "why")}
        hand_in(services, form.act.data, "appeal", fields)
        address = url_for(".month", month=month, done=form.act.data)
        return redirect(address, HTTPStatus.SEE_OTHER)

    return blueprint


def _page(ctx: Context, month: str, *, fault: str = "", typed: AnswerForm | None = None) -> str:
    if not _MONTH.fullmatch(month):
        abort(HTTPStatus.NOT_FOUND)
    appeals = objections_seen(ctx, month)
    return render_template(
        "appeals.html",
        title="扣分和申诉",
        month=month,
        appeals=[_line(ctx, each) for each in appeals],
        deductions=taken_off(ctx, month),
        fault=fault,
        kept={typed.appeal.data: typed.why.data} if typed else {},
        said=answered(ctx),
    )


def _line(ctx: Context, each: Objection) -> Mapping[str, object]:
    appeal = each.appeal
    facts: Sequence[tuple[str, str]] = [
        ("提出", f"{each.filed_by} {short_time(appeal.filed_at, ctx.now)}"),
        ("得分", f"提出时{each.before}分，现在{each.after}分"),
    ]
    if appeal.answered_at is not None:
        answered = f"{each.answered_by} {short_time(appeal.answered_at, ctx.now)}：{appeal.answer}"
        facts = [*facts, ("答复", answered)]
    return {
        "id": appeal.id,
        "unit": each.unit,
        "words": appeal.words,
        "state": each.state,
        "facts": facts,
        "answerable": each.answerable,
    }
