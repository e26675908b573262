"""配额: this month's figures of the units that whoever is logged in may see."""

from flask import Blueprint, render_template

from bot.services import Services
from bot.web.family import family, looking
from handlers.quotas.capability import figures_seen
from handlers.rules.calendar import local


def quota_pages(services: Services) -> Blueprint:
    blueprint = family(services, "quotas")

    @blueprint.get("/quotas")
    def show() -> str:
        with looking(services) as ctx:
            lines = figures_seen(ctx)
            month = local(ctx.now).month
        return render_template("quotas.html", title=f"{month}月任务", lines=lines)

    return blueprint
