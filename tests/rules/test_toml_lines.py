"""Lines of keys in TOML files."""

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.toml_lines import Place, places
from tests.rules.scoring.examples import HERE, SHIPPED

ODD = '''\
a.b."c d" = 1 # [x]
k = """
"] # [z]
""""
j = [ # comment
  1, { u = 'x', v = [2,
  3] },
]
[[x]]
y = 1
[x.y2] # "
z = -1e5
[[x.w]]
q = 'a#]'
  [[x.w]]
  q = 1979-05-27 07:32:00
[[x]]
"\\u00e9" = {}
'''


def paths(value: Any, above: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if above:
        yield above
    if isinstance(value, dict):
        for key, inside in value.items():
            yield from paths(inside, (*above, key))
    elif isinstance(value, list):
        for number, inside in enumerate(value):
            yield from paths(inside, (*above, number))


def place_at(root: Place, path: Sequence[str | int]) -> Place:
    for step in path:
        root = root.inside[step]
    return root


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a", "b", "c d"), 1),
        (("k",), 2),
        (("j",), 5),
        (("j", 1, "u"), 6),
        (("j", 1, "v", 1), 7),
        (("x", 0), 9),
        (("x", 0, "y"), 10),
        (("x", 0, "y2", "z"), 12),
        (("x", 0, "w", 0, "q"), 14),
        (("x", 0, "w", 1), 15),
        (("x", 0, "w", 1, "q"), 16),
        (("x", 1, "é"), 18),
    ],
)
def test_each_key_has_its_line(path: tuple[str | int, ...], line: int) -> None:
    assert place_at(places(ODD), path).line == line


def test_carriage_returns_count_no_lines() -> None:
    assert place_at(places(ODD.replace("\n", "\r\n")), ("x", 1, "é")).line == 18


def test_what_is_not_in_the_file_has_the_line_of_what_it_belongs_to() -> None:
    assert places(ODD).line_of(("x", "variant", 0, "y2", "missing")) == 11


@pytest.mark.parametrize("file", [*sorted(SHIPPED.glob("*.toml")), HERE / "made.toml"])
def test_every_path_of_a_file_has_a_place(file: Any) -> None:
    text = file.read_text(encoding="utf-8")
    root, lines = places(text), text.split("\n")
    for path in paths(tomllib.loads(text)):
        here = place_at(root, path)
        if isinstance(path[-1], str):
            assert path[-1] in lines[here.line - 1], path


@given(st.text())
def test_no_text_breaks_it(text: str) -> None:
    """It takes what tomllib takes, and refuses the rest as tomllib does."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        with pytest.raises(tomllib.TOMLDecodeError):
            places(text)
        return
    places(text)
