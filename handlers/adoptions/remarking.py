"""登记批示: a leader wrote on a draft, or circled it."""

from dataclasses import replace
from datetime import date

from handlers.adoptions import texts
from handlers.adoptions.deciding import follow_text, make_count, propose
from handlers.adoptions.entries import (
    Attribution,
    counts_text,
    facts_of,
    impossible,
    meant,
    say,
)
from handlers.adoptions.reading import Remarked, day_in, read_remark
from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import named
from handlers.rules.registering import Say
from storage.models import Draft, Instruction
from storage.vocabulary import EntryStatus, InstructionId, Level, Remark

COMMAND = "record_adoption"


def enter_remark(ctx: Context, asked: Asked) -> str:
    """Enter a leader's remark; whose leader it is, and the day, are asked for.

    Raises:
        UserError: it is not the sender's to say, or nobody knows which leader.
    """
    drafts = meant(ctx, asked)
    for draft in drafts:
        say(ctx, draft, ())
    said, day = read_remark(asked), day_in(ctx, asked)
    known = replace(asked, slots={**asked.slots, "instruction": True})
    if not said.leader:
        raise UserError(texts.WHO_REMARKED.format(number=drafts[0].number))
    if said.level is None:
        return _ask_level(ctx, known, said.leader)
    if day is None:
        question = texts.ASK_REMARK_DAY.format(leader=said.leader)
        return ctx.ask(question, "evidence", COMMAND, known)
    if why := impossible(ctx, drafts, day):
        return ctx.ask(why, "evidence", COMMAND, known)
    return "\n".join(_entered(ctx, draft, said, said.level, day) for draft in drafts)


def _ask_level(ctx: Context, asked: Asked, leader: str) -> str:
    options = [
        Option.of(COMMAND, replace(asked, slots={**asked.slots, "leader_level": level.value}), name)
        for level, name in texts.LEVELS.items()
    ]
    return ctx.offer(texts.WHOSE_LEADER.format(leader=leader), *options)


def _entered(ctx: Context, draft: Draft, said: Remarked, level: Level, day: date) -> str:
    worth = say(ctx, draft, ())
    _refuse_twice(ctx, draft, said, day)
    entry = add_remark(ctx, draft, said, level, day)
    known = {
        "name": named(draft),
        "facts": facts_of(ctx, entry),
        "counts": counts_text(ctx, entry),
    }
    if worth is Say.PROPOSES:
        who = propose(ctx, draft, entry) or texts.NOBODY
        return texts.REMARK_PROPOSED.format(who=who, **known)
    told = make_count(ctx, draft, entry)
    return texts.REMARK_ENTERED.format(told=told, follow=follow_text(ctx, entry), **known)


def _refuse_twice(ctx: Context, draft: Draft, said: Remarked, day: date) -> None:
    for entry in ctx.uow.adoptions.instructions_of([draft.id]):
        if (entry.leader, entry.given_on, entry.remark) == (said.leader, day, said.remark):
            raise UserError(
                texts.REMARK_AGAIN.format(name=named(draft), facts=facts_of(ctx, entry))
            )


def written_down(
    ctx: Context, draft: Draft, said: Remarked, level: Level, day: date, by: Attribution
) -> Instruction:
    """Return the entry that says this; it is in no table yet.

    What was written is to be answered within the bureau's time; a circle asks for nothing.
    """
    where = by.of(draft, day)
    return Instruction(
        id=InstructionId(ctx.new_id()),
        bureau=draft.bureau,
        unit=draft.unit,
        draft=draft.id,
        leader=said.leader,
        level=level,
        rank=said.rank,
        remark=said.remark,
        given_on=day,
        counts_in=where.month,
        late=where.late,
        scan=said.scan,
        words=said.words,
        entered_by=ctx.sender.userid,
        entered_at=ctx.now,
        status=EntryStatus.PROPOSED,
        follow_up_on=by.answer_by if said.remark is Remark.WRITTEN else None,
    )


def add_remark(
    ctx: Context, draft: Draft, said: Remarked, level: Level, day: date, *, replaces: str = ""
) -> Instruction:
    """Write a remark down; it counts only once `make_count` says so."""
    entry = written_down(ctx, draft, said, level, day, Attribution(ctx))
    entry.replaces = replaces
    ctx.uow.adoptions.instruct(entry)
    ctx.audit(
        "instruction:enter",
        entry.id,
        after={
            "draft": draft.id,
            "leader": said.leader,
            "level": level,
            "rank": said.rank,
            "given_on": day.isoformat(),
            "replaces": replaces,
        },
    )
    return entry
