"""How well posts are judged, on labelled files: copies, cases, risk, the dead, disguised words.

The same rules as in the service, their rows kept in memory instead of in tables.
"""

import csv
import random
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from opencc import OpenCC

from handlers.opinion.meanings import place_said
from handlers.opinion.watching import Watch, shipped
from handlers.rules.opinion import alike
from handlers.rules.opinion.casualties import casualties
from handlers.rules.opinion.judging import Beside, Judgement, judge
from handlers.rules.opinion.matching import Post
from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.relevance import OWN_FIELD, Ground, abroad_names
from handlers.rules.opinion.tone import tone
from handlers.rules.similarity import likeliest
from storage.queries.prints import MOST_HOLDERS
from storage.vocabulary import Grade, ItemId, UnitId

HERE = UnitId("bureau")


class Row(NamedTuple):
    """A line of a labelled file."""

    text: str
    label: Mapping[str, str]

    @property
    def title(self) -> str:
        return self.text.partition("。")[0]

    @property
    def words(self) -> str:
        return self.text.partition("。")[2]


def rows_of(file: Path) -> list[Row]:
    """Read a file of text, label (name=value;…), source."""
    found = []
    for line in file.read_text("utf-8").splitlines()[1:]:
        text, label, *_ = line.split("\t")
        pairs = (part.partition("=") for part in label.split(";"))
        found.append(Row(text, {name: value for name, _, value in pairs}))
    return found


class Seen(NamedTuple):
    """An item that came before."""

    look: alike.Look
    thread: int
    place: str
    fields: frozenset[str]


class Stream:
    """Items one after another, as the tables keep them."""

    def __init__(self, place_of: Callable[[str, str], str]) -> None:
        self._place_of = place_of
        self._rarity = alike.shipped_rarity()
        self._by: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=MOST_HOLDERS))
        self._seen: list[Seen] = []
        self._texts: list[tuple[str, str]] = []

    def take(self, title: str, words: str, url: str = "") -> tuple[int | None, int]:
        """Return the item that says the same, and the thread that this one belongs to."""
        number = len(self._seen)
        if alike.counted_at(number) == number > 0:
            self._rarity = alike.counted(self._texts[-alike.MOST_COUNTED :])
        text = (plain(title).text, plain(words).text)
        place = self._place_of(title, words)
        hits = shipped_watch().matcher.hits(Post.of(title, words))
        fields = shipped_watch().fields(hit.topic.name for hit in hits)
        matter = alike.matter_of(alike.runs_of(*text), self._rarity)
        new = alike.look_at(HERE, "\n".join(text), matter, url=url).at(HERE, place, fields)
        copy = next(
            (one for one in self._likeliest(new.prints) if self._same(new, place, one)), None
        )
        if copy is not None:
            thread = self._seen[copy].thread
        else:
            thread = self._thread(new, place, fields, number)
        self._texts.append(text)
        self._seen.append(Seen(new, thread, place, fields))
        for mark in (*new.prints, *new.keys):
            self._by[mark].append(number)
        return copy, thread

    def _likeliest(self, marks: Collection[int], most: int = alike.COMPARED) -> Sequence[int]:
        return likeliest({mark: self._by[mark] for mark in marks if mark in self._by}, most)

    def _same(self, new: alike.Look, place: str, other: int) -> bool:
        seen = self._seen[other]
        return alike.says_the_same(new.pairs, seen.look.pairs) and not alike.contradict(
            place, new.text, seen.place, seen.look.text
        )

    def _thread(self, new: alike.Look, place: str, fields: frozenset[str], number: int) -> int:
        likely = map(self._member, self._likeliest(new.keys, alike.MEMBERS))
        members = [
            one for one in likely if not alike.contradict(place, new.text, one.place, one.text)
        ]
        found = alike.belongs(new.matter, place, new.text, members, fields).thread
        return number if found is None else int(found)

    def _member(self, other: int) -> alike.Member:
        seen = self._seen[other]
        return alike.Member(
            thread=ItemId(seen.thread),
            matter=seen.look.matter,
            place=seen.place,
            text=seen.look.text,
            fields=seen.fields,
        )


def b_cubed(gold: Sequence[str], found: Sequence[int]) -> tuple[float, float, float]:
    """Return precision, recall and F of a grouping, item by item."""
    by_gold, by_found = defaultdict(set), defaultdict(set)
    for place, (one, other) in enumerate(zip(gold, found, strict=True)):
        by_gold[one].add(place)
        by_found[other].add(place)
    precision = recall = 0.0
    for one, other in zip(gold, found, strict=True):
        both = len(by_gold[one] & by_found[other])
        precision += both / len(by_found[other])
        recall += both / len(by_gold[one])
    count = max(len(gold), 1)
    precision, recall = precision / count, recall / count
    return precision, recall, 2 * precision * recall / (precision + recall)


Edit = Callable[[random.Random, str], str]


def _signs(dice: random.Random, text: str) -> str:
    marks = {"，": " ", "。": "！", "：": " ", "？": "。"}
    return "".join(marks.get(char, char) if dice.random() < 0.8 else char for char in text)


def _framed(dice: random.Random, text: str) -> str:
    head = dice.choice(("【转载】", "网传：", "来源：本地论坛 ", "转发微博 //@网友："))
    tail = dice.choice(("（图）", "查看原文 https://t.cn/A6abc", "@住建发布", "#民生#"))
    return f"{head}{text} {tail}"


def _cut(dice: random.Random, text: str) -> str:
    return text[: max(int(len(text) * dice.uniform(0.55, 0.8)), 6)]


def _reworded(dice: random.Random, text: str) -> str:
    """Drop or replace one pair of characters in eight."""
    pairs = [text[at : at + 2] for at in range(0, len(text), 2)]
    return "".join(
        pair if dice.random() > 0.12 else dice.choice(("", "某某", "据说")) for pair in pairs
    )


def _traditional(_dice: random.Random, text: str) -> str:
    converted: str = _converter().convert(text)
    return converted


@cache
def _converter() -> Any:
    return OpenCC("s2t")


def _inserted(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    extra = dice.choice(("太气人了，大家都来看看。", "小编提醒：理性看待。", "求扩散！求关注！"))
    return text[:at] + extra + text[at:]


EDITS: Mapping[str, Edit] = {
    "signs": _signs,
    "framed": _framed,
    "cut": _cut,
    "reworded": _reworded,
    "traditional": _traditional,
    "inserted": _inserted,
}


def copies(texts: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Return how surely edited copies are found, one of every third text; others are strangers.

    Two originals that say the same by themselves are looked for first and left out.
    """
    dice = random.Random(5)  # noqa: S311 - edits of texts
    stream = Stream(lambda _title, _words: "")
    roots: dict[int, int] = {}
    for place, text in enumerate(texts):
        copy, _ = stream.take(*text)
        roots[place] = place if copy is None else roots[copy]
    originals = [place for place, root in roots.items() if place == root]
    wrong = right = told = 0
    by_edit: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    for place in originals[::3]:
        name = dice.choice(list(EDITS))
        title, words = texts[place]
        whole = f"{title}。{words}" if words else title
        copy, _ = stream.take("", EDITS[name](dice, whole))
        roots[len(roots)] = place
        tried[name] += 1
        told += copy is not None
        is_right = copy is not None and roots[copy] == place
        right += is_right
        by_edit[name] += is_right
        wrong += copy is not None and not is_right
    recalls = {f"recall_{name}": by_edit[name] / tried[name] for name in EDITS}
    return {
        "precision": right / told,
        "recall": right / sum(tried.values()),
        **recalls,
        "wrong": wrong,
        "natural": len(texts) - len(originals),
    }


def average_precision(scored: Sequence[tuple[float, bool]]) -> float:
    """Return the area under the precision of a ranking, the highest first."""
    hits, total = 0, 0.0
    for place, (_, is_one) in enumerate(sorted(scored, key=lambda each: -each[0]), 1):
        hits += is_one
        total += hits / place * is_one
    return total / max(hits, 1)


def of_folder(folder: Path) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield the figures of each labelled file of a folder, by its name."""
    for file in sorted(folder.glob("gov_message_cases*.tsv")):
        rows = sorted(rows_of(file), key=lambda row: _moment(row.label.get("time", "")))
        yield f"cases {file.name}", _cases(rows)
        yield f"copies {file.name}", copies([(row.title, row.words) for row in rows[:1200]])
        yield f"disguise {file.name}", _disguised([row.text for row in rows])
    for file in sorted(folder.glob("news_risk_*.tsv")):
        news = rows_of(file)
        yield f"risk {file.name}", _risk(news)
        yield f"copies {file.name}", copies([(row.text, "") for row in news])
    for file in sorted(folder.glob("emergency_news_*.tsv")):
        yield f"dead {file.name}", _dead(rows_of(file))


def _cases(rows: Sequence[Row]) -> dict[str, float]:
    """Group messages; figures are of those that are in a gold case."""
    stream = Stream(lambda title, _words: place_said(plain(title).text))
    gold: list[str] = []
    found: list[int] = []
    for row in rows:
        _, thread = stream.take(row.title, row.words)
        if row.label["case"] != "none":
            gold.append(row.label["case"])
            found.append(thread)
    precision, recall, f = b_cubed(gold, found)
    fragments = len(set(zip(gold, found, strict=True))) / len(set(gold))
    return {"b3_precision": precision, "b3_recall": recall, "b3_f": f, "fragments": fragments}


def _risk(rows: Sequence[Row]) -> dict[str, float]:
    """Rank titles; *negative alone* is what the tone gives without whose business it is."""
    ground = Ground({})
    scored, tones = [], []
    for row in rows:
        spoken = tone(row.text)
        ours = ground.of(Post.of(row.text), on_topic=True, reported=False)
        abroad = bool(set(ours.words) & abroad_names()) and ours.elsewhere
        is_one = row.label["risk"] == "1"
        scored.append((spoken.risk * (0.15 if abroad else 1), is_one))
        tones.append((spoken.negative, is_one))
    return {"ap": average_precision(scored), "ap_negative_alone": average_precision(tones)}


def _dead(rows: Sequence[Row]) -> dict[str, float]:
    """Read the dead from the text alone where the title counts them."""
    told = [(casualties(row.title).dead, casualties("", row.words).dead) for row in rows]
    counted = [(title, text) for title, text in told if title]
    same = sum(title == text for title, text in counted)
    return {"reports": len(counted), "same": same / max(len(counted), 1)}


def _disguised(texts: Sequence[str]) -> dict[str, float]:
    """Hold topics against texts as they are and with their characters parted or changed."""
    dice = random.Random(3)  # noqa: S311 - disguises
    matcher = shipped_watch().matcher
    plainly = hidden = 0
    for text in texts:
        hits = {(hit.topic.name, hit.line) for hit in matcher.hits(Post.of("", text))}
        other = {
            (hit.topic.name, hit.line) for hit in matcher.hits(Post.of("", _disguise(dice, text)))
        }
        plainly += len(hits)
        hidden += len(hits & other)
    return {"hits": plainly, "kept": hidden / max(plainly, 1)}


def _disguise(dice: random.Random, text: str) -> str:
    converted = _traditional(dice, text) if dice.random() < 0.5 else text
    return "".join(char + dice.choice(("", "", " ", ".", "*", "\u200b", "☆")) for char in converted)


FAMILIES = {
    "delivery": "房屋交付",
    "quality": "房屋质量",
    "presale": "预售销售",
    "wage": "农民工工资",
    "property": "物业服务",
    "demolition": "征收拆迁",
    "dangerous": "危险房屋",
    "site": "施工安全",
    "utilities": "水电气暖",
    "housing": "住房保障",
    "fund": "公积金",
    "registration": "不动产登记",
    "planning": "规划邻避",
    "urban": "城市管理",
    "old": "老旧小区",
    "rental": "租赁中介",
    "geohazard": "地质灾害",
    "land": "征地用地",
    "conduct": "作风",
}
"""The labels of the set, and the fields (@类) of the topics that ship."""
OWN = {
    "本地": "江北区 春江村 江北区住建局",
    "小区": "金色家园 翠湖花园 锦绣城 阳光里 东苑新村 云溪府 滨江壹号 和兴苑 老街片区",
    "上级": "南州市",
    "外地": "江南区",
}
OTHER_ESTATES = "桂花苑 翡翠湾 康宁里 东湖花苑 书香名邸 枫林小区 香樟园 锦华苑"
OTHER_PLACES = "石桥镇 南门街"
"""Those of the matters."""
SET = Path(__file__).with_name("opinion_set.tsv")
MATTERS = Path(__file__).with_name("opinion_matters.tsv")
"""Matters of which several are in one estate, each in other words; rules were written by it."""
BLIND = Path(__file__).with_name("opinion_blind.tsv")
"""A hundred more, written before the rules were mended by the first half of the set."""


class Labelled(NamedTuple):
    """An item of the project's own set; *own* 1 or 0, *risk*: a bureau has to know of it."""

    own: bool
    risk: bool
    topic: str
    grade: Grade
    copy: str
    case: str
    text: str

    @classmethod
    def of(cls, row: Mapping[str, str]) -> "Labelled":
        """Return what a line of a set says."""
        return cls(
            own=row["own"] == "1",
            risk=row["risk"] == "1",
            topic=row["topic"],
            grade=Grade(row["grade"]),
            copy=row["copy"],
            case=row["case"],
            text=row["text"],
        )


def own_set(where: Path = SET) -> list[Labelled]:
    """Return the project's own labelled items."""
    with where.open(encoding="utf-8", newline="") as file:
        return [
            Labelled.of(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def judged(text: str, ground: Ground | None = None) -> Judgement:
    """Judge a text as the bureau of the set does, or one of another ground."""
    watch = shipped_watch()
    post = Post.of("", text)
    hits = watch.matcher.hits(post)
    return judge(post, hits, ground or _ground(), Beside(source="本地论坛"))


@cache
def shipped_watch() -> Watch:
    return Watch(shipped())


@cache
def _ground() -> Ground:
    return Ground({name: words.split() for name, words in OWN.items()})


def on_own_set(
    items: Sequence[Labelled], judging: Callable[[str], Judgement] = judged
) -> dict[str, float]:
    """Return how well each part of the judgement does on items of the set."""
    every = [(item, judging(item.text)) for item in items]
    alarms = [(item.own and item.risk, found.alarming) for item, found in every]
    own = [(item.own, found.relevance.value >= OWN_FIELD) for item, found in every]
    topics = [(item.topic, families(found)) for item, found in every if item.own]
    on = [(topic, found) for topic, found in topics if topic != "none"]
    grades = [
        (item.grade, found.suggestion.grade) for item, found in every if item.own and item.risk
    ]
    order = list(Grade)
    figures = {
        "items": len(items),
        "risk_ap": average_precision(
            [(found.risk, item.own and item.risk) for item, found in every]
        ),
        "topic_right": sum(topic in found for topic, found in on) / max(len(on), 1),
        "grade_right": sum(one is other for one, other in grades) / max(len(grades), 1),
        "grade_within_one": sum(
            abs(order.index(one) - order.index(other)) <= 1 for one, other in grades
        )
        / max(len(grades), 1),
    }
    return figures | _two_by_two("alarm", alarms) | _two_by_two("own", own)


def families(found: Judgement) -> set[str]:
    """Return the families of a judgement's topics."""
    fields = shipped_watch().fields(name for name, _ in found.topics)
    return {family for family, field in FAMILIES.items() if field in fields}


def _two_by_two(name: str, pairs: Sequence[tuple[bool, bool]]) -> dict[str, float]:
    counts = Counter(pairs)
    right, missed, wrong = counts[True, True], counts[True, False], counts[False, True]
    return {
        f"{name}_precision": right / max(right + wrong, 1),
        f"{name}_recall": right / max(right + missed, 1),
        f"{name}_right": right,
        f"{name}_too_many": wrong,
        f"{name}_missed": missed,
        f"{name}_rightly_not": counts[False, False],
    }


def copies_and_cases(items: Sequence[Labelled]) -> dict[str, float]:
    """Return how surely copies and cases of the set are found, in its order."""
    stream = Stream(_own_place)
    gold_copy, gold, found, same = [], [], [], []
    first: dict[int, int] = {}
    for place, item in enumerate(items):
        copy, thread = stream.take("", item.text)
        first[place] = first[copy] if copy is not None else place
        gold_copy.append(item.copy or f"alone {place}")
        gold.append(item.case or f"alone {place}")
        found.append(thread)
        same.append(first[place])
    right, told, labelled = _pairs_right(gold_copy, same)
    in_case = [at for at, item in enumerate(items) if item.case]
    precision, recall, f = b_cubed([gold[at] for at in in_case], [found[at] for at in in_case])
    return {
        "copy_precision": right / max(told, 1),
        "copy_recall": right / max(labelled, 1),
        "case_b3_precision": precision,
        "case_b3_recall": recall,
        "case_b3_f": f,
    }


class Told(NamedTuple):
    """A post and the matter that it is about, empty if it is about none."""

    case: str
    text: str


def own_matters() -> list[Told]:
    """Return the posts of the matters."""
    with MATTERS.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Told(**row) for row in rows]


def in_matters(
    posts: Sequence[Told],
    orders: int = 4,
    streams: Callable[[Callable[[str, str], str]], Stream] = Stream,
) -> dict[str, float]:
    """Return how surely posts come to their matter, on average of some orders to come in."""
    lists = {**OWN, "小区": f"{OWN['小区']} {OTHER_ESTATES}"}
    lists["本地"] = f"{OWN['本地']} {OTHER_PLACES}"
    ground = Ground({name: words.split() for name, words in lists.items()})
    sums: Counter[str] = Counter()
    for order in range(orders):
        shuffled = random.Random(order).sample(posts, len(posts))  # noqa: S311 - orders to come in
        stream = streams(lambda title, words: _place_on(ground, title, words))
        found = [stream.take("", one.text)[1] for one in shuffled]
        in_case = [at for at, one in enumerate(shuffled) if one.case]
        figures = b_cubed([shuffled[at].case for at in in_case], [found[at] for at in in_case])
        sums.update(dict(zip(("b3_precision", "b3_recall", "b3_f"), figures, strict=True)))
    return {name: total / orders for name, total in sums.items()}


def _own_place(title: str, words: str) -> str:
    return _place_on(_ground(), title, words)


def _place_on(ground: Ground, title: str, words: str) -> str:
    post = Post.of(title, words)
    return ground.of(post, on_topic=True, reported=False).place or place_said(post.plain.text)


def _pairs_right(gold: Sequence[str], found: Sequence[int]) -> tuple[int, int, int]:
    """Return how many pairs are rightly the same, found the same, labelled the same."""
    pairs = [
        (gold[one] == gold[other], found[one] == found[other])
        for one, other in combinations(range(len(gold)), 2)
    ]
    return (
        sum(is_one and said for is_one, said in pairs),
        sum(said for _, said in pairs),
        sum(is_one for is_one, _ in pairs),
    )


def _moment(written: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", written))


def halves(items: Sequence[Labelled]) -> Mapping[str, Sequence[Labelled]]:
    """Part the set: one half was looked at while rules were written, the other was held back."""
    return {"looked at": items[::2], "held back": items[1::2]}
