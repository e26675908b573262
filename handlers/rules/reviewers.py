"""Who may decide at a gate: the two-person rule and the ladder of roles."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from storage.vocabulary import NOBODY, Role, Standing, UserId

LADDER = (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL)
"""Where a gate goes when nobody of its own role may decide: upwards, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who may decide; *on_behalf_of* is empty unless he is a substitute."""

    member: UserId
    standing: Standing
    on_behalf_of: UserId = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """Those who may decide at a gate; *role* differs from the gate's where it had to climb."""

    role: Role
    holders: tuple[Holder, ...]

    @property
    def of_own_role(self) -> bool:
        """Tell whether somebody was found without climbing."""
        return bool(self.holders) and self.holders[0].standing is not Standing.ESCALATED


def rungs_from(roles: Sequence[Role]) -> Sequence[tuple[Role, ...]]:
    """Return *roles* and, one by one, those that a gate of these roles climbs to."""
    on_ladder = [LADDER.index(role) for role in roles if role in LADDER]
    start = LADDER.index(Role.SECTION_HEAD if Role.OFFICER in roles else Role.OFFICE)
    above = LADDER[max(on_ladder) + 1 if on_ladder else start :]
    return (tuple(roles), *((role,) for role in above))


def may_take_over(roles: Sequence[Role]) -> frozenset[Role]:
    """Return the roles whose holders stand as high as a gate of *roles*, or higher."""
    return frozenset(role for rung in rungs_from(roles) for role in rung)


def seat(
    roles: Sequence[Role],
    holding: Callable[[Role], Collection[UserId]],
    substitutes: Callable[[Collection[UserId]], Collection[tuple[UserId, UserId]]],
    barred: Collection[UserId],
) -> Bench:
    """Choose who may decide at a gate of *roles*.

    1. Those who hold one of the roles, without the *barred* (the author, and whoever has acted at
       another gate of the draft), and the substitutes of those in a dated delegation.
    2. Where that leaves nobody, the next role up the ladder, and so on.
    3. An empty bench when there is nobody at all: the caller must say so aloud.
    """
    for rung in rungs_from(roles):
        named = [member for role in rung for member in holding(role) if member not in barred]
        standing = Standing.HOLDER if rung == tuple(roles) else Standing.ESCALATED
        chosen = {member: Holder(member=member, standing=standing) for member in named}
        for substitute, absent in substitutes(named):
            if substitute not in barred and substitute not in chosen:
                chosen[substitute] = Holder(
                    member=substitute, standing=Standing.SUBSTITUTE, on_behalf_of=absent
                )
        if chosen:
            return Bench(role=rung[0], holders=tuple(chosen.values()))
    return Bench(role=roles[0], holders=())
