"""What a pattern needs: a text without it cannot contain the pattern."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.needs import needs
from bot.meanings import DECLARED, examples
from handlers.kit.patterns import compile_waiting

PATTERNS = [cue.pattern for each in DECLARED for meaning in each.meanings for cue in meaning.cues]
SOME = st.sampled_from("通过退回审稿吗0123 一二,号").map(str)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("通过", ["过", "通"]),
        ("(?:通|过)+号", ["号", "过通"]),
        ("通?过*[^号].", []),
        ("通|过号", ["过通", "号通"]),
        ("通|", []),
        (r"\d号", ["号"]),
        ("[一-鿿]号", ["号"]),
        ("[0-9]号", ["号", "0123456789"]),
        ("号(?=通)(?!过)", ["号", "通"]),
        ("(?<=通)号", ["号", "通"]),
        ("(?:通过){2}?", ["过", "通"]),
        ("", []),
        (r"通\s{0,3}过{2}号{0,2}", ["过", "通"]),
        (r"[\]一-七]号\.", [".", "号", "]一丁丂七"]),
        (r"\u53f7[\u901a过]", ["号", "过通"]),
    ],
)
def test_what_cannot_be_left_out_is_needed(pattern: str, needed: list[str]) -> None:
    assert sorted(map(sorted, needs(pattern))) == sorted(map(sorted, needed))


@pytest.mark.parametrize("pattern", ["(通)?(?(1)过|号)", "(?P<a>通)(?P=a)", "(?i:a)", "(通", "通)"])
def test_what_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="not read from character"):
        needs(pattern)


def test_all_that_is_compiled_later_is_a_pattern() -> None:
    compile_waiting()


@given(text=st.lists(SOME, max_size=12).map("".join), pattern=st.sampled_from(PATTERNS))
def test_what_is_found_has_what_is_needed(text: str, pattern: str) -> None:
    if re.search(pattern, text, re.DOTALL):
        assert all(not need.isdisjoint(text) for need in needs(pattern))


def test_no_example_is_missed() -> None:
    needed = [(re.compile(pattern, re.DOTALL), needs(pattern)) for pattern in PATTERNS]
    some = [example.text for example in examples()[::10]]  # read once: it takes a while
    missed = [
        (form.pattern, text)
        for form, found in needed
        for text in some
        if form.search(text) and any(need.isdisjoint(text) for need in found)
    ]
    assert not missed
