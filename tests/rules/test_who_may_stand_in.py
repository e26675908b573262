"""Who may stand in for whom."""

import pytest

from handlers.rules.standing_in import RANKS, uncovered
from storage.vocabulary import Role

ALLOWED = {Role.PRINCIPAL: (Role.DEPUTY,)}


@pytest.mark.parametrize("absent", RANKS)
@pytest.mark.parametrize("substitute", Role)
def test_an_equal_or_higher_role_may(absent: Role, substitute: Role) -> None:
    may = RANKS.get(substitute, 0) >= RANKS[absent]
    assert uncovered([absent], [substitute], {}) is (None if may else absent)


def test_a_lower_role_may_where_the_bureau_says_so_and_nowhere_else() -> None:
    assert uncovered([Role.PRINCIPAL], [Role.DEPUTY], ALLOWED) is None
    assert uncovered([Role.PRINCIPAL], [Role.OFFICE], ALLOWED) is Role.PRINCIPAL


def test_every_role_must_be_covered_and_the_highest_is_named() -> None:
    held = [Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY, Role.ADMIN]
    assert uncovered(held, [Role.SECTION_HEAD], {}) is Role.DEPUTY
    assert uncovered(held, [Role.DEPUTY], {}) is None
    assert uncovered([Role.ADMIN, Role.OFFICER], [], {}) is None
