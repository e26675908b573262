"""One inbound message -> one answer, in one transaction."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import structlog

from bot import metrics
from bot.channel.messages import Inbound, Message
from bot.channel.texts import split_text
from bot.ids import new_incident_no
from bot.keeping import kept, restored, secrecy_mark_in
from bot.metrics import Result
from bot.routing import react
from bot.services import Services
from handlers.kit.context import Context
from handlers.kit.errors import TalkOverError, UserError
from handlers.kit.events import MemberAnswered
from handlers.kit.messages import MessageKind, Text
from handlers.kit.registry import Registry
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ConversationState, InboundId, InboundStatus, Role, Urgency

log = structlog.get_logger()

UNKNOWN_MEMBER = (
    "您还没有登记，暂时不能使用。请把企业微信账号 {userid} 告诉本单位管理员，由他登记。"
)
SECRECY_STOP = (
    "这条消息含有“{mark}”字样，已拦截，内容没有保存。"
    "涉密和内部资料不得通过本系统报送，请改走保密渠道，并删除聊天中的原文。"
)
INCIDENT = "系统开小差了（编号{incident}），正在自动重试，好了会告诉您，不用重发。"
RETRIED = "刚才没处理好的（编号{incident}）已经补上：\n{answer}"
GIVEN_UP = "您之前的消息（编号{incident}）没能处理，管理员已知道，请稍后再发一次。"
ADMIN_TOLD = "{what}（{attempts}次），已停止重试。编号{incident}，详情见日志。"
_BACKOFF = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=5))

registry = Registry()
registry.message(MessageKind(name="answer", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="incident", urgency=Urgency.ALERT, distinct=True))


def handle(services: Services, inbound: Inbound) -> str:
    """Answer one message; a repeated one gets the answer that it got before.

    What happened, what will be said and the answer itself commit together. An unexpected error
    undoes all of it; then the message is kept as failed, its sender gets an incident number, and
    it is tried again later.
    """
    bound = structlog.contextvars.bound_contextvars(inbound=inbound.key, sender=inbound.sender)
    with metrics.answering(), bound:
        try:
            with services.database.begin() as uow:
                row, is_new = uow.inbox.receive(_values(services, inbound))
                if is_new:
                    row.answer = _pass_on(services, uow, inbound, row.id)
                else:
                    metrics.note(result=Result.REPEATED)
        except Exception:
            incident = new_incident_no()
            log.exception("inbound_failed", incident=incident)
            metrics.note(result=Result.FAILED)
            return _keep_failed(services, inbound, incident)
        log.info("inbound_handled", kind=row.kind, repeated=not is_new)
    return row.answer


def retry(services: Services, uow: UnitOfWork, inbound_id: InboundId) -> None:
    """Handle a failed message again, and push its answer to the sender.

    One that bore a mark of secrecy was not kept: there is nothing to handle, but it is audited.

    Raises:
        Exception: whatever went wrong this time; the scheduler comes back, up to a limit.
    """
    row = uow.inbox.lock(inbound_id)
    if row is None or row.status is not InboundStatus.FAILED:
        return
    if mark := row.payload.get("withheld"):
        ctx, answer = services.context(uow, inbound=row.id), SECRECY_STOP.format(mark=mark)
        ctx.audit("secrecy:stop", row.id, after={"mark": mark})
    else:
        ctx, answer = _answered(services, uow, restored(row.kind, row.payload), row.id)
    row.status = InboundStatus.HANDLED
    if answer:
        said = RETRIED.format(incident=row.incident, answer=answer)
        ctx.tell("answer", [row.sender], Text(text=said), subject=row.id, stage="retried")


def give_up(services: Services, inbound_id: InboundId, attempts: int) -> None:
    """Stop trying: the sender and the administrators are told."""
    with services.database.begin() as uow:
        row = uow.inbox.lock(inbound_id)
        if row is None or row.status is not InboundStatus.FAILED:
            return
        row.status = InboundStatus.GIVEN_UP
        ctx = services.context(uow, inbound=row.id)
        said = GIVEN_UP.format(incident=row.incident)
        ctx.tell("answer", [row.sender], Text(text=said), subject=row.id, stage="given up")
        names = uow.members.names([row.sender])
        who = names.get(row.sender, row.sender)
        tell_admins(services, uow, f"{who}的一条消息处理失败", attempts, row.incident)


def tell_admins(
    services: Services, uow: UnitOfWork, what: str, attempts: int, incident: str
) -> None:
    """Tell the administrators that something was tried for the last time."""
    told = Text(text=ADMIN_TOLD.format(what=what, attempts=attempts, incident=incident))
    admins = uow.members.anywhere(Role.ADMIN)
    services.context(uow).tell("incident", admins, told, subject=incident)


def _values(services: Services, inbound: Inbound) -> Mapping[str, Any]:
    """Return the message as a row; a text with a mark of secrecy is not kept (rule 4)."""
    withheld = secrecy_mark_in(inbound)
    return {
        "id": services.new_id(),
        "key": inbound.key,
        "sender": inbound.sender,
        "kind": type(inbound).__name__,
        "payload": {"withheld": withheld} if withheld else kept(inbound),
        "received_at": services.now(),
        "answer": "",
        "incident": "",
        "attempts": 0,
    }


def _pass_on(services: Services, uow: UnitOfWork, inbound: Inbound, row: InboundId) -> str:
    """Return what goes back passively; promise the rest, or all where no reply is taken."""
    ctx, answer = _answered(services, uow, inbound, row)
    if not answer:
        return ""
    if not inbound.accepts_reply:
        ctx.tell("answer", [inbound.sender], Text(text=answer), subject=row)
        return ""
    if ctx.me is not None:
        in_front = ctx.emit(MemberAnswered(member=ctx.me.userid))
        answer = "\n\n".join([*in_front, answer])
    first, *rest = split_text(answer)
    if rest:
        more = answer[len(first) :].lstrip("\n")
        ctx.tell("answer", [inbound.sender], Text(text=more), subject=row, stage="rest")
    return first


def _answered(
    services: Services, uow: UnitOfWork, inbound: Inbound, row: InboundId
) -> tuple[Context, str]:
    """Return the sender's context and the answer, after a refusal has been undone."""
    member = uow.members.active(inbound.sender)
    if member is None:
        metrics.note(result=Result.REFUSED)
        stranger = services.context(uow, inbound=row)
        is_message = isinstance(inbound, Message)
        return stranger, UNKNOWN_MEMBER.format(userid=inbound.sender) if is_message else ""
    member.reachable = True
    talk = uow.conversations.lock(member.userid, services.now())
    ctx = services.context(uow, me=member, talk=talk, inbound=row)
    if mark := secrecy_mark_in(inbound):
        metrics.note(result=Result.REFUSED)
        ctx.audit("secrecy:stop", row, after={"mark": mark})
        return ctx, SECRECY_STOP.format(mark=mark)
    try:
        with uow.attempt():
            return ctx, react(services, ctx, inbound)
    except UserError as refusal:
        metrics.note(result=Result.REFUSED)
        if isinstance(refusal, TalkOverError):
            ctx.turn(ConversationState.IDLE)
        return ctx, str(refusal)


def _keep_failed(services: Services, inbound: Inbound, incident: str) -> str:
    """Keep the message as failed and set the clock that tries again.

    Should this fail too, the error goes out, WeCom gets a 500 and sends the message again.
    """
    with services.database.begin() as uow:
        row, is_new = uow.inbox.receive(_values(services, inbound))
        if is_new:
            row.status = InboundStatus.FAILED
            row.incident = incident
            ctx = services.context(uow, inbound=row.id)
            ctx.set_timer("inbound_retry", row.id, ctx.now + _BACKOFF[0])
            if isinstance(inbound, Message):
                row.answer = INCIDENT.format(incident=incident)
    return row.answer
