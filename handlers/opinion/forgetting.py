"""Counts by the hour that nobody compares anything with any more."""

from datetime import timedelta

from handlers.kit.context import Context
from handlers.opinion.policy import OpinionPolicy
from handlers.opinion.registry import registry


@registry.every("55 3 * * *")
def forget_old_hours(ctx: Context) -> None:
    """Forget how many posts of a topic came in the hours of long ago."""
    days = ctx.policy(OpinionPolicy).keep_hours_days
    ctx.uow.forgetting.hours(ctx.now - timedelta(days=days))
