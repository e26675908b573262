"""What is read and decided about adoptions: months, shares, days, channels, whose word counts."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.attribution import counting
from handlers.rules.channels import Names, named_in, nearest
from handlers.rules.past_days import past_day
from handlers.rules.places import Place, barring_note
from handlers.rules.registering import Say, confirmers, say_of
from handlers.rules.scoring.model import Cutoff, RuleSet
from handlers.rules.sharing import parts, percent, read_byline
from handlers.rules.visibility import DraftFacts, Viewer
from storage.vocabulary import DraftStatus, Role, UnitId, UserId

MONDAY = date(2026, 9, 21)
NEXT_PERIOD = {"late_registration": "next_period"}
SECTION, BUREAU, OTHER = map(UnitId, ("section", "bureau", "other"))
DRAFT = DraftFacts(author=UserId("author"), status=DraftStatus.SIGNED, lineage=(SECTION, BUREAU))


@given(st.dictionaries(st.text(min_size=1), st.integers(1, 1000), min_size=1, max_size=20))
def test_shares_are_exactly_one(weights: dict[str, int]) -> None:
    shared = parts(weights)
    assert sum(shared.values()) == Fraction(1)
    assert shared.keys() == weights.keys()
    assert all(part > 0 for part in shared.values())


@pytest.mark.parametrize("weights", [{}, {"a": 0}, {"a": 1, "b": -1}])
def test_a_share_of_nothing_is_none(weights: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="share"):
        parts(weights)


def test_a_share_is_written_as_people_do() -> None:
    assert [percent(Fraction(3, 5)), percent(Fraction(1, 3))] == ["60%", "33.3%"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("署名 王芳、陈静 3:2", (("王芳", 3), ("陈静", 2))),
        ("市日报 今天 https://a.cn/1 署名：王芳和陈静", (("王芳", 1), ("陈静", 1))),
        ("作者是王芳", (("王芳", 1),)),
        ("署名 王芳、陈静 3:2:1", ()),
        ("署名 王芳、陈静 0:2", ()),
        ("市日报 今天", ()),
    ],
)
def test_a_byline_names_authors_and_weights(text: str, names: tuple[tuple[str, int], ...]) -> None:
    assert tuple(read_byline(text)) == names


@pytest.mark.parametrize(
    ("rules", "used", "entered", "month", "late"),
    [
        ({}, date(2026, 9, 22), date(2026, 9, 22), "2026-09", False),
        ({}, date(2026, 9, 22), date(2026, 10, 5), "2026-09", False),
        ({}, date(2026, 9, 22), date(2026, 10, 6), "2026-09", True),
        ({}, date(2026, 12, 31), date(2027, 1, 5), "2026-12", False),
        ({}, date(2027, 1, 31), date(2027, 3, 1), "2027-01", True),
        ({"cutoff": {"day": 8}}, date(2026, 9, 22), date(2026, 10, 6), "2026-09", False),
        (NEXT_PERIOD, date(2026, 9, 22), date(2026, 10, 5), "2026-09", False),
        (NEXT_PERIOD, date(2026, 9, 22), date(2026, 10, 6), "2026-10", True),
        ({"period": "quarter"}, date(2026, 7, 22), date(2026, 10, 5), "2026-07", False),
        ({"count_by": "submitted_at"}, date(2026, 10, 2), date(2026, 10, 9), "2026-09", True),
    ],
)  # fmt: skip
def test_the_rules_say_in_which_month_it_counts_and_what_is_late(
    rules: dict[str, object], used: date, entered: date, month: str, *, late: bool
) -> None:
    submitted = date(2026, 9, 29) if "count_by" in rules else None
    set_ = RuleSet.model_validate(rules)
    found = counting(set_, used, entered, lambda _day: True, submitted)
    assert (found.month, found.late) == (month, late)


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 400), st.integers(1, 28))
def test_by_the_usual_rules_the_month_never_depends_on_when_it_was_entered(
    used: date, days: int, cutoff: int
) -> None:
    rules = RuleSet(cutoff=Cutoff(day=cutoff))
    entered = used + timedelta(days=days)
    found = counting(rules, used, entered, lambda _day: True)
    assert found.month == f"{used:%Y-%m}"
    assert found.late == (entered > found.until)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("昨天", date(2026, 9, 20)),
        ("大前天", date(2026, 9, 18)),
        ("9月18日", date(2026, 9, 18)),
        ("12月3日", date(2025, 12, 3)),
        ("2026-09-18 第35期", date(2026, 9, 18)),
        ("2026年9月30日", date(2026, 9, 30)),
        ("9.18", date(2026, 9, 18)),
        ("上周五", date(2026, 9, 18)),
        ("周五", date(2026, 9, 18)),
        ("周一", MONDAY),
        ("18日", date(2026, 9, 18)),
        ("30日", date(2026, 8, 30)),
        ("12号", None),
        ("第35期", None),
        ("https://a.cn/2026-09-01/9.18.html", None),
        ("31.5%", None),
        ("没有日期", None),
    ],
)
def test_a_day_that_has_been_is_read(text: str, day: date | None) -> None:
    assert past_day(text, MONDAY) == day


CHANNELS = (
    Names(key="city", names=("市政府网站", "市政府门户")),
    Names(key="county", names=("区政府网站",)),
    Names(key="dept", names=("省住建厅网站", "住建厅网站")),
    Names(key="one", names=("学习强国市平台", "学习强国")),
    Names(key="two", names=("学习强国省平台", "学习强国")),
    Names(key="paper", names=("省日报",)),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("12号被市政府网站采用", [("city",)]),
        ("被市政府的门户网站采用了", [("city",)]),
        ("市人民政府官网", [("city",)]),
        ("县政府网站", [("county",)]),
        ("省住建厅网站", [("dept",)]),
        ("市政府网站、区政府网站", [("city",), ("county",)]),
        ("被学习强国采用", [("one", "two")]),
        ("学习强国省平台", [("two",)]),
        ("《省日报》", [("paper",)]),
        ("人民日报", []),
        ("", []),
    ],
)
def test_channels_are_named_and_not_guessed(text: str, found: list[tuple[str, ...]]) -> None:
    assert list(named_in(text, CHANNELS)) == found


def test_what_is_like_a_channel_is_offered() -> None:
    assert list(nearest("省报", CHANNELS, 2)) == ["paper"]
    assert list(nearest("鬼谷子专栏", CHANNELS, 2)) == []


SITE = Place(names=("市政府网站", "市政府门户"), family="site")
PAPER = Place(names=("中国建设报",), family="media")


@pytest.mark.parametrize(
    ("place", "note", "bars"),
    [
        (SITE, "", ""),
        (SITE, "数据再核一下", ""),
        (SITE, "只发市政府网站", ""),
        (SITE, "只发网站，不发媒体", ""),
        (PAPER, "只发市政府网站", "只发市政府网站"),
        (PAPER, "只发网站，不发媒体", "只发网站"),
        (PAPER, "不发媒体", "不发媒体"),
        (PAPER, "不发公众号和中国建设报", "不发公众号和中国建设报"),
        (SITE, "不发公众号", ""),
    ],
)
def test_the_note_of_a_sign_off_is_kept_to(place: Place, note: str, bars: str) -> None:
    assert barring_note(place, [note]) == bars


@pytest.mark.parametrize(
    ("role", "scope", "worth"),
    [
        (Role.OFFICE, BUREAU, Say.COUNTS),
        (Role.OFFICE, OTHER, Say.NOTHING),
        (Role.SECTION_HEAD, SECTION, Say.PROPOSES),
        (Role.SECTION_HEAD, OTHER, Say.NOTHING),
        (Role.OFFICER, SECTION, Say.PROPOSES),
        (Role.DEPUTY, SECTION, Say.NOTHING),
        (Role.PRINCIPAL, BUREAU, Say.NOTHING),
        (Role.ADMIN, BUREAU, Say.NOTHING),
    ],
)
def test_only_the_offices_word_counts(role: Role, scope: UnitId, worth: Say) -> None:
    viewer = Viewer(userid=UserId("somebody"), roles={role: {scope}})
    assert say_of(viewer, DRAFT, ()) is worth


@pytest.mark.parametrize("role", Role)
def test_nobodys_word_alone_counts_for_what_he_benefits_from(role: Role) -> None:
    roles = {role: {BUREAU}, Role.OFFICE: {BUREAU}}
    author = Viewer(userid=UserId("author"), roles=roles)
    sharer = Viewer(userid=UserId("sharer"), roles=roles)
    assert say_of(author, DRAFT, ()) is Say.PROPOSES
    assert say_of(sharer, DRAFT, [UserId("sharer")]) is Say.PROPOSES


def test_who_confirms_neither_proposes_nor_benefits() -> None:
    a, b, c = map(UserId, "abc")
    assert confirmers([[a, b], [c]], [a], proposer=c) == [b]
    assert confirmers([[a], [c]], [a], proposer=b) == [c]
    assert confirmers([[a], []], [a], proposer=b) == []
