"""报送, 未采用: where a draft was sent, and what did not come of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.adoptions import texts
from handlers.adoptions.channels import Choice, names_of
from handlers.adoptions.entries import date_text, meant, names, refuse_unless_office, tell
from handlers.adoptions.reading import channel_hint
from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import named
from handlers.rules.calendar import local, short_time
from handlers.rules.places import Place, barring_note
from handlers.rules.review_flow import Move, after
from storage.models import Adoption, Channel, Dispatch, Draft
from storage.queries.library import Shelved
from storage.vocabulary import (
    ChannelId,
    DispatchId,
    DispatchStatus,
    DraftStatus,
    EntryStatus,
    Verdict,
)

_WEEK = timedelta(days=7)
_SHOWN = 2
_REASON = re.compile(
    r"(?:没有?|未|不)(?:被|有|予)*(?:采用|录用|采纳|刊发|刊用|用上|选上|登|采|用)了?"
    r"[\s,，.。:：;；]*(?:原因|理由)?(?:是|为)?[\s:：]*(?P<x>.*)$",
    re.DOTALL,
)


def dispatch(ctx: Context, asked: Asked) -> str:
    """Note that signed drafts went to channels; the sign-off's own words are kept to.

    Raises:
        UserError: it is not the office's, not signed, barred, or went there before.
    """
    drafts = meant(ctx, asked)
    for draft in drafts:
        refuse_unless_office(ctx, draft)
    choice = Choice(ctx, asked, channel_hint(asked))
    where = texts.WHERE_SENT.format(name=named(drafts[0]))
    if question := choice.question("dispatch_draft", "sent_to", where):
        return question
    return "\n".join(_dispatched(ctx, draft, choice.clear) for draft in drafts)


def _dispatched(ctx: Context, draft: Draft, channels: Sequence[Channel]) -> str:
    before = {each.channel: each for each in ctx.uow.adoptions.dispatches([draft.id])}
    for channel in channels:
        if note := barred_by(ctx, draft, channel):
            raise UserError(texts.BARRED.format(name=named(draft), note=note, channel=channel.name))
        if sent := before.get(channel.id):
            when = short_time(sent.dispatched_at, ctx.now)
            raise UserError(
                texts.SENT_BEFORE.format(name=named(draft), when=when, channel=channel.name)
            )
    sent_now = send(ctx, draft, [channel.id for channel in channels])
    listed = "、".join(channel.name for channel in channels)
    said = texts.DISPATCH_TOLD.format(name=named(draft), who=ctx.sender.name, channels=listed)
    tell(ctx, draft, [draft.author], said, subject=sent_now[0].id)
    author = names(ctx, [draft.author])
    return texts.DISPATCHED.format(name=named(draft), channels=listed, author=author)


def barred_by(ctx: Context, draft: Draft, channel: Channel) -> str:
    """Return the note of the sign-off that keeps the draft from the channel; empty if none."""
    notes = [
        decision.reason
        for decision in ctx.uow.reviews.decisions(draft.id)
        if decision.verdict is Verdict.APPROVE
    ]
    return barring_note(Place(names=names_of(channel), family=channel.family), notes)


def send(
    ctx: Context, draft: Draft, channels: Sequence[ChannelId], *, inferred: bool = False
) -> list[Dispatch]:
    """Write down that the draft went to channels that it had not gone to."""
    sent = [
        Dispatch(
            id=DispatchId(ctx.new_id()),
            draft=draft.id,
            channel=channel,
            dispatched_by=ctx.sender.userid,
            dispatched_at=ctx.now,
            inferred=inferred,
        )
        for channel in channels
    ]
    for each in sent:
        ctx.uow.adoptions.dispatch(each)
    before = draft.status
    draft.status = after(draft.status, Move.DISPATCH)
    ctx.audit(
        "draft:dispatch",
        draft.id,
        before={"status": before},
        after={"status": draft.status, "channels": list(channels), "inferred": inferred},
    )
    return sent


def mark_used(ctx: Context, draft: Draft, channel: ChannelId) -> None:
    """Note that the channel used the draft; it was sent there even if nobody said so."""
    sent = {each.channel: each for each in ctx.uow.adoptions.dispatches([draft.id])}
    found = sent.get(channel) or send(ctx, draft, [channel], inferred=True)[0]
    found.status = DispatchStatus.ADOPTED
    found.closed_by, found.closed_at = ctx.sender.userid, ctx.now


def mark_unused(ctx: Context, draft: Draft, channel: ChannelId) -> None:
    """An adoption counts no longer: the draft waits for the channel again, if it was sent there."""
    used = ctx.uow.adoptions.of_drafts([draft.id], [EntryStatus.CONFIRMED])
    if any(adoption.channel == channel for adoption in used):
        return
    for sent in ctx.uow.adoptions.dispatches([draft.id]):
        if sent.channel == channel:
            sent.status = DispatchStatus.TAKEN_BACK if sent.inferred else DispatchStatus.SENT
    recall_if_nowhere(ctx, draft)


def recall_if_nowhere(ctx: Context, draft: Draft) -> None:
    """Let a draft that has gone nowhere after all be only signed again."""
    nowhere = not ctx.uow.adoptions.dispatches([draft.id])
    if nowhere and draft.status is DraftStatus.DISPATCHED:
        draft.status = after(draft.status, Move.RECALL)


def not_adopted(ctx: Context, asked: Asked) -> str:
    """Note that channels did not use drafts, and why; the author is shown what was used.

    Raises:
        UserError: it is not the office's, or nothing waits for an outcome.
    """
    drafts = meant(ctx, asked)
    for draft in drafts:
        refuse_unless_office(ctx, draft)
    choice = Choice(ctx, asked, "")
    where = texts.WHERE_USED.format(name=named(drafts[0]))
    if choice.named and (question := choice.question("record_adoption", "evidence", where)):
        return question
    reason = _reason(asked)
    if not reason:
        question = texts.WHY_NOT.format(name=named(drafts[0]))
        known = replace(asked, slots={**asked.slots, "adopted": False})
        return ctx.ask(question, "why", "record_adoption", known)
    channels = [channel.id for channel in choice.clear]
    return "\n".join(_close(ctx, draft, channels, reason) for draft in drafts)


def _reason(asked: Asked) -> str:
    """Return the reason that follows 没采用, or that was given when it was asked for."""
    if answer := str(asked.slots.get("why", "")):
        return texts.NO_REASON if re.fullmatch(r"(?:没说|没有|不知道|无)\W*", answer) else answer
    found = _REASON.search(asked.text)
    return found["x"].strip(" 。.") if found else ""


def _close(ctx: Context, draft: Draft, channels: Sequence[ChannelId], reason: str) -> str:
    waiting = [
        sent
        for sent in ctx.uow.adoptions.dispatches([draft.id])
        if sent.status is DispatchStatus.SENT and (not channels or sent.channel in channels)
    ]
    missing = set(channels) - {sent.channel for sent in waiting}
    if missing:
        waiting += send(ctx, draft, sorted(missing), inferred=True)
    if not waiting:
        raise UserError(texts.NOT_SENT.format(name=named(draft), number=draft.number))
    for sent in waiting:
        sent.status, sent.reason = DispatchStatus.NOT_ADOPTED, reason
        sent.closed_by, sent.closed_at = ctx.sender.userid, ctx.now
    called = ctx.uow.adoptions.channel_names(sent.channel for sent in waiting)
    listed = "、".join(sorted(called[sent.channel] for sent in waiting))
    ctx.audit(
        "draft:not_adopted",
        draft.id,
        after={"channels": [sent.channel for sent in waiting], "reason": reason},
    )
    said = texts.NOT_ADOPTED_TOLD.format(name=named(draft), channels=listed, reason=reason)
    if lines := _worth_reading(ctx, draft):
        said += "\n" + texts.READ_THESE.format(lines="\n".join(lines))
    tell(
        ctx,
        draft,
        [draft.author],
        said,
        subject=waiting[0].id,
        stage=f"not_adopted {ctx.now.isoformat()}",
    )
    return texts.NOT_ADOPTED.format(
        name=named(draft), channels=listed, reason=reason, author=names(ctx, [draft.author])
    )


def _worth_reading(ctx: Context, draft: Draft) -> list[str]:
    """Return a line or two about what others had adopted in the last week (domain-rules §3.5)."""
    since = local(ctx.now - _WEEK).date()
    shelved = ctx.uow.library.lately(draft.bureau, since, draft.id, draft.kind, _SHOWN)
    used = ctx.uow.adoptions.of_drafts([one.draft for one in shelved], [EntryStatus.CONFIRMED])
    called = ctx.uow.adoptions.channel_names(each.channel for each in used)
    latest = {each.draft: each for each in used}
    return [_line(ctx, one, latest.get(one.draft), called) for one in shelved]


def _line(
    ctx: Context, one: Shelved, used: Adoption | None, called: Mapping[ChannelId, str]
) -> str:
    """Name a model with where it was used, else the day on which a leader wrote on it."""
    day = date_text(ctx, one.used_on)
    return texts.READ_THIS.format(
        name=f"{one.number}号《{one.title}》",
        unit=one.unit,
        channel=called[used.channel] if used else texts.REMARK,
        url=f"\n{used.url}" if used and used.url else f"，{day}",
    )
