"""谁没收到: what became of the last thing that was told; never who read it."""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from handlers.deliveries import meanings, texts
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import draft_numbered, named, viewer
from handlers.kit.listing import fitting
from handlers.kit.pushes import name_of
from handlers.kit.registry import Registry
from handlers.rules.calendar import short_time
from storage.models import OutboxMessage
from storage.vocabulary import OutboxStatus, Outcome, Role, UserId

registry = Registry(theme="提醒")

WATCHERS = frozenset({Role.OFFICE, Role.ADMIN})
_LONG_AGO = timedelta(days=30)
_CODE = re.compile(r"(-?\d+)\s*$")
_ARRIVED = frozenset({Outcome.SENT, Outcome.DIGESTED})
_ENDED: Mapping[Outcome, str] = {
    Outcome.MERGED: texts.MERGED,
    Outcome.MUTED: texts.UNWANTED,
    Outcome.OBSOLETE: texts.OBSOLETE,
    Outcome.INVALID_MEMBER: texts.INVALID,
    Outcome.EXPIRED: texts.EXPIRED,
    Outcome.UNCONFIRMED: texts.UNCONFIRMED,
}
_KEPT: Mapping[str, str] = {
    "muted": texts.MUTED_UNTIL,
    "own quiet hours": texts.OWN_QUIET_UNTIL,
    "quiet hours": texts.QUIET_UNTIL,
    "daily budget": texts.BUDGET_UNTIL,
    "over budget": texts.BUDGET_UNTIL,
    "wait": texts.WAITS,
    "reconfigure": texts.WAITS,
}


@registry.command(
    "谁没收到",
    "送达情况",
    takes=Takes.WORDS,
    usage="谁没收到（或：12号谁没收到，5号约稿谁没收到）",
    purpose="看通知发给了谁、谁没送到、为什么",
    means=meanings.undelivered,
    changes=False,
)
def who_was_not_told(ctx: Context, asked: Asked) -> str:
    """Say of the last thing told about a draft, a call, or by the sender who did not get it.

    Raises:
        UserError: nothing was told, or it is not his to ask.
    """
    name, rows = _told(ctx, asked)
    if not rows:
        raise UserError(texts.NOTHING_TOLD.format(name=name))
    latest = max(row.created_at for row in rows)
    last = [row for row in rows if row.created_at == latest]
    missed = [row for row in last if row.outcome not in _ARRIVED]
    head = texts.HEAD.format(
        name=name,
        kind=name_of(last[0].kind),
        when=short_time(latest, ctx.now),
        count=len(last),
        reached=len(last) - len(missed),
    )
    return f"{head}\n{_missed(ctx, missed) if missed else texts.ALL}"


def _missed(ctx: Context, rows: Sequence[OutboxMessage]) -> str:
    names = ctx.uow.members.names({row.recipient for row in rows})
    lines = [
        texts.LINE.format(who=names.get(row.recipient, row.recipient), why=why(row, ctx.now))
        for row in rows
    ]
    shown = fitting(lines)
    rest = [texts.REST.format(count=len(lines) - len(shown))] if len(shown) < len(lines) else []
    return texts.MISSED.format(lines="\n".join([*shown, *rest]))


def why(row: OutboxMessage, now: datetime) -> str:
    """Say why a message has not arrived, and when it will be tried again, if it will."""
    when = short_time(row.due_at, now)
    code = _CODE.search(row.note)
    number = code[1] if code else row.note or "?"
    if row.outcome is not None:
        return _ENDED.get(row.outcome, texts.FAILED).format(code=number)
    if row.status is OutboxStatus.LEASED or not row.note:
        return texts.SENDING
    return _KEPT.get(row.note, texts.RETRIED).format(when=when, code=number)


def _told(ctx: Context, asked: Asked) -> tuple[str, Sequence[OutboxMessage]]:
    """Return what is asked about by name, and what was told of it."""
    said = re.search(r"(\d+)\s*号?\s*(约稿)?", asked.text)
    call = asked.slots.get("call_id") or (said and said[2] and int(said[1]))
    if call:
        return _of_call(ctx, int(call))
    numbers = asked.numbers or ((int(said[1]),) if said else ())
    if numbers:
        return _of_draft(ctx, numbers[0])
    rows = ctx.uow.outbox.last_told_by(ctx.sender.userid, ctx.now - _LONG_AGO)
    if not rows:
        raise UserError(texts.NOTHING_SAID)
    return texts.LAST, rows


def _of_call(ctx: Context, number: int) -> tuple[str, Sequence[OutboxMessage]]:
    call = ctx.uow.calls.latest_numbered(ctx.sender.bureau, number)
    if call is None:
        raise UserError(texts.NO_CALL.format(number=number))
    name = texts.CALL.format(number=number, topic=call.topic)
    subjects = [call.id, *(part.id for part in ctx.uow.calls.parts(call.id))]
    return name, _permitted(ctx, name, subjects)


def _of_draft(ctx: Context, number: int) -> tuple[str, Sequence[OutboxMessage]]:
    draft = draft_numbered(ctx, number)
    name = named(draft)
    subjects = [draft.id, *(task.id for task in ctx.uow.reviews.tasks(draft.id))]
    return name, _permitted(ctx, name, subjects, draft.author)


def _permitted(
    ctx: Context, name: str, subjects: Collection[str], *whose: UserId
) -> Sequence[OutboxMessage]:
    """Return what was told about *subjects*, to who may ask: the office, or whose it is.

    Raises:
        UserError: the sender is neither, nor did he let it be told.
    """
    rows = ctx.uow.outbox.told_about(subjects)
    me = ctx.sender.userid
    told_by_me = any(row.told_by == me for row in rows)
    if me in whose or told_by_me or viewer(ctx).holds(WATCHERS, (ctx.sender.bureau,)):
        return rows
    raise UserError(texts.NOT_YOURS.format(name=name))
