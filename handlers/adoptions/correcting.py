"""更正采用: an entry that was wrong is replaced by another, or voided; both stay to be seen."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from handlers.adoptions import texts
from handlers.adoptions.channels import Choice, channels_of
from handlers.adoptions.deciding import CARD, make_count, propose, tell_those_concerned
from handlers.adoptions.dispatching import mark_unused
from handlers.adoptions.entries import (
    counts_text,
    facts_of,
    kind_of,
    meant,
    refuse_impossible_day,
    say,
)
from handlers.adoptions.reading import Evidence, Remarked, Said, day_in, read, read_remark
from handlers.adoptions.remarking import add_remark
from handlers.adoptions.using import add, authors_of
from handlers.kit.asked import Asked
from handlers.kit.cards import grey
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.events import EntryVoided
from handlers.kit.finding import facts, named, viewer
from handlers.rules.registering import Say
from storage.models import Adoption, Channel, Draft, Instruction, Member
from storage.queries.adoptions import Entry
from storage.vocabulary import EntryStatus, Form, Role

COMMAND = "record_adoption"
_VOID = re.compile(r"作废|删(?:掉|除|了)|取消|撤销|不要了|登重|没有?这回事")
_INSTEAD = re.compile(r"不是[^,，。;；是]+")


def correct(ctx: Context, asked: Asked) -> str:
    """Correct or void what is registered of a draft.

    Raises:
        UserError: it is not the office's, or there is nothing to correct.
    """
    draft = meant(ctx, asked)[0]
    if not viewer(ctx).holds({Role.OFFICE}, facts(ctx, draft).lineage):
        raise UserError(texts.ONLY_OFFICE_CORRECTS)
    entries = _standing(ctx, draft)
    if not entries:
        raise UserError(texts.NO_ENTRY.format(name=named(draft)))
    asked = replace(asked, slots={**asked.slots, "action": "correct"}, numbers=(draft.number,))
    entry = _which(asked, entries)
    if entry is None:
        return _ask_which(ctx, asked, entries)
    asked = replace(asked, slots={**asked.slots, "entry": entry.id})
    text = str(asked.slots.get("mistake", "")) or asked.text
    if _VOID.search(text):
        return _void(ctx, draft, entry, asked)
    if isinstance(entry, Adoption):
        return _correct_use(ctx, draft, entry, asked)
    return _correct_remark(ctx, draft, entry, asked)


def _standing(ctx: Context, draft: Draft) -> list[Entry]:
    return [
        *ctx.uow.adoptions.of_drafts([draft.id]),
        *ctx.uow.adoptions.instructions_of([draft.id]),
    ]


def _which(asked: Asked, entries: list[Entry]) -> Entry | None:
    """Return the entry that is meant: the chosen one, the only one, or the only of its kind."""
    chosen = asked.slots.get("entry")
    fitting = [entry for entry in entries if not chosen or entry.id == chosen]
    if len(fitting) > 1 and (kind := _kind_said(asked.text)):
        fitting = [entry for entry in fitting if kind_of(entry) == kind] or fitting
    return fitting[0] if len(fitting) == 1 else None


def _kind_said(text: str) -> str:
    if re.search(r"批示|圈阅", text):
        return texts.REMARK
    return texts.USE if re.search(r"采用|录用", text) else ""


def _ask_which(ctx: Context, asked: Asked, entries: list[Entry]) -> str:
    options = [
        Option.of(
            COMMAND,
            replace(asked, slots={**asked.slots, "entry": entry.id}),
            f"{kind_of(entry)}：{facts_of(ctx, entry)}",
        )
        for entry in entries
    ]
    return ctx.offer(texts.WHICH_ENTRY, *options)


def _correct_use(ctx: Context, draft: Draft, entry: Adoption, asked: Asked) -> str:
    """Enter the use anew with what was said; what was not said stays as it was."""
    meant_text = _INSTEAD.sub("", asked.text)
    said = read(ctx, replace(asked, text=meant_text))
    choice = Choice(ctx, replace(asked, text=meant_text), "")
    if choice.named and (question := choice.question(COMMAND, "mistake", "")):
        return question
    old = next(each for each in _channels(ctx) if each.id == entry.channel)
    named_new = [channel for channel in choice.clear if channel.id != old.id]
    channel = named_new[0] if named_new else old
    level = said.level or (channel.level if named_new else entry.level)
    now_said = _merged(entry, said)
    day = now_said.day or entry.adopted_on
    same = (channel.id, level, now_said.form, day, now_said.evidence) == (
        entry.channel,
        entry.level,
        entry.form,
        entry.adopted_on,
        _evidence(entry),
    )
    if same and not said.authors:
        return _ask_what(ctx, draft, entry, asked)
    shares = authors_of(ctx, draft, said) if said.authors else _shares(ctx, entry)
    return replace_use(ctx, draft, entry, channel, replace(now_said, level=level), shares)


def replace_use(
    ctx: Context,
    draft: Draft,
    entry: Adoption,
    channel: Channel,
    said: Said,
    shares: Sequence[tuple[Member, int]],
) -> str:
    """Enter a use anew in the place of another.

    Raises:
        UserError: nothing can have been used on that day.
    """
    refuse_impossible_day(ctx, draft, said.day or entry.adopted_on)
    fresh = add(ctx, draft, channel, said, shares, replaces=entry.id)
    worth = say(ctx, draft, [member.userid for member, _ in shares])
    return _replace(ctx, draft, entry, fresh, worth)


def _channels(ctx: Context) -> list[Channel]:
    channels_of(ctx)
    return list(ctx.uow.adoptions.channels(ctx.sender.bureau))


def _evidence(entry: Adoption) -> Evidence:
    return Evidence(url=entry.url, issue=entry.issue, scan=entry.scan, words=entry.words)


def _merged(entry: Adoption, said: Said) -> Said:
    """Return the entry as it was, but for what was said."""
    was = _evidence(entry)
    return replace(
        said,
        day=said.day or entry.adopted_on,
        evidence=replace(
            was,
            url=said.evidence.url or was.url,
            issue=said.evidence.issue or was.issue,
            scan=said.evidence.scan or was.scan,
        ),
        form=said.form or Form(entry.form),
        flags=said.flags or tuple(entry.flags),
    )


def _shares(ctx: Context, entry: Adoption) -> list[tuple[Any, int]]:
    shares = ctx.uow.adoptions.shares(entry.id)
    found = [(ctx.uow.members.get(share.member), share.weight) for share in shares]
    return [(member, weight) for member, weight in found if member is not None]


def _correct_remark(ctx: Context, draft: Draft, entry: Instruction, asked: Asked) -> str:
    said = read_remark(replace(asked, text=_INSTEAD.sub("", asked.text)))
    day: date = day_in(ctx, asked) or entry.given_on
    leader = said.leader or entry.leader
    level = said.level or entry.level
    merged = Remarked(
        leader=leader,
        level=level,
        rank=said.rank if said.leader else entry.rank,
        remark=said.remark if re.search(r"圈阅|批示", asked.text) else entry.remark,
        words=said.words or entry.words,
    )
    if (leader, level, day, merged.words) == (
        entry.leader,
        entry.level,
        entry.given_on,
        entry.words,
    ):
        return _ask_what(ctx, draft, entry, asked)
    return replace_remark(ctx, draft, entry, merged, day)


def replace_remark(
    ctx: Context, draft: Draft, entry: Instruction, said: Remarked, day: date
) -> str:
    """Enter a remark anew in the place of another.

    Raises:
        UserError: nothing can have been written on that day.
    """
    refuse_impossible_day(ctx, draft, day)
    said = replace(said, scan=said.scan or entry.scan)
    fresh = add_remark(ctx, draft, said, said.level or entry.level, day, replaces=entry.id)
    if said.remark is entry.remark:
        fresh.follow_up_on = entry.follow_up_on
        fresh.answer, fresh.answered_by = entry.answer, entry.answered_by
        fresh.answered_at = entry.answered_at
    return _replace(ctx, draft, entry, fresh, say(ctx, draft, ()))


def _replace(ctx: Context, draft: Draft, old: Entry, fresh: Entry, worth: Say) -> str:
    """Let the correction count in the old entry's place, or propose it."""
    known: Mapping[str, str] = {
        "name": named(draft),
        "what": kind_of(old),
        "old": facts_of(ctx, old),
        "new": facts_of(ctx, fresh),
    }
    if worth is Say.PROPOSES:
        who = propose(ctx, draft, fresh) or texts.NOBODY
        return texts.CORRECTION_PROPOSED.format(own=texts.OWN_BENEFIT, who=who, **known)
    if old.status is EntryStatus.PROPOSED:
        grey(ctx, old.id, CARD, "已更正")
    told = make_count(ctx, draft, fresh)
    return texts.CORRECTED.format(counts=counts_text(ctx, fresh), told=told, **known)


def _ask_what(ctx: Context, draft: Draft, entry: Entry, asked: Asked) -> str:
    known = facts_of(ctx, entry)
    if asked.slots.get("mistake"):
        raise UserError(texts.NOTHING_NEW.format(facts=known))
    question = texts.WHAT_IS_WRONG.format(name=named(draft), facts=known)
    bare = replace(asked, text="")
    return ctx.ask(question, "mistake", COMMAND, bare)


def _void(ctx: Context, draft: Draft, entry: Entry, asked: Asked) -> str:
    """Void an entry, after a yes; it stays in the register."""
    known = {"name": named(draft), "what": kind_of(entry), "facts": facts_of(ctx, entry)}
    if not asked.slots.get("confirmed"):
        sure = replace(asked, slots={**asked.slots, "confirmed": True})
        question = texts.SURE_TO_CANCEL.format(**known)
        return ctx.offer(question, Option.of(COMMAND, sure), confirming=COMMAND)
    take_back(ctx, draft, entry)
    said = texts.CANCELLED_TOLD.format(**known)
    told = tell_those_concerned(ctx, draft, entry, said, "voided")
    return texts.CANCELLED.format(told=told, **known)


def take_back(ctx: Context, draft: Draft, entry: Entry) -> None:
    """Let an entry count no longer, with its trace."""
    before = entry.status
    entry.status = EntryStatus.TAKEN_BACK
    ctx.uow.timers.cancel(entry.id)
    if before is EntryStatus.PROPOSED:
        grey(ctx, entry.id, CARD, "已作废")
    if isinstance(entry, Adoption) and before is EntryStatus.CONFIRMED:
        mark_unused(ctx, draft, entry.channel)
    if before is EntryStatus.CONFIRMED:
        ctx.emit(EntryVoided(draft=draft.id, entry=entry.id))
    ctx.audit(
        "adoption:take_back", entry.id, before={"status": before}, after={"status": entry.status}
    )
