"""作废扣分: a deduction that was wrong counts no longer, and stays to be seen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.rules.calendar import local
from handlers.scores import meanings, texts
from handlers.scores.anew import count_anew
from handlers.scores.commands import registry
from handlers.scores.deductions import (
    called,
    lately,
    refuse_unless_office,
    sections_by_name,
    tell_unit,
)
from handlers.scores.reading import Said, event_name, read_breach
from storage.models import Deduction, Unit
from storage.queries.deductions import Deducted
from storage.vocabulary import NOBODY, EntryStatus, Role

COMMAND = "take_back_deduction"
_SHOWN = 10


@registry.command(
    "作废扣分",
    "撤销扣分",
    takes=Takes.WORDS,
    usage="作废扣分 物业科 12号 经核实按时报送",
    purpose="把登记错的扣分作废，要写理由",
    shown_to=frozenset({Role.OFFICE}),
    means=meanings.deduction_back,
)
def take_back_deduction(ctx: Context, asked: Asked) -> str:
    """Let a deduction count no longer; it stays in the list with who took it back and why.

    Raises:
        UserError: it is not the sender's to do, nothing fits, or no reason is given.
    """
    refuse_unless_office(ctx)
    today = local(ctx.now).date()
    units = sections_by_name(ctx)
    said = read_breach(asked.text, units, (), today)
    chosen = str(asked.slots.get("deduction", ""))
    fitting = [
        each
        for each in ctx.uow.deductions.of_bureau(ctx.sender.bureau, lately(today.year))
        if each.deduction.status is EntryStatus.CONFIRMED
        and (each.deduction.id == chosen if chosen else _fits(each, said, units))
    ]
    if not fitting:
        raise UserError(texts.NO_DEDUCTION)
    if len(fitting) > 1:
        return _which(ctx, asked, fitting)
    if not said.reason:
        kept = replace(asked, slots={"deduction": fitting[0].deduction.id})
        question = texts.ASK_WHY_BACK.format(what=called(ctx, fitting[0]))
        return ctx.ask(question, "back_why", COMMAND, kept)
    told = take_back(ctx, fitting[0], said.reason)
    return texts.DEDUCTION_BACK.format(what=called(ctx, fitting[0]), why=said.reason, told=told)


def _fits(each: Deducted, said: Said, units: Mapping[str, Unit]) -> bool:
    entry = each.deduction
    return bool(said.unit or said.number) and (
        (not said.unit or entry.unit == units[said.unit].id)
        and (not said.number or each.number == said.number)
        and (not said.event or said.event in {entry.event, event_name(entry.event)})
        and (not said.day or entry.happened_on == said.day)
    )


def _which(ctx: Context, asked: Asked, fitting: Sequence[Deducted]) -> str:
    options = [
        Option.of(
            COMMAND, replace(asked, slots={"deduction": each.deduction.id}), called(ctx, each)
        )
        for each in fitting[-_SHOWN:]
    ]
    return ctx.offer(texts.WHICH_DEDUCTION, *options)


def take_back(ctx: Context, found: Deducted, why: str) -> str:
    """Let a deduction count no longer, for *why*; return who was told, in words.

    Raises:
        UserError: somebody else took it back meanwhile.
    """
    entry = ctx.uow.deductions.lock(found.deduction)
    if entry.status is not EntryStatus.CONFIRMED:
        raise UserError(texts.NO_DEDUCTION)
    entry.status = EntryStatus.TAKEN_BACK
    entry.taken_back_by, entry.taken_back_at = ctx.sender.userid, ctx.now
    entry.taken_back_why = why
    _changed(ctx, entry, "take_back", EntryStatus.CONFIRMED)
    said = texts.DEDUCTION_BACK_TOLD.format(what=called(ctx, found), why=why)
    return tell_unit(ctx, entry, said, "back")


def put_back(ctx: Context, found: Deducted) -> None:
    """Let a deduction that was taken back count again."""
    entry = ctx.uow.deductions.lock(found.deduction)
    entry.status = EntryStatus.CONFIRMED
    entry.taken_back_by, entry.taken_back_at, entry.taken_back_why = NOBODY, None, ""
    _changed(ctx, entry, "put_back", EntryStatus.TAKEN_BACK)
    tell_unit(ctx, entry, texts.DEDUCTION_AGAIN.format(what=called(ctx, found)), "again")


def _changed(ctx: Context, entry: Deduction, act: str, before: EntryStatus) -> None:
    after = {"status": entry.status, "why": entry.taken_back_why}
    ctx.audit(f"deduction:{act}", entry.id, before={"status": before}, after=after)
    count_anew(ctx, [entry.unit], entry.counts_in)
