"""Who has to do with a case, and what they are told of it."""

from collections.abc import Iterable, Sequence

from handlers.cases.finding import ALERTED, TASK
from handlers.cases.naming import grade_of
from handlers.cases.registry import TOLD, TOLD_NOW
from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.rules.cases.rights import MAY, Hat
from storage.models import Case
from storage.vocabulary import (
    NOBODY,
    CaseMove,
    DutyPosition,
    Grade,
    OutboxStatus,
    Outcome,
    Role,
    UserId,
)

GRAVE = frozenset({Grade.ORANGE, Grade.RED})
_REACHED = frozenset({Outcome.SENT, Outcome.MERGED, Outcome.UNCONFIRMED, Outcome.DIGESTED})
_ROLES = {
    Hat.OFFICE: Role.OFFICE,
    Hat.LIAISON: Role.OPINION_LIAISON,
    Hat.DEPUTY: Role.DEPUTY,
    Hat.PRINCIPAL: Role.PRINCIPAL,
    Hat.HEAD: Role.SECTION_HEAD,
    Hat.OFFICER: Role.OFFICER,
}


def tell(ctx: Context, case: Case, members: Iterable[UserId], words: str, stage: str = "") -> int:
    """Tell members of a case, the sender left out; from orange on at once, whatever the hour.

    The same *stage*, the case's revision if none is given, is told once. Return how many.
    """
    me = ctx.me.userid if ctx.me is not None else NOBODY
    found = ctx.uow.members.people(set(members) - {me, NOBODY})
    kind = TOLD_NOW if grade_of(case) in GRAVE else TOLD
    stage = stage or str(case.revision)
    ctx.tell(kind, sorted(found), Text(text=words), subject=case.id, stage=stage)
    return len(found)


def deciders(ctx: Context, case: Case, move: CaseMove, grade: Grade | None = None) -> list[UserId]:
    """Return who may do *move* to a case of that grade: the lowest ladder rung that has anybody."""
    wanted = MAY[move][grade or grade_of(case)]
    for hat in (Hat.OFFICE, Hat.DEPUTY, Hat.PRINCIPAL):
        if hat in wanted and (found := _holding(ctx, case, hat)):
            return with_substitutes(ctx, found)
    return []


def _holding(ctx: Context, case: Case, hat: Hat) -> Sequence[UserId]:
    if hat is Hat.DEPUTY:
        return ctx.uow.members.deputies(case.unit)
    return ctx.uow.members.holding(_ROLES[hat], case.unit)


def with_substitutes(ctx: Context, members: Sequence[UserId]) -> list[UserId]:
    """Return members, and who stands in for one of them now."""
    lent = ctx.uow.members.substitutes_for(members, ctx.now)
    return list(dict.fromkeys([*members, *(substitute for substitute, _ in lent)]))


def heads_of(ctx: Context, case: Case) -> list[UserId]:
    """Return the heads of the section whose matter it is; its officers where it has none."""
    section = [unit for unit in ctx.uow.members.lineage(case.unit) if unit != case.bureau]
    held = ctx.uow.members.holders(case.bureau, {Role.SECTION_HEAD, Role.OFFICER})
    for role in (Role.SECTION_HEAD, Role.OFFICER):
        for unit in section:
            if unit in held[role]:
                return list(held[role][unit])
    return []


def handlers_of(ctx: Context, case: Case) -> list[UserId]:
    """Return who deals with a case: whoever took it, or the head of its section."""
    return [case.holder] if case.holder != NOBODY else heads_of(ctx, case)


def office_of(ctx: Context, case: Case) -> Sequence[UserId]:
    return ctx.uow.members.holding(Role.OFFICE, case.bureau)


def leading_duty(ctx: Context, case: Case) -> list[UserId]:
    """Return who leads the duty now; who holds that role where the roster names nobody."""
    found = ctx.uow.duty.on_duty(case.bureau, ctx.now)
    leading = [one.member for one in found if one.position is DutyPosition.LEAD]
    return leading or list(ctx.uow.members.holding(Role.LEAD_DUTY, case.bureau))


def who_knows(ctx: Context, case: Case) -> set[UserId]:
    """Return everybody whom an alert or a word about the case has reached, its finder as well."""
    rows = [*ctx.uow.outbox.about(case.id, [TOLD, TOLD_NOW])]
    known = {row.recipient for row in rows if row.status is OutboxStatus.LEASED}
    known |= {row.recipient for row in rows if row.outcome in _REACHED}
    return known | alerted(ctx, case) | {case.finder, case.holder} - {NOBODY}


def alerted(ctx: Context, case: Case) -> set[UserId]:
    """Return who was told by an alert that still stands."""
    return {
        seat.member
        for kind in (ALERTED, TASK)
        for alert in ctx.uow.alerts.standing(case.bureau, f"{kind}:{case.id}")
        for seat in ctx.uow.alerts.recipients(alert.id)
    }
