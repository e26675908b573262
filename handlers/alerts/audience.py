"""Whom the words of a policy stand for, now: who holds a role, is on duty, or was named."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.kit.context import Context
from handlers.kit.on_duty import ON_DUTY, on_duty
from handlers.rules.escalation import (
    HOLDER,
    LEADERS,
    NAMED,
    RAISER,
    ROLE_WORDS,
    Policy,
    Reach,
)
from storage.models import Alert
from storage.vocabulary import NOBODY, Role, UnitId, UserId

_LEADING = (Role.DEPUTY, Role.PRINCIPAL)
_ANY = frozenset({Role.DEPUTY})
"""Of these, whoever there is: while a matter is no section's, nobody in particular is in charge."""
_Held = Mapping[Role, Mapping[UnitId, Sequence[UserId]]]


def reaches(ctx: Context, alert: Alert, policy: Policy) -> list[Reach]:
    """Return, rung by rung, who can be told and who could not be."""
    return _reached(ctx, alert, [step.tell for step in policy.steps])


def reach_of(ctx: Context, alert: Alert, words: Iterable[str]) -> Reach:
    return _reached(ctx, alert, [tuple(words)])[0]


def _reached(ctx: Context, alert: Alert, rungs: Sequence[tuple[str, ...]]) -> list[Reach]:
    words = {word for rung in rungs for word in rung}
    roles = {role for word in words for role in ROLE_WORDS.get(word, ())}
    if words & ON_DUTY.keys():
        roles.add(Role.OFFICE)
    if LEADERS in words:
        roles.update(_LEADING)
    held = ctx.uow.members.holders(alert.bureau, roles) if roles else {}
    lineage = ctx.uow.members.lineage(alert.unit)
    meant = {word: _meant(alert, word, held, lineage) for word in words}
    if words & ON_DUTY.keys():
        meant |= on_duty(ctx, alert.bureau, _nearest(held[Role.OFFICE], lineage))
    wanted = {member for members in meant.values() for member in members}
    standing_in: dict[UserId, list[UserId]] = {}
    if wanted:
        for substitute, absent in ctx.uow.members.substitutes_for(wanted, ctx.now):
            standing_in.setdefault(absent, []).append(substitute)
    people = ctx.uow.members.people({*wanted, *(s for some in standing_in.values() for s in some)})
    found = []
    for rung in rungs:
        members = dict.fromkeys(member for word in rung for member in meant[word])
        everybody = dict.fromkeys(
            one for member in members for one in (member, *standing_in.get(member, ()))
        )
        able = tuple(one for one in everybody if one in people and people[one].reachable)
        found.append(Reach(able, tuple(one for one in everybody if one not in able)))
    return found


def _meant(alert: Alert, word: str, held: _Held, lineage: Sequence[UnitId]) -> Sequence[UserId]:
    if word == NAMED:
        return [UserId(one) for one in alert.named]
    if word in {HOLDER, RAISER}:
        member = alert.holder if word == HOLDER else alert.raised_by
        return [member] if member != NOBODY else []
    if word == LEADERS:
        return [one for role in _LEADING for one in _all(held[role])]
    return [
        one
        for role in ROLE_WORDS[word]
        for one in _nearest(held[role], lineage) or (_all(held[role]) if role in _ANY else ())
    ]


def _all(scopes: Mapping[UnitId, Sequence[UserId]]) -> Sequence[UserId]:
    return [one for some in scopes.values() for one in some]


def _nearest(
    scopes: Mapping[UnitId, Sequence[UserId]], lineage: Sequence[UnitId]
) -> Sequence[UserId]:
    return next((scopes[unit] for unit in lineage if unit in scopes), ())
