"""Who may see and decide what on the pages: role × scope × action, every cell of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.config import Config
from storage.models import Member
from storage.vocabulary import Role, UserId
from tests.harness.drafting import address_of, handed_in
from tests.harness.pages import Visitor, hidden
from tests.harness.service import Chat, chat

OVERSIGHT = {
    Role.SECTION_HEAD,
    Role.OFFICE,
    Role.SECRECY_REVIEWER,
    Role.LEGAL_REVIEWER,
    Role.DEPUTY,
    Role.PRINCIPAL,
}
SCOPES = {
    "own section": "区住建局/物业科",
    "whole bureau": "区住建局",
    "other section": "区住建局/燃气科",
    "other bureau": "区水务局",
}
OVER_THE_DRAFT = {"own section", "whole bureau"}
OTHER = """\
userid,name,unit,roles,aliases,in_charge_of
olga,吴丹,区水务局/供水科,officer,,
"""


@pytest.fixture
def bureau(config: Config) -> Iterator[Chat]:
    with chat(config, pages=True) as running:
        running.enrol(OTHER)
        yield running


def newcomer(bureau: Chat, userid: str, role: Role, path: str) -> None:
    """Let somebody join who holds *role* over the unit at *path*, and nothing else."""
    section = path if "/" in path else f"{path}/新科"
    head = "userid,name,unit,roles,aliases,in_charge_of"
    bureau.enrol(f"{head}\n{userid},新人,{section},officer,,\n")
    with bureau.services.database.begin() as uow:
        unit = uow.members.unit_at(path)
        assert unit
        uow.members.set_roles(UserId(userid), [(role, unit.id)])


@pytest.mark.parametrize("role", Role)
def test_a_role_reads_what_is_below_it_and_decides_nothing_by_itself(
    bureau: Chat, role: Role
) -> None:
    """Nobody here was asked: a role alone lets no one decide what waits for another."""
    number = handed_in(bureau)
    address = address_of(bureau, number)
    with Visitor(bureau) as bob:
        bob.logs_in("bob")
        task = hidden(bob.gets(address).text, "task")
    for place, (scope, path) in enumerate(SCOPES.items()):
        userid = f"new{place}"
        newcomer(bureau, userid, role, path)
        allowed = role in OVERSIGHT and scope in OVER_THE_DRAFT
        with Visitor(bureau) as visitor:
            page = visitor.logs_in(userid, address)
            assert (page.status_code == 200) is allowed, (role, scope, "read")
            changes = visitor.gets(f"{address}/changes")
            assert (changes.status_code == 200) is allowed, (role, scope, "compare")
            token = hidden(page.text, "csrf_token")
            fields = {"csrf_token": token, "task": task, "act": f"{place:032x}"}
            answer = visitor.posts(address, **fields, verdict="approve", reason="")
            said = visitor.follows(answer)
            assert (said.status_code == 200) is allowed, (role, scope, "decide")
            assert "已通过" not in said.text
            assert "春季消防检查" not in visitor.gets("/p/pending").text
            assert "春季消防检查" not in visitor.gets("/p/mine").text
    with Visitor(bureau) as alice:
        page = alice.logs_in("alice", address)
        assert "等科室负责人李强审核" in page.text


@pytest.mark.parametrize(
    ("userid", "while_writing", "in_review", "decides"),
    [
        ("alice", 200, 200, False),  # the author
        ("bob", 404, 200, True),  # the gate was put before him
        ("carol", 404, 200, False),  # the office, not asked yet
        ("dan", 404, 200, False),
        ("eve", 404, 200, False),
        ("mallory", 404, 404, False),  # an officer of another section
        ("heidi", 404, 404, False),  # the head of another section
        ("root", 404, 404, False),  # an administrator runs the service, and reads no drafts
        ("olga", 404, 404, False),  # another bureau
    ],
)
def test_each_of_the_cast_sees_his_part(
    bureau: Chat, userid: str, while_writing: int, in_review: int, *, decides: bool
) -> None:
    alice = bureau.phone("alice")
    alice.says("投稿 春季消防检查\n检查重点场所12处。")
    address = address_of(bureau, 1)
    with Visitor(bureau) as visitor:
        assert visitor.logs_in(userid, address).status_code == while_writing
        alice.says("完成")
        page = visitor.gets(address)
        assert page.status_code == in_review
        assert ("您的审核" in page.text) is decides


def test_who_was_asked_once_may_always_look(bureau: Chat) -> None:
    """A substitute whose time is over has seen the text, and has to be able to explain himself."""
    bureau.delegate("bob", "heidi", days=1)
    address = address_of(bureau, handed_in(bureau))
    bureau.clock.advance(timedelta(days=2))
    with Visitor(bureau) as heidi:
        assert heidi.logs_in("heidi", address).status_code == 200


def test_an_inactive_member_sees_nothing(bureau: Chat) -> None:
    address = address_of(bureau, handed_in(bureau))
    with Visitor(bureau) as bob:
        assert bob.logs_in("bob", address).status_code == 200
        with bureau.services.database.begin() as uow:
            member = uow.members.get(UserId("bob"))
            assert isinstance(member, Member)
            member.active = False
        assert bob.gets(address).status_code == 403
