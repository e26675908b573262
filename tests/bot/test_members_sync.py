"""xinshi members sync: the register follows the app's range in WeCom, and never runs ahead."""

from pathlib import Path

import pytest

from bot.simulator.world import Account
from handlers.members.capability import import_roster, read_roster
from storage.vocabulary import Role, UserId
from tests.harness.administrator import Administrator, administrator
from tests.harness.rows import all_rows
from tests.harness.service import OTHER_BUREAU, Chat

GONE = "userid,name,unit,roles,aliases\nleft,钱进,区住建局/物业科,officer,\n"


@pytest.fixture
def admin(bureau: Chat, tmp_path: Path) -> Administrator:
    return administrator(bureau.config, tmp_path)


def registers(bureau: Chat, roster: str) -> None:
    """Bring members in whom WeCom does not know."""
    rows, _ = read_roster(roster.encode())
    with bureau.services.database.begin() as uow:
        import_roster(bureau.services.context(uow), rows, ())


def is_active(bureau: Chat, userid: str) -> bool:
    with bureau.services.database.begin() as uow:
        return uow.members.active(UserId(userid)) is not None


def tags(bureau: Chat, userid: str) -> list[str]:
    with bureau.services.database.begin() as uow:
        return [entry.tag for entry in uow.ledger.entries(userid)]


def test_without_a_difference_nothing_happens(bureau: Chat, admin: Administrator) -> None:
    before = all_rows(bureau.services.database)
    said = admin.runs("members", "sync")
    assert (said.code, said.out) == (0, "")
    assert "the members are those within range" in said.err
    assert all_rows(bureau.services.database) == before


def test_who_left_is_inactive_and_who_is_back_has_his_roles(
    bureau: Chat, admin: Administrator
) -> None:
    registers(bureau, GONE)
    said = admin.runs("members", "sync")
    assert said.code == 0
    assert "left the range, inactive: left 钱进 (区住建局/物业科, officer)" in said.err
    assert not is_active(bureau, "left")

    bureau.wecom.add_account(Account(userid="Left", name="钱进", department="区住建局"))
    said = admin.runs("members", "sync")
    assert "back, active: left 钱进 (区住建局/物业科, officer)" in said.err
    assert is_active(bureau, "left")
    assert tags(bureau, "left") == ["member:import", "member:leave", "member:return"]
    with bureau.services.database.begin() as uow:
        assert uow.members.roles_of(UserId("left")).keys() == {Role.OFFICER}


def test_a_changed_name_is_taken_over(bureau: Chat, admin: Administrator) -> None:
    bureau.wecom.add_account(Account(userid="alice", name="王方", department="区住建局/物业科"))
    assert "renamed 王方: alice 王芳" in admin.runs("members", "sync").err
    with bureau.services.database.begin() as uow:
        assert uow.members.names([UserId("alice")]) == {"alice": "王方"}
        entry = uow.ledger.entries("alice")[-1]
        assert (entry.tag, entry.before, entry.after) == (
            "member:rename",
            {"name": "王芳"},
            {"name": "王方"},
        )


def test_who_is_new_is_listed_for_an_import(
    bureau: Chat, admin: Administrator, tmp_path: Path
) -> None:
    bureau.wecom.add_account(Account(userid="newman", name="新人", department="区住建局"))
    said = admin.runs("members", "sync")
    assert said.out == "userid,name,unit,roles,aliases\nnewman,新人,区住建局,,\n"
    assert not is_active(bureau, "newman")

    roster = tmp_path / "new.csv"
    roster.write_text(said.out, encoding="utf-8")
    assert "no roles" in admin.runs("members", "import", str(roster)).err
    roster.write_text(said.out.replace("局,,", "局/物业科,officer,"), encoding="utf-8")
    assert admin.runs("members", "import", str(roster)).code == 0
    assert is_active(bureau, "newman")


def test_who_is_new_is_taken_in_without_a_role_where_asked(
    bureau: Chat, admin: Administrator
) -> None:
    bureau.wecom.add_account(Account(userid="newman", name="新人", department="区住建局"))
    said = admin.runs("members", "sync", "--add")
    assert (said.code, said.out) == (0, "")
    with bureau.services.database.begin() as uow:
        member = uow.members.active(UserId("newman"))
        assert member
        assert uow.members.unit(member.unit).path == "区住建局"
        assert uow.members.roles_of(UserId("newman")) == {}
    assert tags(bureau, "newman") == ["member:add"]


def test_with_two_bureaus_the_unit_must_be_named(bureau: Chat, admin: Administrator) -> None:
    bureau.enrol(OTHER_BUREAU)
    bureau.wecom.add_account(Account(userid="newman", name="新人", department=""))
    said = admin.runs("members", "sync", "--add")
    assert (said.code, "--unit" in said.err) == (1, True)
    assert admin.runs("members", "sync", "--add", "--unit", "区别的局").code == 1
    assert not is_active(bureau, "newman")
    assert admin.runs("members", "sync", "--add", "--unit", "区水务局/供水科").code == 0
    assert is_active(bureau, "newman")


def test_a_dry_run_says_the_same_and_changes_nothing(bureau: Chat, admin: Administrator) -> None:
    registers(bureau, GONE)
    bureau.wecom.add_account(Account(userid="newman", name="新人", department="区住建局"))
    before = all_rows(bureau.services.database)
    rehearsed = admin.runs("members", "sync", "--dry-run")
    assert all_rows(bureau.services.database) == before
    done = admin.runs("members", "sync")
    assert rehearsed.out == done.out
    assert rehearsed.err == done.err + "nothing was changed: this was a dry run\n"


def test_who_is_in_range_by_himself_is_not_taken_for_gone(
    bureau: Chat, admin: Administrator
) -> None:
    """A member who is in the range by name stands in no department's list."""
    registers(bureau, GONE)
    account = Account(userid="left", name="钱进", department="区住建局", by_name=True)
    bureau.wecom.add_account(account)
    said = admin.runs("members", "sync")
    assert "the members are those within range" in said.err
    assert is_active(bureau, "left")


def test_an_empty_answer_is_refused_unless_forced(bureau: Chat, admin: Administrator) -> None:
    bureau.wecom.directory._accounts.clear()
    said = admin.runs("members", "sync")
    assert (said.code, "可见范围" in said.err) == (1, True)
    assert is_active(bureau, "alice")
    assert admin.runs("members", "sync", "--force").code == 0
    assert not is_active(bureau, "alice")


def test_to_lose_more_than_half_is_refused_unless_forced(
    bureau: Chat, admin: Administrator
) -> None:
    accounts = bureau.wecom.directory._accounts
    for userid in ("alice", "bob", "carol", "dan"):
        del accounts[userid]
    assert admin.runs("members", "sync", "--dry-run").code == 0
    del accounts["eve"]
    said = admin.runs("members", "sync")
    assert (said.code, "5 of 8 members" in said.err) == (1, True)
    assert is_active(bureau, "alice")
    assert admin.runs("members", "sync", "--force").code == 0
    assert not is_active(bureau, "alice")


@pytest.mark.parametrize("method", ["department/simplelist", "user/simplelist", "user/get"])
def test_when_wecom_does_not_answer_nothing_changes(
    bureau: Chat, admin: Administrator, method: str
) -> None:
    registers(bureau, GONE)
    bureau.wecom.faults.refuse(method, 48002, times=None)
    said = admin.runs("members", "sync", "--force")
    assert (said.code, "48002" in said.err) == (1, True)
    assert is_active(bureau, "left")
