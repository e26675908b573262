"""减负报告: what messages ask of the bureau's people, for the office and leaders."""

import re
from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from bot.documents import charts
from bot.services import Services
from bot.web.family import family, looking
from handlers.deliveries.capability import burden
from handlers.kit.pushes import name_of
from handlers.rules.calendar import local

_MONTH = re.compile(r"20\d\d-(?:0[1-9]|1[0-2])")


def burden_pages(services: Services) -> Blueprint:
    blueprint = family(services, "burden")

    @blueprint.get("/burden")
    def home() -> Response:
        return redirect(url_for(".month", month=f"{local(services.now()):%Y-%m}"))

    @blueprint.get("/burden/<month>")
    def month(month: str) -> str:
        if not _MONTH.fullmatch(month):
            abort(HTTPStatus.NOT_FOUND)
        with looking(services) as ctx:
            if not burden.may_read(ctx):
                abort(HTTPStatus.NOT_FOUND)
            found = burden.figures(ctx, ctx.sender.bureau, month)
            people = burden.people(ctx, found)
        drawn = burden.charts(found, month) if found.messages else ()
        return render_template(
            "burden.html",
            title=f"{burden.month_said(month)}减负报告",
            found=found,
            each=f"{found.each:.1f}",
            people=people,
            kinds=[(name_of(kind), count) for kind, count in found.by_kind],
            charts=[(charts.svg(one, f"chart{place}"), one) for place, one in enumerate(drawn)],
        )

    return blueprint
