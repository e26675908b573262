"""At nine on a working day: what waits, told to those for whom something does."""

from collections.abc import Sequence
from datetime import timedelta

from handlers.kit.context import Context
from handlers.kit.messages import MessageKind, Text
from handlers.reviews import texts
from handlers.reviews.comfort import line
from handlers.reviews.commands import registry
from handlers.reviews.policy import ReviewPolicy
from handlers.rules.calendar import WorkCalendar, local
from storage.queries.reviews import Waiting
from storage.vocabulary import Topic, Urgency

registry.message(
    MessageKind(
        name="review_digest",
        urgency=Urgency.ROUTINE,
        lifetime=timedelta(hours=9),
        resend_when_unsure=False,
        perishable=True,
        topic=Topic.REVIEW,
        distinct=True,
    )
)

_SHOWN = 10


@registry.every("0 9 * * *")
def tell_what_waits(ctx: Context) -> None:
    """On the morning of a working day: what waits, to whom something does, and to nobody else."""
    calendar = ctx.calendar()
    today = local(ctx.now).date()
    if not ctx.policy(ReviewPolicy).morning_digest or not calendar.is_workday(today):
        return
    for member, waiting in ctx.uow.reviews.everybody_waited_for().items():
        said = _digest(ctx, waiting, calendar)
        ctx.tell("review_digest", [member], Text(text=said), subject=f"digest:{today}")


def _digest(ctx: Context, waiting: Sequence[Waiting], calendar: WorkCalendar) -> str:
    late = sum(item.task.due_at <= ctx.now for item in waiting)
    lines = [line(ctx, item, calendar) for item in waiting[:_SHOWN]]
    if len(waiting) > _SHOWN:
        lines.append(texts.MORE_WAIT.format(count=len(waiting) - _SHOWN))
    overdue = texts.OF_THEM_LATE.format(count=late) if late else ""
    return texts.DIGEST.format(count=len(waiting), late=overdue, lines="\n".join(lines))
