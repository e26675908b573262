"""静默 12345 4小时 原因: for a time, lighter alerts of a source wait; never an emergency."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from handlers.alerts import texts
from handlers.alerts.commands import registry
from handlers.alerts.meanings import plain_length
from handlers.alerts.raising import begin, silence_of
from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.rules.calendar import short_time
from handlers.rules.escalation import HIGHEST_SILENCED
from handlers.rules.visibility import ALERT_KEEPERS
from storage.models import AlertSilence
from storage.vocabulary import SilenceId, UnitId

_SAID = re.compile(r"\s*(\S{2,20})\s+(\d{1,3}\s*个?(?:小时|分钟|天))\s*(.*)", re.DOTALL)
_LONGEST = timedelta(days=3)


@registry.command(
    "静默",
    takes=Takes.WORDS,
    usage="静默 12345 4小时 系统演练",
    purpose="一个来源的一般警报先不发",
    shown_to=ALERT_KEEPERS,
)
def silence_source(ctx: Context, asked: Asked) -> str:
    _refuse_others(ctx)
    found = _SAID.fullmatch(asked.text)
    length = plain_length(found[2]) if found else None
    if found is None or length is None:
        raise UserError(texts.SILENCE_USAGE)
    reason = found[3].strip(" ，,。")
    if not reason:
        raise UserError(texts.SILENCE_NO_REASON)
    if not timedelta(0) < length <= _LONGEST:
        raise UserError(texts.SILENCE_TOO_LONG)
    silence = AlertSilence(
        id=SilenceId(ctx.new_id()),
        bureau=ctx.sender.bureau,
        number=ctx.uow.ledger.next_number(ctx.sender.bureau, 0, "alert_silence"),
        source=found[1],
        grade=HIGHEST_SILENCED,
        reason=reason,
        made_by=ctx.sender.userid,
        made_at=ctx.now,
        until=ctx.now + length,
    )
    ctx.uow.alerts.silence(silence)
    ctx.set_timer("alert_silence_ends", silence.id, silence.until)
    ctx.audit("alert:silence", silence.id, after={"source": silence.source, "reason": reason})
    until = short_time(silence.until, ctx.now)
    return texts.SILENCED.format(number=silence.number, source=silence.source, until=until)


@registry.command(
    "取消静默",
    takes=Takes.NUMBER,
    usage="取消静默 3",
    purpose="让静默的警报马上发出",
    shown_to=ALERT_KEEPERS,
)
def end_silence(ctx: Context, asked: Asked) -> str:
    _refuse_others(ctx)
    number = asked.numbers[0]
    for silence in ctx.uow.alerts.silences(ctx.sender.bureau, ctx.now):
        if silence.number == number:
            silence.until = ctx.now
            ctx.uow.timers.cancel(silence.id)
            ctx.audit("alert:end silence", silence.id)
            return texts.SILENCE_ENDED.format(number=number, count=_speak(ctx, silence.bureau))
    raise UserError(texts.NO_SILENCE.format(number=number))


@registry.timers_together("alert_silence_ends")
def speak_again(ctx: Context, dues: Sequence[Due]) -> None:
    """What waited for the end of silences is told now, if no other holds it back."""
    since: dict[UnitId, datetime] = {}
    for due in dues:
        silence = ctx.uow.alerts.silence_of(SilenceId(due.subject))
        if silence is not None:
            silence.until = min(silence.until, ctx.now)
            since.setdefault(silence.bureau, due.due_at)
    for bureau, moment in since.items():
        _speak(replace(ctx, owed_since=moment), bureau)


def _speak(ctx: Context, bureau: UnitId) -> int:
    free = [one for one in ctx.uow.alerts.silenced(bureau) if silence_of(ctx, one) is None]
    for alert in free:
        begin(ctx, alert)
    return len(free)


def silences_of(ctx: Context) -> list[str]:
    """Say which silences are in force in the sender's bureau, until when, by whom and why."""
    found = ctx.uow.alerts.silences(ctx.sender.bureau, ctx.now)
    names = ctx.uow.members.names([one.made_by for one in found])
    return [
        texts.SILENCE_LINE.format(
            number=one.number,
            source=one.source,
            until=short_time(one.until, ctx.now),
            who=names[one.made_by],
            reason=one.reason,
        )
        for one in found
    ]


def _refuse_others(ctx: Context) -> None:
    if not ALERT_KEEPERS & viewer(ctx).roles.keys():
        raise UserError(texts.SILENCE_NOT_YOURS)
