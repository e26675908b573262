"""What is found in a file of rule sets: faults and warnings, each with its line, all at once."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rules.scoring.checking import check
from tests.rules.scoring.examples import SHIPPED


def found(text: str) -> list[tuple[int, str]]:
    return [(finding.line, finding.message) for finding in check(text.encode()).findings]


def test_every_fault_is_told_at_once_with_its_line() -> None:
    sheet = check(
        b"""\
[rules.a]
bsae = 1
stacking = "most"
quota = [{ measure = "submitted", on_short = { mode = "per_missing" } }]
adoption = [
  { level = "city", points = 10 },
  { level = "citty", points = "10" },
  { level = "city" },
]
[rules.a.penalty]
late = 3
[[rules.a.threshold]]
metric = "x"
points = nan
below = 1
"""
    )
    assert [finding.line for finding in sheet.findings] == [2, 3, 4, 7, 7, 8, 11, 14]
    assert all(finding.error and finding.rules == "a" for finding in sheet.findings)
    assert sheet.rule_sets == {}
    assert sheet.findings[0].message == "不认识的键 bsae，是不是 base？ / unknown key bsae"


def test_a_faulty_rule_set_leaves_the_others_usable() -> None:
    sheet = check(b"[rules.good]\nbase = 1\nadoption = [{ points = 1 }]\n[rules.bad]\nbase = []\n")
    assert set(sheet.rule_sets) == {"good"}
    assert [finding.rules for finding in sheet.findings] == ["bad"]


TWICE = "以第3行为准"
FIRST = "总是第3行先符合"


@pytest.mark.parametrize(
    ("rows", "line", "message"),
    [
        (("{points=1}", "{points=2}"), 4, TWICE),
        (("{level='city', kind='a', points=1}", "{kind='a', level='city+', points=2}"), 4, TWICE),
        (("{level='city', kind='a', points=1}", "{level='city', form='b', points=2}"), 4, TWICE),
        (("{words_below=5000, points=1}", "{words_from=4000, points=2}"), 4, TWICE),
        (("{level='city', points=1}", "{points=1}", "{level='city', points=1}"), 5, FIRST),
        (("{level='city+', kind='a', points=4}",) * 2, 4, FIRST),
        (("{words_from=9, words_below=9, points=1}",), 3, "没有这样的字数"),
    ],
)
def test_rows_that_cannot_be_meant_are_warned_of(
    rows: tuple[str, ...], line: int, message: str
) -> None:
    told = found("\n".join(["[rules.a]", "adoption = [", *(f"{row}," for row in rows), "]"]))
    assert any(at == line and message in said for at, said in told), told


ROW = "adoption = [{points=1}]"


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (
            ("channels = {'甲' = {level='own'}}", "adoption=[{level='city', points=1}]"),
            2,
            "没有分值",
        ),
        (
            ("channels = {'市日报' = {}}", "adoption=[{channel='市曰报', points=1}]"),
            3,
            "是不是 市日报",
        ),
        (("adoption=[{channel='甲', points=1}]", "stacking={exceptions='乙'}"), 3, "没有渠道 乙"),
        (("adoption=[{channel='甲', points=1}]", "stacking='top_levels'"), 2, "不知道 甲 的层级"),
        (("bonus_cap = 3", ROW), 2, "bonus_cap 用不上"),
        (("pass_mark = 9", "ceiling = 8", ROW), 2, "谁也达不到"),
        (("base = 1",), 1, "没有采用、批示或任务的分值"),
        (("quota = [{measure='submitted'},", "{measure='submitted'}]"), 3, "请用 name 区分"),
    ],
)
def test_settings_that_cannot_be_meant_are_warned_of(
    lines: tuple[str, ...], line: int, message: str
) -> None:
    text = "\n".join(["[rules.a]", *lines])
    told = found(text)
    assert any(at == line and message in said for at, said in told), told
    assert check(text.encode()).rule_sets


@pytest.mark.parametrize(
    "rows",
    [
        "{points=1}, {level='city', points=2}, {level='city', kind='a', points=3}",
        "{level='city', kind='a', points=1}, {level='city', kind='b', points=2}",
        "{words_below=4000, points=1}, {words_from=4000, points=2}",
        "{family='media', level='city', points=1}, {level='city', form='a', points=2}",
    ],
)
def test_what_can_be_meant_is_not(rows: str) -> None:
    assert found(f"[rules.a]\nadoption = [{rows}]\n") == []


def test_a_row_that_counts_only_for_one_sort_of_use_is_not_called_unreachable() -> None:
    every = ", ".join(f'{{level="{level}", kind="a", points=1}}' for level in ("own", "city"))
    assert found(f"[rules.a]\nadoption = [{every}, {{kind='a', points=1}}]") == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff", "UTF-8"),
        (b"[rules.a]\n[rules", "TOML"),
        (b"", "没有规则"),
        (b"rules = 3\nrule_set = 4", "没有规则"),
        (b"[rules]\na = 3", "要写成表"),
        (b"x = " + b"9" * 5000, "太长"),
        (b"x = " + b"[" * 5000, "嵌套太深"),
        (b"[rules.a]\nbase = 1e999999", "不能大于"),
        (b"[rules.a]\nadoption = [{points = true}]", "数字"),
        (b'[[rule_set]]\nname = "a"\nbase = 1\n[[rule_set]]\nname = "a"', "重复"),
    ],
    ids=[
        "bytes",
        "half",
        "empty",
        "numbers",
        "number",
        "digits",
        "nested",
        "huge",
        "bool",
        "twice",
    ],
)
def test_what_is_no_rule_file_is_told(content: bytes, message: str) -> None:
    assert any(message in finding.message for finding in check(content).findings)


def test_the_rule_sets_that_ship_are_flawless() -> None:
    for file in SHIPPED.glob("*.toml"):
        assert check(file.read_bytes()).findings == (), file


def test_a_list_with_names_is_taken_too() -> None:
    sheet = check(b'[[rule_set]]\nname = "a"\nquota = [{measure = "submitted"}]\n[[route]]\nx = 1')
    assert (set(sheet.rule_sets), sheet.findings) == ({"a"}, ())


KEYS = st.sampled_from(
    (
        *("base", "floor", "stacking", "stacking_n", "adoption", "penalty", "points", "quota", "n"),
        *("match", "level", "channel", "share", "mode", "call", "strikes", "commission", "targets"),
        *("on_short", "instruction", "zero_item", "groups", "notice", "when", "measure", "text"),
    )
)
WORDS = st.sampled_from(("sum", "max", "top_levels", "city", "any", "ratio", "", "no_adoption"))
SCALARS = (
    WORDS.map(lambda word: f'"{word}"')
    | st.integers(-3, 10**12).map(str)
    | st.sampled_from(("true", "nan", "-inf", "1.5", "2026-01-01", "1e40", "[]", "{}"))
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(KEYS, inner, max_size=4).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        )
    ),
    max_leaves=12,
)


@given(st.dictionaries(KEYS, VALUES, max_size=6))
@settings(max_examples=300, deadline=None)
def test_the_checker_takes_any_toml(table: dict[str, str]) -> None:
    text = "[rules.a]\n" + "\n".join(f"{key} = {value}" for key, value in table.items())
    tomllib.loads(text)
    sheet = check(text.encode())
    last = text.count("\n") + 1
    assert all(1 <= finding.line <= last and finding.message for finding in sheet.findings)
    assert ("a" in sheet.rule_sets) != any(finding.error for finding in sheet.findings)


@given(st.binary())
def test_the_checker_takes_any_bytes(content: bytes) -> None:
    assert check(content).findings
