"""提醒我: a reminder that a member sets for himself; and the yearly one about the calendar."""

from datetime import timedelta

from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import PuttingOffAsked
from handlers.kit.messages import MessageKind, Text
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open
from handlers.reminders import meanings
from handlers.reminders.meanings import read_text
from handlers.rules.calendar import local, short_time
from storage.vocabulary import Role, Urgency, UserId

SET = "好的，{when}提醒您：{what}"
REMINDER = "提醒：{what}"
PAST = "{when}已经过去了，请换个时间，例如：提醒我 明天9点 {what}"
TOO_FAR = "只能提醒一年以内的事，{when}太远了。"
NO_MATTER = "要提醒什么事？例如：提醒我 明天9点 交稿"
CALENDAR_MISSING = (
    "还没有{year}年的放假安排，导入以前{year}年只按周一至周五算工作日。"
    "请把国务院办公厅的通知存成文本，在服务器上运行：xinshi calendar import 文件"
)

ASK_TIME = "什么时候提醒您{what}？请直接回复时间，例如：明天9点。不用了发送 取消。"
NOT_AGAIN_AND_AGAIN = "重复的提醒还不能设。请先设一次，例如：提醒我 25号9点 报信息"

_FARTHEST = timedelta(days=366)

registry = Registry(theme="提醒")
registry.message(MessageKind(name="personal_reminder", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="calendar_missing", urgency=Urgency.ROUTINE))


@registry.command(
    "提醒我",
    takes=Takes.MOMENT_AND_TEXT,
    usage="提醒我 明天9点 交稿",
    purpose="到时提醒自己",
    means=meanings.remind,
    reads=lambda heard: str(read_text(heard)),
)
def set_reminder(ctx: Context, asked: Asked) -> str:
    if put_off := _put_off(ctx, asked):
        return put_off
    if "recur" in asked.slots:
        raise UserError(NOT_AGAIN_AND_AGAIN)
    if asked.at is None and asked.text:
        return ctx.ask(ASK_TIME.format(what=asked.text), "time", "set_reminder", asked)
    if asked.at is None:
        raise UserError(NO_MATTER)
    if not asked.text:
        return ctx.ask(NO_MATTER, "text", "set_reminder", asked)
    when = short_time(asked.at, ctx.now)
    if asked.at <= ctx.now:
        raise UserError(PAST.format(when=when, what=asked.text))
    if asked.at > ctx.now + _FARTHEST:
        raise UserError(TOO_FAR.format(when=when))
    ctx.set_timer(
        "personal_reminder",
        ctx.new_id(),
        asked.at,
        member=ctx.sender.userid,
        text=asked.text,
    )
    return SET.format(when=when, what=asked.text)


def _put_off(ctx: Context, asked: Asked) -> str:
    """Let a draft that waits for the sender come back later: 12号先放一放，周三再说."""
    if not asked.numbers or asked.text:
        return ""
    return "".join(ctx.emit(PuttingOffAsked(numbers=asked.numbers, until=asked.at)))


registry.meaning(meanings.deadlines)(not_open("查到期的事"))
registry.meaning(meanings.mute)(not_open("暂停消息"))


@registry.timer("personal_reminder")
def remind(ctx: Context, due: Due) -> None:
    said = Text(text=REMINDER.format(what=due.payload["text"]))
    ctx.tell("personal_reminder", [UserId(due.payload["member"])], said, subject=due.subject)


@registry.every("0 9 1,15,28 12 *")
def warn_of_missing_calendar(ctx: Context) -> None:
    """In December: next year's working days are not in the calendar yet (domain-rules R17)."""
    _warn(ctx, local(ctx.now).year + 1)


@registry.every("0 9 1 * *")
def warn_of_year_without_calendar(ctx: Context) -> None:
    """Once a month: this very year is counted from Monday to Friday."""
    _warn(ctx, local(ctx.now).year)


def _warn(ctx: Context, year: int) -> None:
    if ctx.calendar().knows(year):
        return
    said = Text(text=CALENDAR_MISSING.format(year=year))
    ctx.tell(
        "calendar_missing",
        ctx.uow.members.anywhere(Role.ADMIN),
        said,
        subject=f"calendar:{year}",
        stage=f"{local(ctx.now):%Y-%m-%d}",
    )
