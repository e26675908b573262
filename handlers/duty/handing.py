"""值班记录, 交班, 接班: the duty log, what is open in it, and its handing over."""

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.duty import texts
from handlers.duty.days import hour_text, keeps_duty, office_of
from handlers.duty.registry import registry
from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Text
from handlers.rules.calendar import local, short_time
from storage.models import DutyLog, DutyShift
from storage.queries.duty import Placed
from storage.vocabulary import DutyPosition, LogKind, Role

_ON_DUTY = frozenset({Role.DUTY, Role.LEAD_DUTY, Role.OFFICE})
_AROUND = timedelta(hours=1)
_EARLY = timedelta(hours=2)
_PATIENCE = timedelta(minutes=30)
_SHOWN = 20
_DAY = timedelta(days=1)
_OPEN_MARK = re.compile(r"[（(\[【]?\s*(?:未办结?|待办|没办完|未处理|未了结|遗留)\s*[)）\]】]?\s*$")
_OPEN_PART = re.compile(
    r"(?:未办结?|待办|未处理|遗留)(?:事项)?\s*[:：]\s*(?P<items>.+)$", re.DOTALL
)
_NOTHING_OPEN = re.compile(r"^\s*(?:无|没有|没)(?:遗留|未办)?(?:事项)?[。.]?\s*$")
_BETWEEN_ITEMS = re.compile(r"\s*[;；\n]\s*(?:\d+[.、]\s*)?")


@registry.command(
    "值班记录",
    "值班日志",
    takes=Takes.WORDS,
    usage="值班记录 14:20 王先生反映停水 已转供水科 未办（只发 值班记录 看最近一天）",
    purpose="记一条值班记录，或看最近的",
    shown_to=_ON_DUTY,
)
def log_on_duty(ctx: Context, asked: Asked) -> str:
    """Write a line into the duty log; one that ends with 未办 stays open. Alone, show it."""
    if not _reads_log(ctx):
        raise UserError(texts.LOG_WHO)
    text = asked.text.strip(" :：,，\n")
    if not text:
        said = "\n".join(log_lines(ctx))
        return texts.LOG.format(lines=said) if said else texts.LOG_EMPTY
    is_open = _OPEN_MARK.search(text) is not None
    line = _write(ctx, LogKind.ENTRY, _OPEN_MARK.sub("", text).strip(" ,，。") or text, is_open)
    return texts.LOGGED.format(
        number=line.number,
        open=texts.LOGGED_OPEN if is_open else "",
        next=texts.LOGGED_NEXT.format(number=line.number) if is_open else "",
    )


@registry.command(
    "值班办结",
    takes=Takes.NUMBER_AND_TEXT,
    usage="值班办结 3 已恢复供水",
    purpose="记下未办的事办好了",
    shown_to=_ON_DUTY,
)
def close_on_duty(ctx: Context, asked: Asked) -> str:
    if not (_shift_now(ctx) or keeps_duty(ctx)):
        raise UserError(texts.LOG_WHO)
    line = ctx.uow.duty.log_numbered(ctx.sender.bureau, asked.numbers[0])
    if line is None:
        raise UserError(texts.LOG_NONE.format(number=asked.numbers[0]))
    if not line.open:
        raise UserError(texts.LOG_CLOSED_BEFORE.format(number=line.number))
    line.open, line.closed_by, line.closed_at = False, ctx.sender.userid, ctx.now
    subject = f"duty_log:{line.id}"
    ctx.audit("duty_log:close", subject, before={"text": line.text}, after={"said": asked.text})
    if asked.text:
        line.text = f"{line.text}（{asked.text}）"
    return texts.LOG_CLOSED.format(number=line.number)


def _reads_log(ctx: Context) -> bool:
    return _shift_now(ctx) is not None or keeps_duty(ctx)


def log_on_page(ctx: Context) -> Sequence[str] | None:
    """Return the lines of the duty log that a page shows; None for who may not read it."""
    return log_lines(ctx) if _reads_log(ctx) else None


def log_lines(ctx: Context) -> Sequence[str]:
    """Return what is open, and what was written in the last day."""
    lines = ctx.uow.duty.log_since(ctx.sender.bureau, ctx.now - _DAY, _SHOWN)
    seen = {line.id for line in lines}
    older = [line for line in ctx.uow.duty.log_open(ctx.sender.bureau) if line.id not in seen]
    names = ctx.uow.members.names({line.written_by for line in (*older, *lines)})
    return [
        texts.LOG_LINE.format(
            number=line.number,
            when=short_time(line.at, ctx.now),
            who=names[line.written_by],
            text=line.text,
            open=texts.LOG_OPEN_MARK if line.open else "",
        )
        for line in (*older, *lines)
    ]


def _write(ctx: Context, kind: LogKind, text: str, is_open: bool) -> DutyLog:  # noqa: FBT001 - the state of the line
    year = local(ctx.now).year
    line = DutyLog(
        bureau=ctx.sender.bureau,
        year=year,
        number=ctx.uow.ledger.next_number(ctx.sender.bureau, year, "duty_log"),
        kind=kind,
        at=ctx.now,
        written_by=ctx.sender.userid,
        text=text,
        open=is_open,
    )
    ctx.uow.duty.add(line)
    return line


def _shift_now(ctx: Context) -> DutyShift | None:
    """Return the sender's shift, from an hour before it to an hour after."""
    shifts = ctx.uow.duty.of_member(ctx.sender.userid, ctx.now - _AROUND, ctx.now + _AROUND)
    here = [one for one in shifts if one.bureau == ctx.sender.bureau]
    return min(here, key=lambda one: one.position is not DutyPosition.DUTY, default=None)


@registry.command(
    "交班",
    "交接班",
    takes=Takes.WORDS,
    usage="交班 未办：城西停电未恢复；泵房漏水（没有未办：交班 无遗留）",
    purpose="下班前把未办的事交给下一班",
    shown_to=_ON_DUTY,
)
def hand_over_duty(ctx: Context, asked: Asked) -> str:
    return hand_over(ctx, asked.text.strip(" :：,，\n"))


def hand_over(ctx: Context, text: str) -> str:
    """Write the handing over and what is open into the log, and let the next shift know.

    Raises:
        UserError: the sender is not on.
    """
    mine = _shift_now(ctx)
    if mine is None or mine.begins_at > ctx.now:
        raise UserError(texts.HANDOVER_WHO)
    for item in open_items(text):
        _write(ctx, LogKind.ENTRY, item, is_open=True)
    ctx.uow.duty.hand_on(ctx.sender.bureau)
    line = _write(ctx, LogKind.HANDOVER, text or texts.TAKEN_NOTHING, is_open=False)
    waiting = ctx.uow.duty.log_open(ctx.sender.bureau)
    items = texts.HANDED_ITEMS.format(count=len(waiting)) if waiting else texts.HANDED_NONE
    following = [
        one
        for one in ctx.uow.duty.following(ctx.sender.bureau, mine.ends_at)
        if one.shift.position is DutyPosition.DUTY
    ]
    if not following:
        _tell_office(ctx, line)
        return texts.HANDED_NOBODY.format(items=items)
    _tell_next(ctx, line, following, waiting)
    begins = following[0].shift.begins_at
    due = max(begins, ctx.now) + _PATIENCE
    ctx.set_timer("duty_takeover", f"duty_log:{line.id}", due, line=line.number)
    who = "、".join(one.name for one in following)
    return texts.HANDED.format(items=items, who=who, when=hour_text(begins))


def open_items(text: str) -> Sequence[str]:
    """Return what is named as not done: 未办：停电未恢复；泵房漏水."""
    found = _OPEN_PART.search(text)
    if found is None or _NOTHING_OPEN.match(found["items"]):
        return []
    items = (item.strip(" ,，。") for item in _BETWEEN_ITEMS.split(found["items"]))
    return [re.sub(r"^\d+[.、]\s*", "", item) for item in items if item]


def _tell_next(
    ctx: Context, line: DutyLog, following: Sequence[Placed], waiting: Sequence[DutyLog]
) -> None:
    said = texts.HANDOVER_TOLD.format(
        who=ctx.sender.name, text=line.text, open=_open_lines(waiting)
    )
    here = ctx.uow.members.people([one.shift.member for one in following])
    told = sorted(here.keys() - {ctx.sender.userid})
    ctx.tell("duty_handover", told, Text(text=said), subject=f"duty_log:{line.id}")


def _tell_office(ctx: Context, line: DutyLog) -> None:
    said = texts.HANDOVER_OFFICE.format(who=ctx.sender.name, text=line.text)
    office = office_of(ctx, ctx.sender.bureau)
    ctx.tell("duty_handover", office, Text(text=said), subject=f"duty_log:{line.id}")


def _open_lines(waiting: Sequence[DutyLog]) -> str:
    if not waiting:
        return ""
    lines = "\n".join(f"{line.number}号：{line.text}" for line in waiting)
    return texts.OPEN_ITEMS.format(count=len(waiting), lines=lines)


@registry.command(
    "接班",
    takes=Takes.NOTHING,
    usage="接班",
    purpose="接下上一班和未办的事",
    shown_to=_ON_DUTY,
)
def take_over_duty(ctx: Context, _asked: Asked) -> str:
    """Take what the shift before left open."""
    coming = ctx.uow.duty.of_member(ctx.sender.userid, ctx.now, ctx.now + _EARLY)
    if not any(one.bureau == ctx.sender.bureau for one in coming):
        raise UserError(texts.TAKE_WHO)
    taken = ctx.uow.duty.take_over(ctx.sender.bureau, ctx.sender.userid, ctx.now)
    handed = ctx.uow.duty.last_handover(ctx.sender.bureau, ctx.now - _DAY)
    if handed is not None and not handed.taken_by:
        handed.taken_by, handed.taken_at = ctx.sender.userid, ctx.now
        ctx.uow.timers.cancel(f"duty_log:{handed.id}")
        said = Text(text=texts.TAKEN_TOLD.format(who=ctx.sender.name))
        ctx.tell(
            "duty_handover",
            ctx.uow.members.people([handed.written_by]).keys() - {ctx.sender.userid},
            said,
            subject=f"duty_log:{handed.id}",
            stage="taken",
        )
    if not taken:
        return texts.TAKEN.format(open=texts.TAKEN_NOTHING)
    mine = [
        line
        for line in ctx.uow.duty.log_open(ctx.sender.bureau)
        if line.taken_by == ctx.sender.userid
    ]
    lines = "\n".join(f"{line.number}号：{line.text}" for line in mine)
    return texts.TAKEN.format(open=texts.TAKEN_ITEMS.format(count=len(mine), lines=lines))


@registry.timer("duty_takeover")
def ask_to_take_over(ctx: Context, due: Due) -> None:
    """Nobody took over: ask those who are on once more, and tell who leads them."""
    line = ctx.uow.duty.log_line(int(due.subject.removeprefix("duty_log:")))
    if line is None or line.taken_by:
        return
    on = ctx.uow.duty.on_duty(line.bureau, ctx.now)
    duties = [one for one in on if one.position is DutyPosition.DUTY]
    who = ctx.uow.members.names([line.written_by])[line.written_by]
    count = len(ctx.uow.duty.log_open(line.bureau))
    said = Text(text=texts.NOT_TAKEN.format(who=who, count=count))
    ctx.tell(
        "duty_handover",
        [one.member for one in duties if one.member != line.written_by],
        said,
        subject=due.subject,
        stage="again",
    )
    names = "、".join(one.name for one in duties) or texts.POSITIONS[DutyPosition.DUTY]
    said = Text(text=texts.NOT_TAKEN_LEAD.format(names=names, who=who, count=count))
    leads = [one.member for one in on if one.position is DutyPosition.LEAD]
    ctx.tell("duty_handover", leads, said, subject=due.subject, stage="lead")
