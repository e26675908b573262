"""One inbound message -> one answer, in one transaction."""

from datetime import timedelta
from typing import Any

import structlog

from bot import metrics
from bot.channel.messages import Inbound, Message
from bot.channel.texts import split_text
from bot.forms import PageForm
from bot.ids import new_incident_no
from bot.keeping import kept, restored, secrecy_mark_in
from bot.listening import guessed
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


class _RepeatedError(Exception):
    """Another copy of the message was handled in the same instant."""


registry = Registry()
registry.message(MessageKind(name="answer", urgency=Urgency.PROMPT, mutable=False))
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
            return _handled(services, inbound)
        except _RepeatedError:
            # A copy came in the same instant: what was done for this one is undone.
            return _handled(services, inbound)
        except Exception:
            incident = new_incident_no()
            log.exception("inbound_failed", incident=incident)
            metrics.note(result=Result.FAILED)
            return _keep_failed(services, inbound, incident)


def _handled(services: Services, inbound: Inbound) -> str:
    """Handle one message in one transaction.

    Its row is written at the end and with its answer: what came before is known by its key, and
    what comes at the same time is refused by it.
    """
    with services.database.begin() as uow:
        arrival = uow.conversations.arrive(inbound.sender, inbound.key, services.now())
        if arrival.answer is not None:
            metrics.note(result=Result.REPEATED)
            answer = arrival.answer
        else:
            mark = secrecy_mark_in(inbound)
            row = _values(services, inbound, mark)
            ctx = services.context(uow, me=arrival.sender, talk=arrival.talk, inbound=row["id"])
            answer = _pass_on(ctx, inbound, _answered(services, ctx, inbound, mark))
            if not uow.inbox.keep({**row, "answer": answer}):
                raise _RepeatedError
    log.info("inbound_handled", kind=type(inbound).__name__, repeated=arrival.answer is not None)
    return answer


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
        arrival = uow.conversations.arrive(row.sender, row.key, services.now())
        ctx = services.context(uow, me=arrival.sender, talk=arrival.talk, inbound=row.id)
        inbound = restored(row.kind, row.payload)
        answer = _answered(services, ctx, inbound, secrecy_mark_in(inbound))
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


def _values(services: Services, inbound: Inbound, mark: str | None) -> dict[str, Any]:
    """Return the message as a row; a text with a *mark* of secrecy is not kept (rule 4)."""
    return {
        "id": services.new_id(),
        "key": inbound.key,
        "sender": inbound.sender,
        "kind": type(inbound).__name__,
        "payload": {"withheld": mark} if mark else kept(inbound),
        "received_at": services.now(),
        "answer": "",
        "incident": "",
        "attempts": 0,
    }


def _pass_on(ctx: Context, inbound: Inbound, answer: str) -> str:
    """Return what goes back passively; promise the rest, or all where no reply is taken."""
    if not answer:
        return ""
    if not inbound.accepts_reply:
        ctx.tell("answer", [inbound.sender], Text(text=answer), subject=ctx.inbound)
        return ""
    if ctx.me is not None:
        in_front = ctx.emit(MemberAnswered(member=ctx.me.userid))
        answer = "\n\n".join([*in_front, answer])
    first, *rest = split_text(answer)
    if rest:
        more = answer[len(first) :].lstrip("\n")
        ctx.tell("answer", [inbound.sender], Text(text=more), subject=ctx.inbound, stage="rest")
    return first


def _answered(services: Services, ctx: Context, inbound: Inbound, mark: str | None) -> str:
    """Return the answer, after a refusal has been undone."""
    if ctx.me is None:
        metrics.note(result=Result.REFUSED)
        is_message = isinstance(inbound, Message)
        return UNKNOWN_MEMBER.format(userid=inbound.sender) if is_message else ""
    if not ctx.me.reachable and not isinstance(inbound, PageForm):
        ctx.uow.members.reached(ctx.me.userid)
    if mark:
        metrics.note(result=Result.REFUSED)
        ctx.audit("secrecy:stop", ctx.inbound, after={"mark": mark})
        return SECRECY_STOP.format(mark=mark)
    meant = guessed(ctx)
    try:
        with ctx.uow.attempt():
            return react(services, ctx, inbound, meant)
    except UserError as refusal:
        metrics.note(result=Result.REFUSED)
        if isinstance(refusal, TalkOverError):
            ctx.turn(ConversationState.IDLE)
        return str(refusal)


def _keep_failed(services: Services, inbound: Inbound, incident: str) -> str:
    """Keep the message as failed and set the clock that tries again.

    Should this fail too, the error goes out, WeCom gets a 500 and sends the message again.
    """
    with services.database.begin() as uow:
        row, is_new = uow.inbox.receive(_values(services, inbound, secrecy_mark_in(inbound)))
        if is_new:
            row.status = InboundStatus.FAILED
            row.incident = incident
            ctx = services.context(uow, inbound=row.id)
            ctx.set_timer("inbound_retry", row.id, ctx.now + _BACKOFF[0])
            if isinstance(inbound, Message):
                row.answer = INCIDENT.format(incident=incident)
    return row.answer
