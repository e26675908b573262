"""待审: what waits for whoever is logged in, what is due first in front."""

from flask import Blueprint, render_template, url_for

from bot.services import Services
from bot.web.family import family, looking
from bot.web.lists import PAGE, page_number, turning
from handlers.kit.context import Context
from handlers.kit.finding import ROLE_NAMES
from handlers.rules.calendar import short_time
from storage.queries.pages import PendingLine


def pending_pages(services: Services) -> Blueprint:
    blueprint = family(services, "pending")

    @blueprint.get("/pending")
    def reviews() -> str:
        number = page_number()
        with looking(services) as ctx:
            count = ctx.uow.pages.pending_count(ctx.sender.userid)
            found = ctx.uow.pages.pending(ctx.sender.userid, PAGE + 1, (number - 1) * PAGE)
            lines = [_line(ctx, one) for one in found[:PAGE]]
        return render_template(
            "pending.html",
            title=f"等您审核的有{count}篇" if count else "没有等您审核的稿件",
            lines=lines,
            **turning(".reviews", number, more=len(found) > PAGE),
        )

    return blueprint


def _line(ctx: Context, one: PendingLine) -> dict[str, object]:
    return {
        "name": f"{one.number}号《{one.title}》",
        "address": url_for("drafts.show", draft=one.draft),
        "version": one.version,
        "unit": one.unit,
        "author": one.author,
        "role": ROLE_NAMES[one.role],
        "since": short_time(one.opened_at, ctx.now),
        "due": short_time(one.due_at, ctx.now),
        "late": one.due_at < ctx.now,
    }
