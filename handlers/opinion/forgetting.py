"""What nobody compares anything with any more: counts by the hour, and what posts are found by."""

from datetime import timedelta

from handlers.kit.context import Context
from handlers.opinion.knowing import WINDOW
from handlers.opinion.policy import OpinionPolicy
from handlers.opinion.registry import registry


@registry.every("55 3 * * *")
def forget_old_hours(ctx: Context) -> None:
    """Forget how many posts of a topic came in the hours of long ago."""
    days = ctx.policy(OpinionPolicy).keep_hours_days
    ctx.uow.forgetting.hours(ctx.now - timedelta(days=days))


@registry.every("56 3 * * *")
def tidy_prints(ctx: Context) -> None:
    """Forget by what posts are found that are too old to be said again; the rest stands by days."""
    ctx.uow.prints.tidy((ctx.now - WINDOW).toordinal())
