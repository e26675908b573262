"""Gatherings that are ahead; one of them with its answer, and as a file for a phone's calendar."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from http import HTTPStatus

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length

from bot.documents.ics import MIME, Entry, calendar_file
from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import HandedForm, act_on, answered
from handlers.gatherings.capability import at, may_see, named, seen_ahead, summary
from handlers.kit.context import Context
from handlers.kit.finding import viewer
from handlers.rules.calendar import short_time
from storage.models import Gathering
from storage.vocabulary import GatheringStatus, GuestAnswer, Role

_WORDS = 100
_ANSWERS: Mapping[GuestAnswer, str] = {
    GuestAnswer.OPEN: "还没回复",
    GuestAnswer.COMING: "已回复参加",
    GuestAnswer.EXCUSED: "已请假",
}
_LASTS = timedelta(hours=2)
_ALARM = timedelta(minutes=30)


class AnswerForm(HandedForm):
    """A guest's answer, and why he cannot come."""

    do = HiddenField(validators=[DataRequired("请选一项。")])
    words = StringField(validators=[Length(max=_WORDS, message="最多%(max)d字，请缩短。")])


def gathering_pages(services: Services) -> Blueprint:
    blueprint = family(services, "gatherings")

    @blueprint.get("/gatherings")
    def ahead() -> str:
        with looking(services) as ctx:
            lines = [
                (named(one), "".join(at(ctx, one).values()), url_for(".show", gathering=one.id))
                for one in seen_ahead(ctx)
            ]
        return render_template("gatherings.html", title="近期会议、培训", lines=lines)

    @blueprint.get("/gatherings/<gathering>")
    def show(gathering: str) -> str:
        with looking(services) as ctx:
            return _page(ctx, _found(ctx, gathering))

    @blueprint.post("/gatherings/<gathering>")
    def answer(gathering: str) -> Response:
        form = AnswerForm()
        return act_on(
            services,
            form,
            "gathering",
            {"gathering": gathering},
            shown=lambda ctx: partial(_page, ctx, _found(ctx, gathering)),
            back=url_for(".show", gathering=gathering),
        )

    @blueprint.get("/gatherings/<gathering>.ics")
    def calendar(gathering: str) -> Response:
        with looking(services) as ctx:
            found = _found(ctx, gathering)
        entry = Entry(
            key=f"gathering-{found.id}",
            title=found.title,
            begins=found.begins_at,
            ends=found.begins_at + _LASTS,
            changed=found.changed_at,
            place=found.place,
            alarm=_ALARM,
        )
        return Response(calendar_file(found.title, [entry]), mimetype=MIME)

    return blueprint


def _page(ctx: Context, found: Gathering, *, fault: str = "") -> str:
    me = ctx.sender.userid
    guest = ctx.uow.gatherings.guest(found.id, me)
    off = found.status is GatheringStatus.CANCELLED
    office = viewer(ctx).holds({Role.OFFICE}, (found.bureau,))
    return render_template(
        "gathering.html",
        title=named(found),
        said=answered(ctx),
        fault=fault,
        off=off,
        facts=[
            (name, value)
            for name, value in (
                ("时间", short_time(found.begins_at, ctx.now)),
                ("地点", found.place),
                ("通知人", ctx.uow.members.names([found.organiser])[found.organiser]),
                ("您的回复", _ANSWERS[guest.answer] if guest is not None else ""),
            )
            if value
        ],
        answers=guest is not None and not off and found.begins_at > ctx.now,
        most=_WORDS,
        told=summary(ctx, found) if office or found.organiser == me else "",
        number=found.number,
        file=url_for(".calendar", gathering=found.id),
    )


def _found(ctx: Context, gathering: str) -> Gathering:
    found = ctx.uow.gatherings.get(gathering)
    if found is None or not may_see(ctx, found):
        abort(HTTPStatus.NOT_FOUND)
    return found
