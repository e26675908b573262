"""Who may stand in for whom: an equal or higher role, or what the bureau allows."""

from collections.abc import Collection, Mapping

from storage.vocabulary import Role

RANKS: Mapping[Role, int] = {
    Role.SECTION_HEAD: 1,
    Role.OFFICE: 2,
    Role.SECRECY_REVIEWER: 2,
    Role.LEGAL_REVIEWER: 2,
    Role.DEPUTY: 3,
    Role.PRINCIPAL: 4,
}
"""Reviewing roles by how high they stand."""


def uncovered(
    absent: Collection[Role],
    substitute: Collection[Role],
    allowed: Mapping[Role, Collection[Role]],
) -> Role | None:
    """Return the highest role of the *absent* that the *substitute* may not act in; None if all.

    He may act in a role that stands no higher than one of his own, and in one for which the bureau
    *allows* one of his.
    """
    highest = max((RANKS.get(role, 0) for role in substitute), default=0)
    for role in sorted(absent, key=lambda role: RANKS.get(role, 0), reverse=True):
        rank = RANKS.get(role)
        if rank is None or rank <= highest:
            continue
        if not set(allowed.get(role, ())) & set(substitute):
            return role
    return None
