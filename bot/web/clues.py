"""信息线索: what was found in the media, and what became of it; the office acts here too."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import ID, HandedForm, answered, hand_in
from bot.web.lists import PAGE, page_number, turning
from handlers.clues.capability import keeps, reads, state_of
from handlers.kit.context import Context
from handlers.rules.calendar import short_time
from handlers.rules.clues import NAMES
from storage.vocabulary import ClueStatus

_WORDS = 200


class ClueForm(HandedForm):
    """One act on a clue, and the words or the number that go with it."""

    clue = HiddenField(validators=[ID])
    do = HiddenField(validators=[DataRequired("请选一项。")])
    words = StringField(validators=[Length(max=_WORDS, message="最多%(max)d字，请缩短。")])


def clue_pages(services: Services) -> Blueprint:
    blueprint = family(services, "clues")

    @blueprint.get("/clues")
    def listing() -> str:
        with looking(services) as ctx:
            return _page(ctx)

    @blueprint.post("/clues")
    def act() -> Response:
        form = ClueForm()
        if not form.validate():
            abort(HTTPStatus.BAD_REQUEST)
        fields = {name: form[name].data or "" for name in ("clue", "do", "words")}
        hand_in(services, form.act.data, "clue", fields)
        return redirect(url_for(".listing", done=form.act.data), HTTPStatus.SEE_OTHER)

    return blueprint


def _page(ctx: Context) -> str:
    number, all_of_them = page_number(), reads(ctx)
    found = ctx.uow.clues.lately(
        ctx.sender.bureau,
        PAGE + 1,
        (number - 1) * PAGE,
        finder=None if all_of_them else ctx.sender.userid,
    )
    names = ctx.uow.members.names({one.finder for one in found})
    return render_template(
        "clues.html",
        title="信息线索" if all_of_them else "我报的信息线索",
        clues=[
            {
                "id": one.id,
                "number": one.number,
                "category": NAMES[one.category],
                "words": one.words,
                "url": one.url,
                "by": names[one.finder],
                "when": short_time(one.found_at, ctx.now),
                "state": state_of(one),
                "open": one.status is ClueStatus.OPEN,
            }
            for one in found[:PAGE]
        ],
        keeps=keeps(ctx),
        said=answered(ctx),
        **turning(".listing", number, more=len(found) > PAGE),
    )
