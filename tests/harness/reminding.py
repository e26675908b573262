"""Reminders that a member is taken to have set, more than anybody may say."""

from datetime import datetime

from bot.services import Services
from storage.models import Reminder
from storage.vocabulary import ReminderId, UserId


def set_reminders(services: Services, member: str, due_at: datetime, count: int = 1) -> None:
    """Let *member* have set *count* reminders 交稿 that are due at that moment."""
    with services.database.begin() as uow:
        ctx = services.context(uow)
        who = UserId(member)
        bureau, first = uow.members.people([who])[who].bureau, uow.reminders.next_number(who)
        for number in range(first, first + count):
            reminder = Reminder(
                id=ReminderId(ctx.new_id()),
                member=who,
                bureau=bureau,
                number=number,
                text="交稿",
                recur="",
                units=[],
                due_at=due_at,
                created_at=ctx.now,
            )
            uow.reminders.add(reminder)
            due = due_at.isoformat()
            ctx.set_timer("personal_reminder", reminder.id, due_at, stage=due, due=due)
