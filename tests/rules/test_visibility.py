"""Who may see and withdraw a draft: role against relation, every cell."""

from itertools import product

import pytest

from handlers.rules.visibility import DraftFacts, Viewer, may_see, may_withdraw
from storage.vocabulary import DraftStatus, Role, UnitId, UserId

BUREAU, SECTION, OTHER_SECTION, OTHER_BUREAU = map(
    UnitId, ("bureau", "section", "other section", "other bureau")
)
LINEAGE = (SECTION, BUREAU)
AUTHOR, SOMEBODY = UserId("alice"), UserId("somebody")

# Held over:   the section  the bureau  another section  another bureau
SEES = {
    Role.OFFICER: (False, False, False, False),
    Role.SECTION_HEAD: (True, True, False, False),
    Role.OFFICE: (True, True, False, False),
    Role.SECRECY_REVIEWER: (True, True, False, False),
    Role.LEGAL_REVIEWER: (True, True, False, False),
    Role.DEPUTY: (True, True, False, False),
    Role.PRINCIPAL: (True, True, False, False),
    Role.DUTY: (False, False, False, False),
    Role.LEAD_DUTY: (False, False, False, False),
    Role.OPINION_LIAISON: (False, False, False, False),
    Role.ADMIN: (False, False, False, False),
}
SCOPES = (SECTION, BUREAU, OTHER_SECTION, OTHER_BUREAU)
WITHDRAWS_BEFORE_SIGNING = {Role.SECTION_HEAD, Role.OFFICE}
WITHDRAWS_AFTER_SIGNING = {Role.OFFICE}
HIDDEN = {DraftStatus.COMPOSING, DraftStatus.CANCELLED}

CELLS = list(product(Role, range(len(SCOPES)), DraftStatus))


def holder(role: Role, scope: UnitId) -> Viewer:
    return Viewer(userid=SOMEBODY, roles={role: {scope}})


def draft(status: DraftStatus) -> DraftFacts:
    return DraftFacts(author=AUTHOR, status=status, lineage=LINEAGE)


def test_the_table_names_every_role() -> None:
    assert set(SEES) == set(Role)


SIGNED_OFF = {DraftStatus.SIGNED, DraftStatus.EDITED}


@pytest.mark.parametrize(("role", "scope", "status"), CELLS)
def test_a_role_sees_the_drafts_under_its_scope(
    role: Role, scope: int, status: DraftStatus
) -> None:
    expected = SEES[role][scope] and status not in HIDDEN
    viewer = holder(role, SCOPES[scope])
    assert may_see(viewer, draft(status), has_held=False) is expected


@pytest.mark.parametrize("status", DraftStatus)
def test_the_author_sees_his_draft_whatever_becomes_of_it(status: DraftStatus) -> None:
    assert may_see(Viewer(userid=AUTHOR, roles={}), draft(status), has_held=False)


@pytest.mark.parametrize("status", DraftStatus)
def test_who_was_asked_once_sees_it_until_it_is_written_anew_in_private(
    status: DraftStatus,
) -> None:
    stranger = Viewer(userid=SOMEBODY, roles={})
    assert may_see(stranger, draft(status), has_held=True) is (status not in HIDDEN)
    assert not may_see(stranger, draft(status), has_held=False)


@pytest.mark.parametrize(("role", "scope", "status"), CELLS)
def test_a_role_withdraws_what_is_under_its_scope(
    role: Role, scope: int, status: DraftStatus
) -> None:
    roles = WITHDRAWS_BEFORE_SIGNING
    if status in SIGNED_OFF:
        roles = WITHDRAWS_AFTER_SIGNING
    expected = role in roles and SCOPES[scope] in LINEAGE
    assert may_withdraw(holder(role, SCOPES[scope]), draft(status)) is expected


@pytest.mark.parametrize("status", DraftStatus)
def test_the_author_withdraws_until_the_last_signature(status: DraftStatus) -> None:
    author = Viewer(userid=AUTHOR, roles={Role.OFFICER: {SECTION}})
    assert may_withdraw(author, draft(status)) is (status not in SIGNED_OFF)
