"""The members' CSV: what is understood, and what is said about what is not."""

import random

import pytest

from handlers.members.capability import RosterError, read_roster
from handlers.members.roster import BadRow, Row
from storage.vocabulary import Role

HEADER = "userid,name,unit,roles,aliases,in_charge_of"
GOOD = "alice,王芳,区住建局/物业科,officer,小王|芳芳,"


def read(*lines: str, header: str = HEADER) -> tuple[list[Row], list[BadRow]]:
    good, bad = read_roster("\n".join((header, *lines)).encode())
    return list(good), list(bad)


def test_a_line_becomes_a_member() -> None:
    good, bad = read(GOOD, "dan,刘伟,区住建局,deputy|duty,,物业科|燃气科")
    assert bad == []
    assert good == [
        Row(
            line=2,
            userid=good[0].userid,
            name="王芳",
            unit="区住建局/物业科",
            roles=(Role.OFFICER,),
            aliases=("小王", "芳芳"),
            in_charge_of=(),
        ),
        Row(
            line=3,
            userid=good[1].userid,
            name="刘伟",
            unit="区住建局",
            roles=(Role.DEPUTY, Role.DUTY),
            aliases=(),
            in_charge_of=("物业科", "燃气科"),
        ),
    ]
    assert [row.userid for row in good] == ["alice", "dan"]


@pytest.mark.parametrize(
    "content",
    [
        f"{HEADER}\n{GOOD}\n".encode(),
        f"{HEADER}\n{GOOD}\n".encode("utf-8-sig"),
        f"{HEADER}\n{GOOD}\n".encode("gb18030"),
        f"{HEADER}\r\n{GOOD}\r\n".encode(),
        f"{HEADER}\n\n{GOOD}\n,,,,,\n".encode(),
        f"in_charge_of,extra,{HEADER.removesuffix(',in_charge_of')}\n,x,{GOOD[:-1]}".encode(),
    ],
    ids=["UTF-8", "byte order mark", "GB18030", "CRLF", "blank lines", "columns in another order"],
)
def test_spreadsheet_programs_write_it_in_many_ways(content: bytes) -> None:
    good, bad = read_roster(content)
    assert [(row.userid, row.name, row.unit) for row in good] == [
        ("alice", "王芳", "区住建局/物业科")
    ]
    assert not bad


def test_quoted_cells_may_hold_commas_and_line_breaks() -> None:
    good, bad = read(
        'alice,"王芳,科员",区住建局/物业科,officer,"小王\n芳芳",', GOOD.replace("alice", "bob")
    )
    assert bad == []
    assert good[0].name == "王芳,科员"
    assert good[0].aliases == ("小王\n芳芳",)
    assert good[1].line == 4


def test_the_case_and_the_spaces_of_a_userid_do_not_matter() -> None:
    [row], bad = read(" Zhang.San@HQ-1_a , 张三 , 区住建局 / 物业科 , officer | office ,,")
    assert bad == []
    assert (row.userid, row.name, row.unit) == ("zhang.san@hq-1_a", "张三", "区住建局/物业科")
    assert row.roles == (Role.OFFICER, Role.OFFICE)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("王芳,王芳,区住建局,officer,,", "userid '王芳' is not"),
        (",王芳,区住建局,officer,,", "userid '' is not"),
        ("a b,王芳,区住建局,officer,,", "userid 'a b' is not"),
        (f"{'a' * 65},王芳,区住建局,officer,,", "1-64"),
        ("alice,,区住建局,officer,,", "no name"),
        ("alice,王芳,,officer,,", "unit '' is not a path"),
        ("alice,王芳,区住建局/,officer,,", "unit '区住建局/' is not a path"),
        ("alice,王芳,/物业科,officer,,", "is not a path"),
        ("alice,王芳,区住建局,,,", "no roles"),
        ("alice,王芳,区住建局,|,,", "no roles"),
        ("alice,王芳,区住建局,officer|boss|king,,", "unknown roles: boss, king"),
        ("alice,王芳,区住建局,officer,,,,", "more cells than"),
        ("alice", "no name"),
    ],
)
def test_a_bad_line_is_left_out_with_its_number_and_reason(line: str, reason: str) -> None:
    good, [bad] = read(GOOD.replace("alice", "bob"), line, GOOD.replace("alice", "carol"))
    assert [row.userid for row in good] == ["bob", "carol"]
    assert bad.line == 3
    assert reason in bad.reason


def test_all_faults_of_a_line_are_told_at_once() -> None:
    _, [bad] = read("王芳,,/,boss,,")
    assert all(word in bad.reason for word in ("userid", "no name", "not a path", "boss"))


def test_the_second_line_of_one_userid_is_left_out() -> None:
    good, [bad] = read(GOOD, GOOD.replace("alice", "ALICE"))
    assert len(good) == 1
    assert (bad.line, bad.reason) == (3, "userid alice is on line 2 too")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "missing columns: userid, name, unit, roles, aliases"),
        (b"userid,name\nalice,x\n", "missing columns: unit, roles, aliases"),
        (b"\xff\xfe\x00", "neither UTF-8 nor GB18030"),
        (f'{HEADER}\nalice,"王芳,区住建局,officer,,\n'.encode(), "line"),
        (f'{HEADER}\nalice,"王"芳,区住建局,officer,,\n'.encode(), "line 2"),
        (b'"userid', "line 1"),
        (b"x" * 5_000_000, "line 1"),
        (b",".join([b"x"] * 500_000), "missing columns"),
        (HEADER.encode() + b"\n" + b"x" * 5_000_000, "line 2"),
        (random.Random(1).randbytes(5_000_000), "neither"),
        (b"\x00" * 5_000_000, "neither"),
    ],
)  # fmt: skip
def test_what_is_no_roster_is_refused_as_a_whole(content: bytes, message: str) -> None:
    with pytest.raises(RosterError, match=message):
        read_roster(content)
