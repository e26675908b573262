"""登记采用: a channel used a draft; asks for what is missing, and guesses nothing."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.adoptions import texts
from handlers.adoptions.channels import Choice
from handlers.adoptions.deciding import make_count, propose
from handlers.adoptions.dispatching import barred_by
from handlers.adoptions.entries import (
    count,
    counts_text,
    date_text,
    facts_of,
    impossible,
    meant,
    say,
)
from handlers.adoptions.reading import Said, channel_hint, read
from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import named
from handlers.rules.attribution import Counting
from handlers.rules.registering import Say
from storage.models import Adoption, AdoptionShare, Channel, Draft, Member
from storage.vocabulary import AdoptionId, EntryStatus, Form

COMMAND = "record_adoption"


def enter(ctx: Context, asked: Asked) -> str:
    """Enter the use of drafts by one channel; by the office it counts, by others it is proposed.

    Raises:
        UserError: it is not the sender's to say, no channel is like it, or the day cannot be.
    """
    drafts = meant(ctx, asked)
    for draft in drafts:
        say(ctx, draft, ())
    choice = Choice(ctx, asked, channel_hint(asked))
    where = texts.WHERE_USED.format(name=named(drafts[0]))
    if question := choice.question(COMMAND, "where_used", where):
        return question
    if len(choice.clear) > 1:
        raise UserError(texts.ONE_CHANNEL)
    channel = choice.clear[0]
    known = replace(asked, slots={**asked.slots, "channel_key": channel.id})
    said = read(ctx, known)
    if said.day is not None and (why := impossible(ctx, drafts, said.day)):
        return ctx.ask(why, "evidence", COMMAND, known)
    if question := _missing(ctx, known, said, drafts, channel):
        return question
    return "\n".join(_entered(ctx, draft, channel, said) for draft in drafts)


def _missing(
    ctx: Context, asked: Asked, said: Said, drafts: Sequence[Draft], channel: Channel
) -> str:
    """Return the question for the day or the evidence, or whether it is a second use."""
    call = "、".join(named(draft) for draft in drafts)
    if said.day is None or not said.evidence.there:
        question = texts.ASK_DAY if said.evidence.there else texts.ASK_DAY_AND_EVIDENCE
        if said.day is not None:
            question = texts.ASK_EVIDENCE
        return ctx.ask(question.format(name=call, channel=channel.name), "evidence", COMMAND, asked)
    if asked.slots.get("again"):
        return ""
    for used in ctx.uow.adoptions.of_drafts([draft.id for draft in drafts]):
        if used.channel == channel.id:
            day = date_text(ctx, used.adopted_on)
            question = texts.AGAIN.format(name=call, channel=channel.name, day=day)
            once_more = replace(asked, slots={**asked.slots, "again": True})
            return ctx.offer(question, Option.of(COMMAND, once_more), confirming=COMMAND)
    return ""


def _entered(ctx: Context, draft: Draft, channel: Channel, said: Said) -> str:
    shares = authors_of(ctx, draft, said)
    worth = say(ctx, draft, [member.userid for member, _ in shares])
    entry = add(ctx, draft, channel, said, shares)
    known = {
        "name": named(draft),
        "facts": facts_of(ctx, entry, channel.name),
        "counts": counts_text(ctx, entry),
    }
    note = barred_by(ctx, draft, channel)
    warning = "\n" + texts.BARRED_BUT_USED.format(note=note, channel=channel.name) if note else ""
    if worth is Say.PROPOSES:
        who = propose(ctx, draft, entry)
        return (texts.PROPOSED if who else texts.NOBODY_CONFIRMS).format(who=who, **known) + warning
    told = make_count(ctx, draft, entry)
    hint = texts.EDITED_HINT.format(number=draft.number)
    return texts.ENTERED.format(told=told, number=draft.number, **known) + hint + warning


def authors_of(ctx: Context, draft: Draft, said: Said) -> list[tuple[Member, int]]:
    """Return who shares the use, with the weights; the draft's author, if nobody else is said.

    Raises:
        UserError: a name is nobody's, or several people's.
    """
    if not said.authors:
        author = ctx.uow.members.get(draft.author)
        return [(author, 1)] if author is not None else []
    found = ctx.uow.members.called(draft.bureau, [name for name, _ in said.authors])
    by_name: dict[str, list[Member]] = {}
    for member in found:
        by_name.setdefault(member.name, []).append(member)
    for name, _ in said.authors:
        if len(by_name.get(name, ())) != 1:
            raise UserError(texts.UNKNOWN_AUTHOR.format(name=name))
    return [(by_name[name][0], weight) for name, weight in said.authors]


def written_down(
    ctx: Context,
    draft: Draft,
    channel: Channel,
    said: Said,
    where: Counting,
    replaces: str = "",
) -> Adoption:
    """Return the entry that says this; it is in no table yet.

    Raises:
        ValueError: *said* has no day.
    """
    if said.day is None:
        raise ValueError("a use has a day")
    return Adoption(
        id=AdoptionId(ctx.new_id()),
        bureau=draft.bureau,
        unit=draft.unit,
        draft=draft.id,
        channel=channel.id,
        level=said.level or channel.level,
        family=channel.family,
        form=said.form or Form.FULL,
        flags=list(said.flags),
        adopted_on=said.day,
        counts_in=where.month,
        late=where.late,
        url=said.evidence.url,
        issue=said.evidence.issue,
        scan=said.evidence.scan,
        words=said.evidence.words,
        entered_by=ctx.sender.userid,
        entered_at=ctx.now,
        status=EntryStatus.PROPOSED,
        replaces=replaces,
    )


def add(
    ctx: Context,
    draft: Draft,
    channel: Channel,
    said: Said,
    shares: Sequence[tuple[Member, int]],
    *,
    replaces: str = "",
) -> Adoption:
    """Write an entry down; it counts only once `make_count` says so.

    Raises:
        ValueError: *said* has no day.
    """
    if said.day is None:
        raise ValueError("a use has a day")
    where = count(ctx, draft, said.day)
    entry = written_down(ctx, draft, channel, said, where, replaces)
    parts = {member.userid: (member.unit, weight) for member, weight in shares}
    ctx.uow.adoptions.add(
        entry,
        [
            AdoptionShare(adoption=entry.id, member=member, unit=unit, weight=weight)
            for member, (unit, weight) in parts.items()
        ],
    )
    ctx.audit(
        "adoption:enter",
        entry.id,
        after={
            "draft": draft.id,
            "channel": channel.name,
            "level": entry.level,
            "form": entry.form,
            "adopted_on": entry.adopted_on.isoformat(),
            "replaces": replaces,
            "shares": {member: weight for member, (_, weight) in parts.items()},
        },
    )
    return entry
