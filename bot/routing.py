"""Which capability answers what: words, pictures, buttons, menu."""

import re
from datetime import datetime

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
from bot.forms import PageForm
from bot.intake import RefusedFileError, expected_name
from bot.language.heard import Heard
from bot.language.recogniser import Exact, FreeText, Misshapen
from bot.language.understanding import Understood
from bot.listening import asked_of, choice_of, filled_in, labelled, listen, rest_of
from bot.services import Services
from handlers.kit.asked import Asked, Form, Press, Upload
from handlers.kit.context import Context, Option
from handlers.kit.errors import TalkOverError, UserError
from handlers.kit.finding import role_names
from handlers.kit.refusals import refuse
from handlers.kit.registry import Command
from storage.vocabulary import AttachmentKind, ConversationState

log = structlog.get_logger()

MISSHAPEN = "没看懂。用法：{usage}"
NOT_UNDERSTOOD = "没听懂。{hint}发送 帮助 看可以说什么。"
CONFIRM = "{word}{numbers}，对吗？请回复 是 或 不是。"
CONFIRM_REASON = "{word}{numbers}，理由：{text}。对吗？请回复 是 或 不是。"
NOT_YOUR_ROLE = "您不能{purpose}，{who}可以。"
PERHAPS = "您是不是想{purpose}？用法：{usage}。"
ON_A_YES = "是的话回复 是。"
WRITE_IT = "要{purpose}，请写清楚再发。用法：{usage}。"
NOT_IN_DRAFT = "\n（稿件还在写，“{text}”没有写进去。要写进去，请发送 正文：{text}）"
TALK_EXPIRED = "上次没写完的稿件已暂存。接着写请发送 继续 编号（编号见 我的稿件），再发这一段。"
QUESTION_EXPIRED = "过了30分钟，稿件没有退回。要退回请发送 退回 编号 理由（编号见 待审）。"
CHOICE_EXPIRED = "过了30分钟，上次问您的事没有办。要办请重新发送一次。"
UPLOAD_ALONE = "没有正在写的稿件，图片和文件没有放进稿件。先发送 投稿 标题，再发一次。"
NO_PICTURE_NOW = "这里不用图片。先回答上面的问题，或发送 取消。"
FILE_REFUSED = "这个文件{reason}"
NO_WORDS = "收到一条空消息。如果发的是文件，企业微信没有把它传过来，请发文字或图片，或在网页上传。"
NOT_TEXT = {
    VoiceMessage: "还听不懂语音，请发文字。",
    VideoMessage: "还收不了视频，请发文字和图片。",
    LocationMessage: "收到位置，但用不上，请发文字。",
    UnknownMessage: "收不了这种消息，请发文字和图片。",
}

WHAT_IS_LINK = "收到链接《{title}》，要怎么办？请回复序号。"
LINK_LATER = "链接没有收。请先回复上面的问题，再发一次。"

_KEPT = re.compile(r"\s*正文\s*[:：]\s*")
"""Before a command's word that is to be written into a draft as it is."""

_BESIDE = {
    ConversationState.COMPOSING: frozenset({"finish_draft", "cancel", "revise_draft"}),
    ConversationState.ASKING_REASON: frozenset({"cancel"}),
}
"""What is heard as a command while the talk waits for free text."""
_AGREED = re.compile(r"\s*(?:是的?|对的?|嗯+|恩+|没错|就是)[\s,，.。!！~吧啊呀呢]*")
"""A yes to 您是不是想: no word that might be an approval of something else (可以, 同意, 行, 好)."""
_QUESTIONS = frozenset({ConversationState.CHOOSING, ConversationState.ASKING})
_URGENT = {"report_opinion": 7, "report_incident": 7, "ack_alert": 6}
"""What is heard, so clearly, though a talk ran out: an alert that is taken climbs no further."""
_LINE = 80  # characters: what is longer is a piece of the draft
_CLEAR = 6
"""How strongly a meaning must be heard before it is acted on."""

_GUESSED = 3  # characters; what is shorter is like too much

SAY = "say:"
"""A menu button whose key begins so stands for the words after it."""


def react(services: Services, ctx: Context, inbound: Inbound, meant: Option | None = None) -> str:
    """Return the answer to whatever a member sent; empty where silence is right.

    *meant* is what the message before was guessed to mean.

    Raises:
        UserError: a capability refuses, or nothing was understood.
    """
    match inbound:
        case TextMessage() if not inbound.content.strip():
            # Seen in the wild where a file was sent: no piece and no reason.
            return ctx.with_link(NO_WORDS, "compose")
        case TextMessage():
            return _to_text(services, ctx, inbound.content, meant)
        case ImageMessage():
            return _to_upload(services, ctx, Upload(media_id=inbound.media_id, filename=""))
        case FileMessage():
            return _to_upload(services, ctx, _file(ctx, inbound))
        case PageForm():
            metrics.note(command=inbound.form)
            return services.registry.forms[inbound.form](ctx, Form(fields=inbound.fields))
        case LinkMessage():
            return _to_link(services, ctx, inbound)
        case Message():
            return NOT_TEXT[type(inbound)]
        case _:
            return _to_event(services, ctx, inbound)


def _to_link(services: Services, ctx: Context, link: LinkMessage) -> str:
    """Put a link into what is being written, or ask what is to be done with it.

    Raises:
        UserError: another question waits for its answer.
    """
    state = _state(ctx)
    if state in services.registry.replies:
        return _to_text(services, ctx, f"{link.title}\n{link.url}")
    if state in _QUESTIONS:
        raise UserError(LINK_LATER)
    title = link.title or link.description or link.url
    text = "\n".join(dict.fromkeys(filter(None, (title, link.description, link.url))))
    options = [
        Option(label=one.for_links, command=one.name, title=title, text=text)
        for one in services.registry.commands.values()
        if one.for_links
    ]
    return ctx.offer(WHAT_IS_LINK.format(title=title), *options)


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


def _to_text(services: Services, ctx: Context, text: str, meant: Option | None = None) -> str:
    if meant and _AGREED.fullmatch(text):
        return _take(services, ctx, meant)
    if rest := rest_of(ctx, text):
        return _take(services, ctx, rest)
    state = _state(ctx)
    if state is ConversationState.CHOOSING and (option := labelled(ctx, text)):
        return _take(services, ctx, option)
    writing = state is ConversationState.COMPOSING
    exact = services.recogniser.understand(text, ctx.now, writing=writing)
    if writing and (kept := _KEPT.match(text)):
        literal = text[kept.end() :]
        if isinstance(services.recogniser.understand(literal, ctx.now, writing=True), Exact):
            metrics.note(command=state)
            return services.registry.replies[state](ctx, literal)
    if isinstance(exact, Exact):
        beside = writing and not exact.command.changes
        note = NOT_IN_DRAFT.format(text=text.strip()) if beside else ""
        return _run_instead(ctx, exact, state) + note
    if _expired(ctx) and not _cannot_wait(services, ctx, text):
        raise _too_late(ctx)
    return _to_free_words(services, ctx, text, state, exact)


def _cannot_wait(services: Services, ctx: Context, text: str) -> bool:
    """Tell whether a line says what must not be lost behind a talk that was left unfinished."""
    if "\n" in text.strip() or len(text) > _LINE:
        return False
    understood, _ = listen(services, ctx, text, ConversationState.IDLE)
    least = _URGENT.get(understood.intent)
    return least is not None and understood.strength >= least


def _to_free_words(
    services: Services,
    ctx: Context,
    text: str,
    state: ConversationState,
    exact: Misshapen | FreeText,
) -> str:
    """Answer what has no command's exact form: a choice, a piece of a draft, free words."""
    understood, heard = listen(services, ctx, text, state)
    if state is ConversationState.CHOOSING and (option := choice_of(ctx, heard, understood)):
        return _take(services, ctx, option)
    command = services.commands_by_intent.get(understood.intent)
    if state in services.registry.replies and not (
        command and command.name in _BESIDE[state] and understood.strength >= _CLEAR
    ):
        metrics.note(command=state)
        return services.registry.replies[state](ctx, text)
    if understood.strength < _CLEAR:
        refuse(text)
    if command is not None:
        asked = asked_of(command, understood, heard)
        if understood.answers and (whole := filled_in(ctx, command, asked)):
            ctx.turn(ConversationState.IDLE)
            return _run(ctx, command, whole)
        if command.changes and understood.strength < _CLEAR:
            return _guess(ctx, command if len(heard.plain) >= _GUESSED else None, asked)
        if (
            understood.meaning
            and understood.meaning.guarded
            and understood.strength < understood.meaning.sure
        ):
            return _confirm(ctx, command, asked)
        answer = _run(ctx, command, asked)
        return answer + _run_second(services, ctx, understood, heard)
    return _without_command(services, ctx, understood, heard, exact)


def _without_command(
    services: Services,
    ctx: Context,
    understood: Understood,
    heard: Heard,
    exact: Misshapen | FreeText,
) -> str:
    """Ask, refuse, or say what could have been meant."""
    meaning = understood.meaning
    slots = understood.slots
    command = services.commands_by_intent.get(meaning.name) if meaning else None
    if meaning and command and slots.get("guard") == "no_permission":
        refuse(heard.raw)
        raise UserError(NOT_YOUR_ROLE.format(purpose=command.purpose, who=role_names(meaning.only)))
    if command is not None and command.which is not None:
        metrics.note(command="which")
        return command.which(ctx, command.reads(heard))
    heard_well = understood.strength >= _CLEAR or understood.intent == "smalltalk"
    for answered in services.registry.answered if heard_well else ():
        if answered.meaning is meaning or (
            understood.intent != "unknown" and answered.meaning.name == understood.intent
        ):
            metrics.note(command=understood.intent)
            return answered.answer(ctx, Asked(text=heard.raw, slots=slots))
    if isinstance(exact, Misshapen):
        raise UserError(MISSHAPEN.format(usage=exact.command.usage))
    return _guess(ctx, exact.nearest, exact.asked)


def _guess(ctx: Context, command: Command | None, asked: Asked | None) -> str:
    """Say what could have been meant; a yes does it if that decides nothing, or says how to.

    Raises:
        UserError: nothing could, or another question waits for its answer.
    """
    if command is None:
        raise UserError(NOT_UNDERSTOOD.format(hint=""))
    hint = PERHAPS.format(purpose=command.purpose, usage=command.usage)
    if _state(ctx) is not ConversationState.IDLE:
        raise UserError(NOT_UNDERSTOOD.format(hint=hint))
    if asked is not None and (command.lightly or not command.changes):
        does, hint = Option.of(command.name, asked), hint + ON_A_YES
    else:
        how = WRITE_IT.format(purpose=command.purpose, usage=command.usage)
        does = Option(label="", command="", text=how)
    ctx.guess(does)
    metrics.note(result=metrics.Result.REFUSED)
    return NOT_UNDERSTOOD.format(hint=hint)


def _confirm(ctx: Context, command: Command, asked: Asked) -> str:
    """Ask before a decision that was said in a roundabout way: 标题太长 on a card."""
    numbers = "、".join(f"{number}号" for number in asked.numbers)
    word = command.words[0]
    question = CONFIRM_REASON if asked.text else CONFIRM
    return ctx.offer(
        question.format(word=word, numbers=numbers, text=asked.text),
        Option.of(command.name, asked),
        confirming=command.name,
    )


def _run_instead(ctx: Context, exact: Exact, state: ConversationState) -> str:
    """Run a command; a question that it neither answers nor asks anew is over with it."""
    before = ctx.talk.memory if ctx.talk is not None else None
    answer = _run(ctx, exact.command, exact.asked)
    talk = ctx.talk
    if talk is not None and state in _QUESTIONS and talk.state is state and talk.memory is before:
        ctx.turn(ConversationState.IDLE)
        talk.memory = {}
    return answer


def _run(ctx: Context, command: Command, asked: Asked) -> str:
    log.info("understood", command=command.name)
    metrics.note(command=command.name)
    return command.run(ctx, asked)


def _run_second(services: Services, ctx: Context, understood: Understood, heard: Heard) -> str:
    """Do the other thing that the same line says; a refusal of it does not undo the first."""
    second = understood.second
    command = services.commands_by_intent.get(second.intent) if second else None
    if second is None or command is None:
        return ""
    try:
        with ctx.uow.attempt():
            return "\n" + command.run(ctx, asked_of(command, second, heard))
    except UserError as refusal:
        return f"\n{refusal}"


def _take(services: Services, ctx: Context, option: Option) -> str:
    """Do what was chosen."""
    ctx.turn(ConversationState.IDLE)
    command = services.registry.commands.get(option.command)
    if command is None:
        return option.text
    at = datetime.fromisoformat(option.at) if option.at else None
    asked = Asked(
        numbers=option.numbers, title=option.title, text=option.text, at=at, slots=option.slots
    )
    return _run(ctx, command, asked)


def _too_late(ctx: Context) -> UserError:
    """Say what became of the talk; of a draft each time, since more pieces of it may follow."""
    state = ctx.talk.state if ctx.talk is not None else ConversationState.IDLE
    if state is ConversationState.COMPOSING:
        return UserError(TALK_EXPIRED)
    asked = state is ConversationState.ASKING_REASON
    return TalkOverError(QUESTION_EXPIRED if asked else CHOICE_EXPIRED)


def _file(ctx: Context, message: FileMessage) -> Upload:
    """Return the file that was sent, if its name is that of one which may be taken.

    Raises:
        UserError: it is not; nothing is fetched.
    """
    try:
        asked = _state(ctx) is ConversationState.ASKING
        name = expected_name(message.filename, evidence=asked)
    except RefusedFileError as refused:
        raise UserError(FILE_REFUSED.format(reason=refused.reason.value)) from None
    return Upload(media_id=message.media_id, filename=name, kind=AttachmentKind.FILE)


def _to_upload(services: Services, ctx: Context, upload: Upload) -> str:
    state = _state(ctx)
    taken = (receive(ctx, upload) for receive in services.registry.uploads.get(state, ()))
    unwanted = NO_PICTURE_NOW if state is ConversationState.ASKING else UPLOAD_ALONE
    return next(filter(None, taken), unwanted)


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
