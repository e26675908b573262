"""应急预案: the plans and their runs; one run with who had which task and the times it took."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Blueprint, abort, render_template, url_for

from bot.services import Services
from bot.web.family import family, looking
from bot.web.lists import PAGE, page_number, turning
from handlers.contingencies.capability import commands, plans, running
from handlers.kit.context import Context
from handlers.rules.calendar import short_time


def contingency_pages(services: Services) -> Blueprint:
    blueprint = family(services, "contingencies")

    @blueprint.get("/contingencies")
    def listing() -> str:
        with looking(services) as ctx:
            _refuse_strangers(ctx)
            number = page_number()
            found = ctx.uow.contingencies.lately(ctx.sender.bureau, PAGE + 1, (number - 1) * PAGE)
            return render_template(
                "contingencies.html",
                title="应急预案",
                plans=[
                    (one.name, commands.plan_line(one), [task.words for task in one.tasks])
                    for one in plans.plans_of(ctx, ctx.sender.bureau)
                ]
                if number == 1
                else [],
                lines=[
                    (commands.run_line(ctx, one), url_for(".show", run=one.id))
                    for one in commands.seen(ctx, found[:PAGE])
                ],
                **turning(".listing", number, more=len(found) > PAGE),
            )

    @blueprint.get("/contingencies/<run>")
    def show(run: str) -> str:
        with looking(services) as ctx:
            _refuse_strangers(ctx)
            found = ctx.uow.contingencies.get(run)
            if found is None or not commands.seen(ctx, [found]):
                abort(HTTPStatus.NOT_FOUND)
            return render_template(
                "contingency.html",
                title=running.named(found),
                about=found.title,
                exercise=found.exercise,
                begun=short_time(found.started_at, ctx.now),
                state=running.state_of(ctx, found),
                lines=running.lines_of(ctx, found),
                over=found.ended_at is not None,
                may_end=commands.runs(ctx),
                number=found.number,
            )

    return blueprint


def runs_about(ctx: Context, kind: str, subject: str) -> Sequence[Mapping[str, Any]]:
    """Return the runs that a case or an incident started, for its page; none for who sees none."""
    found = commands.seen(ctx, ctx.uow.contingencies.of_subject(f"{kind}:{subject}"))
    return [
        {
            "name": running.named(one),
            "address": url_for("contingencies.show", run=one.id),
            "state": running.state_of(ctx, one),
            "lines": running.lines_of(ctx, one),
        }
        for one in found
    ]


def sees_plans(ctx: Context) -> bool:
    """Tell whether the visitor may look at the emergency plans."""
    return commands.sees(ctx)


def _refuse_strangers(ctx: Context) -> None:
    if not sees_plans(ctx):
        abort(HTTPStatus.NOT_FOUND)
