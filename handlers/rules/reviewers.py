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


def roles_from(role: Role) -> Sequence[Role]:
    """Return *role* and those that a gate of that role climbs to when nobody holds it."""
    if role in LADDER:
        return LADDER[LADDER.index(role) :]
    return (role, *LADDER[LADDER.index(Role.OFFICE) :])


def seat(
    role: Role,
    holding: Callable[[Role], Collection[UserId]],
    substitutes: Callable[[Collection[UserId]], Collection[tuple[UserId, UserId]]],
    barred: Collection[UserId],
) -> Bench:
    """Choose who may decide at a gate of *role*.

    1. Those who hold the role, without the *barred* (the author, and whoever has acted at another
       gate of the draft), and the substitutes of those in a dated delegation.
    2. Where that leaves nobody, the next role up the ladder, and so on.
    3. An empty bench when there is nobody at all: the caller must say so aloud.
    """
    for rung in roles_from(role):
        named = [member for member in holding(rung) if member not in barred]
        standing = Standing.HOLDER if rung is role else Standing.ESCALATED
        chosen = {member: Holder(member=member, standing=standing) for member in named}
        for substitute, absent in substitutes(named):
            if substitute not in barred and substitute not in chosen:
                chosen[substitute] = Holder(
                    member=substitute, standing=Standing.SUBSTITUTE, on_behalf_of=absent
                )
        if chosen:
            return Bench(role=rung, holders=tuple(chosen.values()))
    return Bench(role=role, holders=())


def route_for(
    routes: Sequence[tuple[Collection[str], Sequence[Role]]], importance: str
) -> Sequence[Role]:
    """Return the gates of the first route that is meant for drafts of that importance.

    A route without importances is meant for all.

    Raises:
        LookupError: no route fits.
    """
    for importances, gates in routes:
        if not importances or importance in importances:
            return gates
    raise LookupError(f"no route for {importance} drafts")
