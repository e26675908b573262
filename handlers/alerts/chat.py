"""What is said about an alert, and pressed on its card."""

from collections.abc import Callable, Mapping

from handlers.alerts import answering, meanings, texts
from handlers.alerts.commands import registry
from handlers.alerts.finding import before_me, coded, locked, sees, the_one
from handlers.kit.asked import Asked, Press, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AlertClosingAsked
from handlers.kit.meaning import Situation
from handlers.rules.calendar import length
from storage.models import Alert
from storage.vocabulary import AlertId, Role


@registry.pressing_situation
def _what_is_before_him(ctx: Context, _roles: frozenset[Role]) -> Situation | None:
    """An alert that waits for somebody is what he talks about; of several he has to say which."""
    waiting = before_me(ctx)
    if not waiting:
        return None
    only = tuple(one.code for one in waiting) if len(waiting) == 1 else ()
    return Situation(kind="alert", numbers=only)


@registry.command(
    "收到",
    "签收",
    "正在处理",
    takes=Takes.NUMBER,
    usage="收到（收到 07）",
    purpose="接下警报，或表示还在处理",
    means=meanings.acknowledge,
)
def take_alert(ctx: Context, asked: Asked) -> str:
    return the_one(ctx, _codes(asked), "take_alert", answering.take)


@registry.command(
    "处理不了",
    "办不了",
    takes=Takes.NUMBER,
    usage="处理不了 07",
    purpose="把警报马上转给下一级",
    means=meanings.decline,
)
def decline_alert(ctx: Context, asked: Asked) -> str:
    return the_one(ctx, _codes(asked), "decline_alert", answering.decline)


@registry.command(
    "转警报",
    takes=Takes.NUMBER_AND_TEXT,
    usage="转警报 07 张三（转给张三）",
    purpose="把警报转给同事",
    means=meanings.hand_over,
    reads=lambda heard: str(meanings.whom(heard)),
)
def hand_over_alert(ctx: Context, asked: Asked) -> str:
    def hand(ctx: Context, alert: Alert) -> str:
        return answering.hand_over(ctx, alert, asked.text)

    return the_one(ctx, _codes(asked), "hand_over_alert", hand, text=asked.text)


@registry.command(
    "延长",
    takes=Takes.NUMBER_AND_TEXT,
    usage="延长 07 2小时（还要2小时）",
    purpose="手里的警报还要多久",
    means=meanings.extend,
)
def extend_alert(ctx: Context, asked: Asked) -> str:
    said = asked.slots.get("duration")
    wanted = length(said) if said else meanings.plain_length(asked.text)

    def extend(ctx: Context, alert: Alert) -> str:
        return answering.extend(ctx, alert, wanted)

    return the_one(ctx, _codes(asked), "extend_alert", extend, text=asked.text)


@registry.command(
    "解除",
    takes=Takes.NUMBER_AND_TEXT,
    usage="解除 07 办理情况",
    purpose="办结警报",
)
def settle_alert(ctx: Context, asked: Asked) -> str:
    return answering.settle(ctx, coded(ctx, asked.numbers[0]), asked.text)


@registry.command(
    "处理完了",
    "办完了",
    takes=Takes.WORDS,
    usage="处理完了 办理情况",
    purpose="办结手里的警报",
)
def settle_the_one(ctx: Context, asked: Asked) -> str:
    why = asked.text.strip(" ，,。") or texts.WHY_SAID

    def settle(ctx: Context, alert: Alert) -> str:
        return answering.settle(ctx, alert, why)

    return the_one(ctx, _codes(asked), "settle_the_one", settle, text=asked.text)


@registry.on(AlertClosingAsked)
def close_what_is_before_him(ctx: Context, event: AlertClosingAsked) -> str | None:
    """What is said of an end while an alert is before the sender means the alert."""
    if not before_me(ctx):
        return None
    return settle_the_one(ctx, Asked(numbers=event.numbers, text=event.words))


def _codes(asked: Asked) -> tuple[int, ...]:
    said = asked.slots.get("opinion_id")
    return asked.numbers or ((int(said),) if said else ())


@registry.button("alert")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press on the card of an alert."""
    _, what, alert_id = pressed.key.split(":")
    found = ctx.uow.alerts.get(AlertId(alert_id))
    if found is None or not sees(ctx, found):
        raise UserError(texts.NOTHING)
    alert = locked(ctx, found.id)
    return _PRESSED[what](ctx, alert, pressed.response_code)


def _done(ctx: Context, alert: Alert, code: str) -> str:
    return answering.settle(ctx, alert, texts.WHY_SAID, code)


_PRESSED: Mapping[str, Callable[[Context, Alert, str], str]] = {
    "take": answering.take,
    "cannot": answering.decline,
    "done": _done,
}
