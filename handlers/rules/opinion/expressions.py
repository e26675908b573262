r"""What a line of a topic asks for, read into a tree of words.

    强拆|拆迁补偿            one of them
    欠薪&(工地|项目部)!外省   both, and not the third
    强制~8~拆除              at most 8 characters between them, in either order
    "集体上访"               as it stands, signs and all
    /\d+人(聚集|围堵)/       a regular expression (RE2)
    {本地}                   any word of a list
    标题:塌方                in the title only

Words are compared in the spelling of `plain`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import re2  # type: ignore[import-untyped]  # it brings no types

from handlers.rules.opinion.literals import literals_of
from handlers.rules.opinion.plain import plain

BROKEN = "看不懂 {rest!r} / cannot be read"
NO_WORD = "{word!r} 去掉标点和空格就没有字了 / nothing is left of this word"
NO_LIST = "没有词表 {{{name}}}；请加一节 [词表 {name}] / no such list of words"
UNCLOSED = "少一个 {sign} / this is not closed"
NOT_REGULAR = "正则表达式 /{pattern}/ 有误：{why} / not a regular expression of RE2"
NEVER_THERE = (
    "比对前文字已统一成小写半角简体、去掉空格和符号，不会有 {literal!r}"
    " / texts are compared in plain spelling, in which this never stands"
)
NEEDS_WORDS = "~ 的两边只能是词 / both sides of ~ must be words"
TOO_FAR = "~ 的字数要在 0 到 50 之间 / 0 to 50 characters"
TOO_DEEP = "括号太多 / too many brackets"

_FARTHEST, _DEEPEST = 50, 20
_SIGNS = '|&!~()"/{} \t'
_WORD = re.compile(rf"[^{re.escape(_SIGNS)}]+")
_NEAR = re.compile(r"~(\d{1,3})~")
_TITLE = re.compile(r"标题[:：]")


class ExpressionError(ValueError):
    """A line that cannot be read; the message says what to do, in both languages."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in plain spelling; *written* is how the topic has it."""

    text: str
    written: str


@dataclass(frozen=True, slots=True)
class Regular:
    """A regular expression; one of *literals* is in every text that it fits."""

    pattern: str
    literals: tuple[str, ...]


@dataclass(frozen=True)
class Near:
    """Two of the words, one of each side, at most *gap* characters apart, in either order."""

    left: tuple[Word, ...]
    right: tuple[Word, ...]
    gap: int

    @cached_property
    def sides(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words of the two sides as they are looked for."""
        left, right = (frozenset(word.text for word in side) for side in (self.left, self.right))
        return left, right


@dataclass(frozen=True)
class Either:
    parts: tuple["Expression", ...]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words of one that consists of words alone, as most do."""
        words = tuple(part.text for part in self.parts if isinstance(part, Word))
        return words if len(words) == len(self.parts) else ()


@dataclass(frozen=True, slots=True)
class Both:
    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: "Expression"


@dataclass(frozen=True, slots=True)
class InTitle:
    part: "Expression"


Expression = Word | Regular | Near | Either | Both | Without | InTitle


def read_entries(line: str, lists: Mapping[str, Sequence[str]]) -> list[Expression]:
    """Return what a line asks for, apart by blanks.

    Args:
        line: without the marks of its beginning and without its label.
        lists: words by the name of their list.

    Raises:
        ExpressionError: it cannot be read.
    """
    reader = _Reader(line, lists)
    return list(reader.entries())


class _Reader:
    """Goes once through the line; *_at* is how far it has come."""

    def __init__(self, line: str, lists: Mapping[str, Sequence[str]]) -> None:
        self._line = line
        self._lists = lists
        self._at = 0
        self._depth = 0

    def entries(self) -> Iterator[Expression]:
        while self._next():
            if title := _TITLE.match(self._line, self._at):
                self._at = title.end()
                yield InTitle(self._either())
            else:
                yield self._either()
            if self._sign() not in {"", " ", "\t"}:
                raise ExpressionError(BROKEN.format(rest=self._line[self._at :]))

    def _either(self) -> Expression:
        parts = [self._both()]
        while self._take("|"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Expression:
        parts = [self._near()]
        while True:
            if self._take("&"):
                parts.append(self._without() if self._take("!") else self._near())
            elif self._take("!"):
                parts.append(self._without())
            else:
                return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _without(self) -> Expression:
        return Without(self._near())

    def _near(self) -> Expression:
        left = self._one()
        while found := _NEAR.match(self._line, self._at):
            self._at = found.end()
            gap = int(found[1])
            if gap > _FARTHEST:
                raise ExpressionError(TOO_FAR)
            left = Near(_words(left), _words(self._one()), gap)
        return left

    def _one(self) -> Expression:
        if self._take("("):
            return self._bracket()
        if self._take('"'):
            return self._word(self._until('"'))
        if self._take("/"):
            return _regular(self._until("/"))
        if self._take("{"):
            return self._list(self._until("}"))
        found = _WORD.match(self._line, self._at)
        if found is None:
            raise ExpressionError(BROKEN.format(rest=self._line[self._at :]))
        self._at = found.end()
        return self._word(found[0])

    def _bracket(self) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionError(TOO_DEEP)
        inside = self._either()
        if not self._take(")"):
            raise ExpressionError(UNCLOSED.format(sign=")"))
        self._depth -= 1
        return inside

    def _list(self, name: str) -> Expression:
        if not self._lists.get(name):
            raise ExpressionError(NO_LIST.format(name=name))
        return Either(tuple(self._word(word) for word in self._lists[name]))

    def _word(self, written: str) -> Word:
        text = plain(written).text
        if not text:
            raise ExpressionError(NO_WORD.format(word=written))
        return Word(text, written)

    def _until(self, sign: str) -> str:
        end = self._line.find(sign, self._at)
        if end < 0:
            raise ExpressionError(UNCLOSED.format(sign=sign))
        begin, self._at = self._at, end + 1
        return self._line[begin:end]

    def _next(self) -> bool:
        while self._sign() in {" ", "\t"}:
            self._at += 1
        return self._at < len(self._line)

    def _sign(self) -> str:
        return self._line[self._at : self._at + 1]

    def _take(self, sign: str) -> bool:
        taken = self._line.startswith(sign, self._at)
        self._at += len(sign) * taken
        return taken


def _words(side: Expression) -> tuple[Word, ...]:
    """Return the words of one side of a ~."""
    if isinstance(side, Word):
        return (side,)
    if isinstance(side, Either) and all(isinstance(part, Word) for part in side.parts):
        return tuple(part for part in side.parts if isinstance(part, Word))
    raise ExpressionError(NEEDS_WORDS)


def _regular(pattern: str) -> Regular:
    try:
        compiled(pattern)
    except re2.error as error:
        why = error.args[0].decode(errors="replace")
        raise ExpressionError(NOT_REGULAR.format(pattern=pattern, why=why)) from error
    literals = literals_of(pattern)
    for literal in literals:
        if plain(literal).text != literal:
            raise ExpressionError(NEVER_THERE.format(literal=literal))
    return Regular(pattern, literals)


def compiled(pattern: str) -> Any:
    """Return a regular expression that takes time in proportion to the text, whatever it is.

    Raises:
        re2.error: it is none.
    """
    options = re2.Options()
    options.log_errors = False
    return re2.compile(pattern, options)
