"""Which capability answers what: words, pictures, buttons, menu."""

import structlog

from bot import metrics
from bot.channel.events import CardEvent, Event
from bot.channel.messages import (
    FileMessage,
    ImageMessage,
    Inbound,
    LinkMessage,
    LocationMessage,
    Message,
    TextMessage,
    UnknownMessage,
    VideoMessage,
    VoiceMessage,
)
from bot.language.recogniser import FreeText, Misshapen, Understood
from bot.services import Services
from handlers.kit.asked import Press, Upload
from handlers.kit.context import Context
from handlers.kit.errors import TalkOverError, UserError
from storage.vocabulary import ConversationState

log = structlog.get_logger()

MISSHAPEN = "没看懂。用法：{usage}"
NOT_UNDERSTOOD = "没听懂。{hint}发送 帮助 看可以说什么。"
PERHAPS = "您是不是想{purpose}？用法：{usage}。"
TALK_EXPIRED = "上次没写完的稿件已暂存。接着写请发送 继续 编号（编号见 我的稿件），再发这一段。"
QUESTION_EXPIRED = "过了30分钟，稿件没有退回。要退回请发送 退回 编号 理由（编号见 待审）。"
UPLOAD_ALONE = "没有正在写的稿件，图片和文件没有放进稿件。先发送 投稿 标题，再发一次。"
NO_WORDS = "收到一条空消息。如果发的是文件，企业微信没有把它传过来，请发文字或图片。"
NOT_TEXT = {
    VoiceMessage: "还听不懂语音，请发文字。",
    VideoMessage: "还收不了视频，请发文字和图片。",
    LocationMessage: "收到位置，但用不上，请发文字。",
    LinkMessage: "收到链接，但没有正在写的稿件。先发送 投稿 标题。",
    UnknownMessage: "收不了这种消息，请发文字和图片。",
}

SAY = "say:"
"""A menu button whose key begins so stands for the words after it."""


def react(services: Services, ctx: Context, inbound: Inbound) -> str:
    """Return the answer to whatever a member sent; empty where silence is right.

    Raises:
        UserError: a capability refuses, or nothing was understood.
    """
    match inbound:
        case TextMessage() if not inbound.content.strip():
            return NO_WORDS  # seen in the wild where a file was sent: no piece and no reason
        case TextMessage():
            return _to_text(services, ctx, inbound.content)
        case ImageMessage():
            return _to_upload(services, ctx, Upload(media_id=inbound.media_id, filename=""))
        case FileMessage():
            upload = Upload(media_id=inbound.media_id, filename=inbound.filename)
            return _to_upload(services, ctx, upload)
        case LinkMessage() if _state(ctx) in services.registry.replies:
            return _to_text(services, ctx, f"{inbound.title}\n{inbound.url}")
        case Message():
            return NOT_TEXT[type(inbound)]
        case _:
            return _to_event(services, ctx, inbound)


def _to_event(services: Services, ctx: Context, inbound: Inbound) -> str:
    match inbound:
        case CardEvent():
            return _to_press(services, ctx, inbound)
        case Event(event="click") if inbound.event_key.startswith(SAY):
            return _to_text(services, ctx, inbound.event_key.removeprefix(SAY))
        case Event(event="subscribe"):
            return _to_text(services, ctx, "帮助")
        case _:
            return ""


def _to_text(services: Services, ctx: Context, text: str) -> str:
    state = _state(ctx)
    writing = state is ConversationState.COMPOSING
    match services.recogniser.understand(text, ctx.now, writing=writing):
        case Understood(command=command, asked=asked):
            log.info("understood", command=command.name)
            metrics.note(command=command.name)
            return command.run(ctx, asked)
        case Misshapen(command=command) if state not in services.registry.replies:
            raise UserError(MISSHAPEN.format(usage=command.usage))
        case FreeText(nearest=nearest) if state not in services.registry.replies:
            if _expired(ctx):
                raise _too_late(ctx)
            hint = PERHAPS.format(purpose=nearest.purpose, usage=nearest.usage) if nearest else ""
            raise UserError(NOT_UNDERSTOOD.format(hint=hint))
        case _:
            metrics.note(command=state)
            return services.registry.replies[state](ctx, text)


def _too_late(ctx: Context) -> UserError:
    """Say what became of the talk; of a draft each time, since more pieces of it may follow."""
    if ctx.talk is not None and ctx.talk.state is ConversationState.COMPOSING:
        return UserError(TALK_EXPIRED)
    return TalkOverError(QUESTION_EXPIRED)


def _to_upload(services: Services, ctx: Context, upload: Upload) -> str:
    receive = services.registry.uploads.get(_state(ctx))
    return receive(ctx, upload) if receive else UPLOAD_ALONE


def _to_press(services: Services, ctx: Context, event: CardEvent) -> str:
    button = event.event_key.partition(":")[0]
    press = services.registry.buttons.get(button)
    if press is None:
        log.warning("unknown_button", key=event.event_key[:80])
        return ""
    metrics.note(command=button)
    return press(ctx, Press(key=event.event_key, response_code=event.response_code))


def _state(ctx: Context) -> ConversationState:
    if ctx.talk is None or _expired(ctx):
        return ConversationState.IDLE
    return ctx.talk.state


def _expired(ctx: Context) -> bool:
    talk = ctx.talk
    return (
        talk is not None
        and talk.state is not ConversationState.IDLE
        and talk.expires_at is not None
        and talk.expires_at <= ctx.now
    )
