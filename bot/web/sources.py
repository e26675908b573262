"""来源: what posts come from, how each is, and what its keepers do to it."""

from datetime import datetime, time
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, Length, Regexp

from bot.config import Server
from bot.feeds.keys import push_address
from bot.services import Services
from bot.web.family import family, looking
from bot.web.handing import HandedForm, answered, hand_in
from handlers.feeds.capability import kind_words, may_keep, state_of
from handlers.kit.context import Context
from handlers.kit.sheets import may_hand_in
from handlers.rules.calendar import SHANGHAI, local, short_time
from handlers.rules.sources import WEEK
from storage.models import Source
from storage.vocabulary import SourceKind

_NUMBER = Regexp(r"^[1-9][0-9]{0,5}\Z")
_NAME, _ADDRESS, _WEIGHT = 60, 2_000, 3


class ActForm(HandedForm):
    """What is done to a source; *act* was made with the page."""

    number = HiddenField(validators=[_NUMBER])
    do = HiddenField(validators=[Regexp(r"^(try|stop|start|remove|weigh)\Z")])
    weight = StringField(validators=[Length(max=_WEIGHT)])


class AddForm(HandedForm):
    """A feed that is added."""

    name = StringField(validators=[DataRequired(), Length(max=_NAME)])
    url = StringField(validators=[DataRequired(), Length(max=_ADDRESS)])


def source_pages(services: Services) -> Blueprint:
    blueprint = family(services, "sources")
    server = services.config.server

    @blueprint.get("/sources")
    def listing() -> str:
        with looking(services) as ctx:
            if not may_keep(ctx):
                abort(HTTPStatus.NOT_FOUND)
            return _page(ctx, server)

    @blueprint.post("/sources")
    def change() -> Response:
        form = ActForm()
        names = ("number", "do", "weight")
        return _done(services, form, "source", names)

    @blueprint.post("/sources/new")
    def add() -> Response:
        return _done(services, AddForm(), "source_added", ("name", "url"))

    return blueprint


def _done(services: Services, form: HandedForm, name: str, fields: tuple[str, ...]) -> Response:
    if not form.validate():
        abort(HTTPStatus.BAD_REQUEST)
    act = str(form["act"].data)
    hand_in(services, act, name, {field: form[field].data or "" for field in fields})
    return redirect(url_for("sources.listing", done=act), HTTPStatus.SEE_OTHER)


def _page(ctx: Context, server: Server) -> str:
    bureau = ctx.sender.bureau
    sources = ctx.uow.sources.of_bureau(bureau)
    midnight = datetime.combine(local(ctx.now).date(), time(), SHANGHAI)
    today = ctx.uow.sources.brought_since(bureau, midnight)
    lately = ctx.uow.sources.brought_since(bureau, ctx.now - WEEK)
    return render_template(
        "sources.html",
        title="舆情来源",
        sources=[
            {
                "number": one.number,
                "name": one.name,
                "kind": kind_words(one),
                "state": state_of(one, lately.get(one.id, 0)),
                "address": one.url or (push_address(server, one) if _sends(one) else ""),
                "is_feed": one.kind is SourceKind.FEED,
                "active": one.active,
                "bad": bool(one.active and (one.fault or one.silent_at)),
                "weight": "" if one.weight is None else one.weight,
                "facts": _facts(ctx, one, today.get(one.id, 0), lately.get(one.id, 0)),
            }
            for one in sources
        ],
        hands_in=may_hand_in(ctx),
        said=answered(ctx),
    )


def _sends(source: Source) -> bool:
    return source.kind is SourceKind.PUSH


def _facts(ctx: Context, source: Source, today: int, lately: int) -> list[tuple[str, str]]:
    """Return what is known of a source, each with its name."""
    kept = [
        ("最近正常", source.well_at),
        ("最近来件", source.last_item_at),
        ("出故障", source.broken_at),
        ("没有来件", source.silent_at),
    ]
    facts = [(name, short_time(moment, ctx.now)) for name, moment in kept if moment is not None]
    facts += [("今天", f"{today}条"), ("7天", f"{lately}条"), ("共", f"{source.items}条")]
    if source.old_until is not None and source.old_until > ctx.now:
        facts.append(("旧密钥用到", short_time(source.old_until, ctx.now)))
    return facts
