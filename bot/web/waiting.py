"""等您确认: what sections and sheets proposed, decided one by one or all together."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, abort, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from bot.ids import new_id
from bot.services import Services
from bot.web.adoption_forms import ChosenForm
from bot.web.family import family, looking
from bot.web.handing import answered, hand_in
from handlers.adoptions.confirming import MOST, Waiting, for_sender
from handlers.adoptions.entries import counts_text, evidence_of, facts_of, kind_of, names
from handlers.kit.context import Context
from handlers.kit.finding import named

TITLE = "等您确认"


def waiting_pages(services: Services) -> Blueprint:
    blueprint = family(services, "waiting")

    @blueprint.get("/adoptions/waiting")
    def show() -> str:
        return _shown(services)

    @blueprint.post("/adoptions/waiting")
    def decide() -> ResponseReturnValue:
        return _decided(services)

    return blueprint


def _shown(services: Services, faults: Sequence[str] = ()) -> str:
    """Show what waits for the visitor; to who may never confirm anything it is an empty list."""
    form = ChosenForm(formdata=None)
    form.act.data = new_id()
    with looking(services) as ctx:
        mine = for_sender(ctx)
        said = answered(ctx)
        return render_template(
            "waiting.html",
            title=TITLE,
            lines=[_line(ctx, one) for one in mine[:MOST]],
            left=max(len(mine) - MOST, 0),
            form=form,
            faults=faults,
            said=said,
        )


def _decided(services: Services) -> ResponseReturnValue:
    """Hand in what was chosen, as a message; what is wrong leaves the list as it was."""
    form = ChosenForm()
    form.validate()
    if form.act.errors or form.what.data not in {"confirm", "refuse"}:
        abort(HTTPStatus.BAD_REQUEST)
    if faults := form.faults():
        return make_response(_shown(services, faults), HTTPStatus.UNPROCESSABLE_ENTITY)
    act = str(form.act.data)
    reason = str(form.reason.data) if form.what.data == "refuse" else ""
    fields = {"what": "decide", "entries": json.dumps(form.entry.data), "reason": reason}
    hand_in(services, act, "adoption", fields)
    return redirect(url_for(".show", done=act), HTTPStatus.SEE_OTHER)


def _line(ctx: Context, one: Waiting) -> dict[str, str]:
    return {
        "id": one.entry.id,
        "name": named(one.draft),
        "what": kind_of(one.entry),
        "facts": facts_of(ctx, one.entry),
        "counts": counts_text(ctx, one.entry),
        "authors": names(ctx, one.authors),
        "by": names(ctx, [one.entry.entered_by]),
        "evidence": evidence_of(one.entry),
        "address": url_for("adoptions.show", entry=one.entry.id),
    }
