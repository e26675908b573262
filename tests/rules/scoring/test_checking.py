"""What is found in a file of rule sets: faults and warnings, each with its line, all at once."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.rules.scoring.checking import check
from handlers.rules.scoring.directory import Known, strangers
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


DOUBTFUL = Path(__file__).with_name("doubtful.tsv").read_text("utf-8").splitlines()[1:]


@pytest.mark.parametrize("row", DOUBTFUL)
def test_settings_that_cannot_be_meant_are_warned_of_with_what_to_do(row: str) -> None:
    line, message, *lines = row.split("\t")
    text = "\n".join(["[rules.a]", *lines])
    told = found(text)
    assert any(at == int(line) and message in said for at, said in told), told
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
        (b"[rules.a]\ncap = [{of='call', max=1}, {of='call', max=2}]", "只写一个 cap"),
        (
            b"[rules.a]\nthreshold=[{metric='r', at_least=0.5, below=0.3, points=1}]",
            "at_least 要小于",
        ),
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
        "caps",
        "bounds",
    ],
)
def test_what_is_no_rule_file_is_told(content: bytes, message: str) -> None:
    assert any(message in finding.message for finding in check(content).findings)


def test_the_rule_sets_that_ship_are_flawless() -> None:
    for file in SHIPPED.glob("*.toml"):
        assert check(file.read_bytes()).findings == (), file


def test_a_list_with_names_is_taken_too() -> None:
    sheet = check(b'[[rule_set]]\nname = "a"\nadoption = [{points = 1}]\n[[route]]\nx = 1')
    assert (set(sheet.rule_sets), sheet.findings) == ({"a"}, ())


def test_what_the_bureau_does_not_have_is_told_with_what_is_meant() -> None:
    sheet = check(
        """\
[rules.a]
base = { default = 1, "物业课" = 2 }
groups = { "一组" = ["物业*"] }
adoption = [{ channel = "市曰报", points = 1 }]
quota = [{ measure = "own_site", targets = 2 },
  { measure = "submitted", name = "月" }]
""".encode()
    )
    known = Known(units=["物业科", "燃气科"], channels={"市日报": "city", "网站": "own"})
    place = sheet.places["a"]
    told = [(place.line_of(at), said) for at, said in strangers(sheet.rule_sets["a"], known)]
    expected = (
        (3, "燃气科 不在任何一组"),
        (2, "名录里没有 物业课，是不是 物业科？"),
        (4, "渠道登记里没有 市曰报，是不是 市日报？"),
        (4, "市日报、网站 没有分值"),
        (5, "own_site 没有数据来源"),
        (6, "没有写任务数"),
    )
    assert len(told) == len(expected)
    for line, part in expected:
        assert any(at == line and part in said for at, said in told), (line, part, told)
    counted = strangers(sheet.rule_sets["a"], Known(measures=["own_site"]))
    assert not any("没有数据来源" in said for _, said in counted)


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
@settings(max_examples=300)
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
