"""Clocks of the register: what nobody confirmed, answered, or registered before the cut-off."""

from collections.abc import Sequence
from datetime import date, timedelta

from handlers.adoptions import texts
from handlers.adoptions.commands import registry
from handlers.adoptions.confirming import ask_again
from handlers.adoptions.entries import beneficiaries_of, confirmers_of, date_text, heads_of, kind_of
from handlers.adoptions.policy import AdoptionPolicy
from handlers.kit.asked import Due
from handlers.kit.context import Context
from handlers.kit.finding import named
from handlers.kit.messages import Text
from handlers.kit.scoring import rules_by
from handlers.rules.calendar import local, period_bounds, workday_before
from handlers.rules.scoring.periods import first_day, last_day, month_closes
from storage.queries.adoptions import Entry, Unanswered
from storage.vocabulary import EntryStatus, Role, SheetId, UnitId, UserId

_SHOWN = 8


@registry.timer("adoption_unconfirmed", counted=True)
def remind_to_confirm(ctx: Context, due: Due) -> None:
    """Remind, once, who may confirm an entry, or what a sheet proposed, that still waits."""
    if (sheet := ctx.uow.sheets.get(SheetId(due.subject))) is not None:
        ask_again(ctx, sheet)
        return
    entry: Entry | None = ctx.uow.adoptions.adoption(due.subject)
    entry = entry or ctx.uow.adoptions.instruction(due.subject)
    if entry is None or entry.status is not EntryStatus.PROPOSED:
        return
    draft = ctx.uow.drafts.get(entry.draft)
    who = confirmers_of(ctx, draft, beneficiaries_of(ctx, entry), entry.entered_by)
    said = texts.STILL_WAITS.format(
        name=named(draft),
        what=kind_of(entry),
        days=ctx.policy(AdoptionPolicy).confirm_days,
        number=draft.number,
    )
    ctx.tell("adoption_reminder", who, Text(text=said), subject=entry.id, stage="unconfirmed")


@registry.timer("instruction_follow_up")
def remind_to_follow_up(ctx: Context, due: Due) -> None:
    """On its day remind the section's head and the office that a remark is to be answered."""
    entry = ctx.uow.adoptions.instruction(due.subject)
    if entry is None or entry.status is not EntryStatus.CONFIRMED or entry.answered_at:
        return
    draft = ctx.uow.drafts.get(entry.draft)
    words = texts.REMARK_WORDS.format(words=entry.words) if entry.words else ""
    said = texts.FOLLOW_UP_DUE.format(
        name=named(draft), leader=entry.leader, words=words, number=draft.number
    )
    office = ctx.uow.members.holding(Role.OFFICE, draft.unit)
    told = sorted({*heads_of(ctx, draft), *office})
    ctx.tell("adoption_reminder", told, Text(text=said), subject=entry.id, stage="follow_up")


@registry.every("10 9 * * *")
def ask_before_the_cutoff(ctx: Context) -> None:
    """Some working days before a month's cut-off ask what is not registered yet, once."""
    days = ctx.policy(AdoptionPolicy).cutoff_days
    today = local(ctx.now).date()
    is_workday = ctx.calendar().is_workday
    if not days or not is_workday(today):
        return
    this = f"{today:%Y-%m}"
    last = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    for bureau in ctx.uow.members.bureaus():
        for month in (last, this):
            rules = rules_by(ctx.uow, bureau.id, last_day(first_day(month), "month"))
            until = month_closes(rules, month, is_workday)
            if workday_before(until, days, is_workday) <= today < until:
                _ask(ctx, bureau.id, month, until)


def _ask(ctx: Context, bureau: UnitId, month: str, until: date) -> None:
    """Ask the office where something waits, and each author of what was sent and has no result."""
    opening = texts.BEFORE_CUTOFF.format(month=int(month[-2:]), until=date_text(ctx, until))
    unanswered = ctx.uow.adoptions.unanswered(bureau, *period_bounds(month))
    waiting = len(ctx.uow.adoptions.proposed(bureau))
    if not unanswered and not waiting:
        return
    office = ctx.uow.members.holding(Role.OFFICE, bureau)
    said = texts.BEFORE_CUTOFF_OFFICE.format(
        opening=opening,
        unanswered=texts.UNANSWERED_OFFICE.format(count=len(unanswered), lines=_lines(unanswered))
        if unanswered
        else "",
        waiting=texts.UNCONFIRMED.format(count=waiting) if waiting else "",
    )
    _remind(ctx, office, said, bureau, month)
    by_author: dict[UserId, list[Unanswered]] = {}
    for one in unanswered:
        by_author.setdefault(one.author, []).append(one)
    for author, own in by_author.items():
        if author not in office:
            said = texts.UNANSWERED_AUTHOR.format(
                opening=opening,
                lines=_lines(own),
                number=own[0].number,
                channel=own[0].channel,
            )
            _remind(ctx, [author], said, bureau, month)


def _remind(ctx: Context, members: Sequence[UserId], said: str, bureau: UnitId, month: str) -> None:
    stage = f"cutoff {month}"
    ctx.tell("adoption_reminder", members, Text(text=said), subject=bureau, stage=stage)


def _lines(unanswered: Sequence[Unanswered]) -> str:
    lines = [
        texts.UNANSWERED_LINE.format(number=one.number, title=one.title, channel=one.channel)
        for one in unanswered[:_SHOWN]
    ]
    if len(unanswered) > _SHOWN:
        lines.append(texts.UNANSWERED_MORE.format(count=len(unanswered) - _SHOWN))
    return "\n".join(lines)
