r"""A file of topics: what a bureau wants to hear of, in lines that its own people write.

    [词表 本地]                a list of words, for {本地}
    武进|常武

    [全局过滤]                 what is never looked at
    电视剧|小说

    [征地拆迁]  @级别:2  @去:宣传科,李主任  @限:20/日
    强拆|违建|拆迁补偿          any of these lines
    +{本地}                    and this one, always
    !演习                      and not this one
    /\d+人(聚集|围堵)/ => 群体聚集   under a name of its own
    # a remark

Lines are taken in every order; a fault does not hide those below it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made

from handlers.rules.opinion.expressions import Expression, ExpressionError, read_entries

NO_HEADING = "这一行上面没有 [主题名] / a line needs a [topic] above it"
NO_NAME = "[ ] 里要写主题名 / a topic needs a name"
TWICE = "主题 {name} 写了两次，上次在第{line}行 / this topic stands above already"
NO_SETTING = (
    "不认识 {setting!r}；可以写 @级别:1 到 @级别:3、@去:某科,某人、@限:20/日、@类:某类"
    " / no such setting"
)
NOTHING = "主题 {name} 没有要找的词 / this topic looks for nothing"
NO_ENDING = "=> 后面要写名称 / a name is missing after =>"
TOO_LONG = "这一行超过{most}字 / this line is too long"

_HEADING = re.compile(r"\[(?P<name>[^\[\]]*)\](?P<settings>.*)")
_LIST = re.compile(r"词[表组]\s+(?P<name>\S+)")
_SETTING = re.compile(r"@(?P<key>[^:：@\s]+)[:：](?P<value>\S+)")
_CAP = re.compile(r"(?P<count>[1-9]\d{0,4})/[日天]")
_FILTER = "全局过滤"
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of a topic; *label* is what a hit is called, *line* where it stands."""

    asks: Expression
    label: str
    line: int


@dataclass(slots=True, kw_only=True)
class Topic:
    """What a topic looks for. *severity* is 1 to 3; *cap* is how many a day are told, 0 all.

    *routes* are the units and people who are told. Topics of one *field* may be of one matter.
    """

    name: str
    line: int
    field: str
    severity: int = 1
    routes: tuple[str, ...] = ()
    cap: int = 0
    any_of: list[Rule] = made(default_factory=list)
    all_of: list[Rule] = made(default_factory=list)
    none_of: list[Rule] = made(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFile:
    """All topics, what is never looked at, lists of words; *faults* are in the order of lines."""

    topics: tuple[Topic, ...]
    filters: tuple[Rule, ...]
    faults: tuple[Fault, ...]
    lists: Mapping[str, Sequence[str]] = made(default_factory=dict)


def read_topics(text: str) -> TopicFile:
    """Return the topics of a file; what has a fault is left out and named."""
    lines = list(enumerate(text.lstrip("\ufeff").splitlines(), 1))
    reader = _Reader(_lists(lines))
    for number, line in lines:
        reader.take(number, line.strip())
    return reader.file()


def _lists(lines: Sequence[tuple[int, str]]) -> Mapping[str, Sequence[str]]:
    """Return the lists of words; they may stand below the topics that name them."""
    found: dict[str, list[str]] = {}
    words: list[str] | None = None
    for _, line in lines:
        if heading := _HEADING.fullmatch(line.strip()):
            of = _LIST.fullmatch(heading["name"].strip())
            words = found.setdefault(of["name"], []) if of else None
        elif words is not None and not line.lstrip().startswith("#"):
            words += re.findall(r"[^|\s,，、]+", line)
    return found


class _Reader:
    """Takes a line after the other; *_topic* is the one under whose heading it is."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self._lists = lists
        self._topics: dict[str, Topic] = {}
        self._filters: list[Rule] = []
        self._faults: list[Fault] = []
        self._topic: Topic | None = None
        self._in_list = False

    def take(self, number: int, line: str) -> None:
        if not line or line.startswith("#"):
            return
        try:
            if heading := _HEADING.fullmatch(line):
                self._head(number, heading["name"].strip(), heading["settings"])
            elif not self._in_list:
                self._entries(number, line)
        except ExpressionError as error:
            self._faults.append(Fault(number, str(error)))

    def file(self) -> TopicFile:
        full = [topic for topic in self._topics.values() if topic.any_of or topic.all_of]
        self._faults += [
            Fault(topic.line, NOTHING.format(name=topic.name))
            for topic in self._topics.values()
            if topic not in full
        ]
        return TopicFile(
            topics=tuple(full),
            filters=tuple(self._filters),
            faults=tuple(sorted(self._faults)),
            lists=self._lists,
        )

    def _head(self, number: int, name: str, settings: str) -> None:
        self._in_list = bool(_LIST.fullmatch(name))
        self._topic = None
        if self._in_list:
            return
        self._topic = Topic(name=name, line=number, field=name)
        if not name:
            raise ExpressionError(NO_NAME)
        if name == _FILTER:
            return
        known = self._topics.setdefault(name, self._topic)
        if known is not self._topic:
            raise ExpressionError(TWICE.format(name=name, line=known.line))
        for setting in settings.split():
            _set(self._topic, setting)

    def _entries(self, number: int, line: str) -> None:
        if self._topic is None:
            raise ExpressionError(NO_HEADING)
        if len(line) > _LONGEST:
            raise ExpressionError(TOO_LONG.format(most=_LONGEST))
        asked, arrow, label = line.partition("=>")
        if arrow and not label.strip():
            raise ExpressionError(NO_ENDING)
        for kind, part in _marked(asked.strip()):
            for entry in read_entries(part, self._lists):
                rule = Rule(asks=entry, label=label.strip() or part, line=number)
                self._where(kind).append(rule)

    def _where(self, kind: str) -> list[Rule]:
        topic = self._topic
        if topic is None or topic.name == _FILTER:
            return self._filters
        return {"": topic.any_of, "+": topic.all_of, "!": topic.none_of}[kind]


def _marked(line: str) -> list[tuple[str, str]]:
    """Return each part of a line that begins with a mark of its own (+ or !), and the mark."""
    found: list[tuple[str, str]] = []
    for part in re.split(r"(?:^|(?<=\s))(?=[+!])", line):
        if part.strip():
            mark = part[0] if part[0] in "+!" else ""
            found.append((mark, part[len(mark) :].strip()))
    return found


def _set(topic: Topic, setting: str) -> None:
    found = _SETTING.fullmatch(setting)
    key, value = (found["key"], found["value"]) if found else ("", "")
    if key == "级别" and value in {"1", "2", "3"}:
        topic.severity = int(value)
    elif key == "类":
        topic.field = value
    elif key == "去":
        topic.routes = tuple(filter(None, re.split(r"[,，、]", value)))
    elif key == "限" and (cap := _CAP.fullmatch(value)):
        topic.cap = int(cap["count"])
    else:
        raise ExpressionError(NO_SETTING.format(setting=setting))
