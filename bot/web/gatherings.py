"""A gathering: when, where, who comes; and as a file for the calendar of the phone."""

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, abort, render_template, url_for
from werkzeug.wrappers import Response

from bot.documents.ics import MIME, Entry, calendar_file
from bot.services import Services
from bot.web.family import family, looking
from handlers.gatherings.capability import may_see, named, summary
from handlers.kit.context import Context
from handlers.kit.finding import viewer
from handlers.rules.calendar import short_time
from storage.models import Gathering
from storage.vocabulary import GatheringStatus, Role

_LASTS = timedelta(hours=2)
_ALARM = timedelta(minutes=30)


def gathering_pages(services: Services) -> Blueprint:
    blueprint = family(services, "gatherings")

    @blueprint.get("/gatherings/<gathering>")
    def show(gathering: str) -> str:
        with looking(services) as ctx:
            found = _found(ctx, gathering)
            me = ctx.sender.userid
            office = viewer(ctx).holds({Role.OFFICE}, (found.bureau,))
            told = summary(ctx, found) if office or found.organiser == me else ""
            shown = {
                "when": short_time(found.begins_at, ctx.now),
                "place": found.place,
                "by": ctx.uow.members.names([found.organiser])[found.organiser],
                "off": found.status is GatheringStatus.CANCELLED,
            }
        return render_template(
            "gathering.html",
            title=named(found),
            shown=shown,
            told=told,
            number=found.number,
            file=url_for(".calendar", gathering=found.id),
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


def _found(ctx: Context, gathering: str) -> Gathering:
    found = ctx.uow.gatherings.get(gathering)
    if found is None or not may_see(ctx, found):
        abort(HTTPStatus.NOT_FOUND)
    return found
