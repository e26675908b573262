"""口径: what may be said in public, proposed by one and approved by another."""

import hashlib

from handlers.cases import texts
from handlers.cases.alarms import names
from handlers.cases.finding import allowed, behalf, sees
from handlers.cases.moving import move, set_clocks
from handlers.cases.naming import grade_of, named
from handlers.cases.registry import WORDING, registry
from handlers.cases.telling import GRAVE, deciders, handlers_of, tell
from handlers.kit.asked import Press
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Button, ButtonCard
from storage.models import Case
from storage.vocabulary import NOBODY, CaseId, CaseMove, CaseStep, Role, Urgency, UserId


def propose_wording(ctx: Context, case: Case, words: str) -> str:
    """Propose what may be said; whoever may approve it gets a card. A new one replaces the old.

    Raises:
        UserError: it is not the sender's to do, or there are no words.
    """
    allowed(ctx, case, CaseMove.WORDING)
    if not words:
        raise UserError(texts.NEED_WORDS.format(usage=f"口径 {case.number} 我局已约谈开发商……"))
    move(ctx, case, CaseMove.WORDING, words=words, step=CaseStep.PLAN)
    grey(ctx, case.id, WORDING, texts.CARD_OLD)
    case.wording, case.wording_by = words, ctx.sender.userid
    case.wording_approved_by = NOBODY
    case.plan_at = case.plan_at or ctx.now
    whom = [
        one for one in deciders(ctx, case, CaseMove.APPROVE) if one != ctx.sender.userid
    ] or _above(ctx, case)
    for member in whom:
        ctx.tell(
            WORDING,
            [member],
            _card(ctx, case, member),
            subject=case.id,
            stage=str(case.revision),
            urgency=None if grade_of(case) in GRAVE else Urgency.CALM,
        )
    set_clocks(ctx, case)
    if not whom:
        return texts.WORDING_NOBODY.format(name=named(case))
    return texts.WORDED.format(name=named(case), people=names(ctx, whom))


def _above(ctx: Context, case: Case) -> list[UserId]:
    """Return who else may approve, where the only one of a rung proposed it himself."""
    for role in (Role.DEPUTY, Role.PRINCIPAL):
        found = [
            one for one in ctx.uow.members.holding(role, case.unit) if one != ctx.sender.userid
        ]
        if found:
            return found
    return []


def _print(words: str) -> str:
    """Return what tells one wording from another on a button."""
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def _card(ctx: Context, case: Case, member: UserId) -> ButtonCard:
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.CARD_SOURCE,
        title=texts.CARD_TITLE.format(number=case.number),
        description=case.wording,
        facts=((texts.CARD_CASE, case.title[:26]), (texts.CARD_BY, ctx.sender.name)),
        summary=texts.CARD_WORDS.format(number=case.number),
        url=ctx.link(f"cases/{case.id}", member),
        buttons=(
            Button(
                label=texts.AGREE,
                key=f"wording:agree:{case.id}:{_print(case.wording)}",
                style="primary",
            ),
            Button(
                label=texts.REFUSE,
                key=f"wording:refuse:{case.id}:{_print(case.wording)}",
                style="danger",
            ),
        ),
    )


def approve_wording(ctx: Context, case: Case, code: str = "") -> str:
    """Approve the wording that stands; *code* updates the pressed card.

    Raises:
        UserError: there is none, it is the sender's own, or it is not his to approve.
    """
    _refuse(ctx, case)
    move(ctx, case, CaseMove.APPROVE, words=case.wording)
    case.wording_approved_by = ctx.sender.userid
    grey(ctx, case.id, WORDING, texts.CARD_AGREED, code)
    said = texts.TOLD_APPROVED.format(
        name=named(case), who=ctx.sender.name, words=case.wording, number=case.number
    )
    tell(ctx, case, {case.wording_by, *handlers_of(ctx, case)}, said)
    set_clocks(ctx, case)
    return texts.APPROVED.format(name=named(case), words=case.wording)


def refuse_wording(ctx: Context, case: Case, reason: str, code: str = "") -> str:
    """Send the wording back to whoever proposed it.

    Raises:
        UserError: there is none, it is the sender's own, or it is not his to refuse.
    """
    _refuse(ctx, case)
    move(ctx, case, CaseMove.REFUSE, words=reason)
    by, case.wording, case.wording_by = case.wording_by, "", NOBODY
    case.plan_at = None
    grey(ctx, case.id, WORDING, texts.CARD_REFUSED, code)
    said = texts.TOLD_REFUSED.format(
        name=named(case),
        who=ctx.sender.name,
        reason=f"：{reason}" if reason else "",
        number=case.number,
    )
    tell(ctx, case, [by], said)
    set_clocks(ctx, case)
    return texts.REFUSED.format(name=named(case))


def _refuse(ctx: Context, case: Case) -> None:
    allowed(ctx, case, CaseMove.APPROVE)
    if not case.wording:
        raise UserError(texts.NO_WORDING.format(name=named(case)))
    if case.wording_approved_by != NOBODY:
        who = names(ctx, [case.wording_approved_by])
        raise UserError(texts.WORDING_AGAIN.format(name=named(case), who=who))
    if case.wording_by in {ctx.sender.userid, behalf(ctx, case, CaseMove.APPROVE)}:
        raise UserError(texts.WORDING_OWN)


@registry.button("wording")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press on the card of a wording; one of an older wording decides nothing.

    Raises:
        UserError: it is not the sender's, or was replaced.
    """
    _, what, case_id, words = pressed.key.split(":")
    case = ctx.uow.cases.lock(CaseId(case_id))
    if case is None or not sees(ctx, case):
        raise UserError(texts.NONE_OPEN)
    if words != _print(case.wording):
        raise UserError(texts.WORDING_OLD.format(name=named(case), number=case.number))
    if what == "agree":
        return approve_wording(ctx, case, pressed.response_code)
    return refuse_wording(ctx, case, "", pressed.response_code)
