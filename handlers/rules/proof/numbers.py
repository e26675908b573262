"""数字: totals and their parts, rates, the same quantity said twice, title against body."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from handlers.rules.proof.finding import Finding, Found, Item

_UNITS = (
    "万平方米|平方米|立方米|平方公里|公里|万元|亿元|万人次|人次|万人|万份|批次|家|处|个|户|人|名"
    "|件|起|份|条|次|场|项|栋|幢|台"
    "|辆|吨|元|套|座|所|宗|批|例|只|棵|盏|块|张|支|艘|亩|米"
)
_QUANTITY = re.compile(
    rf"(?<![\d.第])(?P<value>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?"
    rf"|\d+(?:\.\d+)?)(?P<about>[余多])? ?(?P<unit>{_UNITS})(?!月|小时|工作日|百分点|以[上下])"
)
_SENTENCE = re.compile(r"[^。！？\n]+")
_TOTAL = re.compile(r"(?:共|合计|总计|总共|共计|累计|一共)[^，。；\d]{0,12}$")
_OF_THEM = re.compile(r"其中|包括|分别(?:为|是)")
_PARTLY = re.compile(r"等|余|以上|占|主要|多为|近|约")
_BY_SCOPE = re.compile(
    r"季度|半年|\d+ ?月|\d+ ?日|第[一二三四五六七八九十]|去年|上年|同期|同比|环比|较|增|累计"
    r"|今年以来|分别|其中|各|每|甲|乙"
    r"|一组|二组|三组|上午|下午|首批|新增|另|再|还|又|余下|剩余"
)
_RATE = re.compile(
    r"(?P<name>整改|完成|合格|办结|到位|覆盖|达标|签约|处置)率(?:达|为|达到|提升至"
    r"|是)?(?P<rate>\d+(?:\.\d+)?) ?[%％]"
)
_NOUN_BEFORE = re.compile(r"[\u4e00-\u9fff]{2,6}$")
_NOUN_AFTER = re.compile(r"^[\u4e00-\u9fff]{2,6}")
_STOPS = re.compile(r"[共计了及和与有约近达为的对在，、]")
_CLOSE = 0.6
_ROUNDED = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class _Quantity:
    start: int
    end: int
    value: float
    unit: str
    about: bool
    before: str
    after: str


def numbers(item: Item) -> Iterator[Found]:
    """Yield numbers that do not agree with one another."""
    for sentence in _SENTENCE.finditer(item.body):
        said = _quantities(sentence[0])
        for fault in (*_sums(sentence[0], said), *_rates(sentence[0], said)):
            yield _moved(fault, sentence.start())
    yield from _said_twice(item.body)
    yield from _title_against_body(item)


def _quantities(text: str) -> list[_Quantity]:
    return [
        _Quantity(
            start=found.start(),
            end=found.end(),
            value=float(found["value"].replace(",", "")),
            unit=found["unit"],
            about=found["about"] is not None,
            before=text[max(0, found.start() - 8) : found.start()],
            after=text[found.end() : found.end() + 8],
        )
        for found in _QUANTITY.finditer(text)
    ]


def _sums(sentence: str, said: Sequence[_Quantity]) -> Iterator[Found]:
    """Compare 共23处，其中A 18处、B 2处, and A 12家、B 8家，共23家."""
    for at, total in enumerate(said):
        if total.about:
            continue
        behind = sentence[total.end :]
        of_them = _OF_THEM.search(behind.partition("；")[0])
        if of_them and of_them.start() <= _NEAR_BY:
            begin = total.end + of_them.end()
            end = _end_of_list(sentence, begin)
            parts = [each for each in said[at + 1 :] if begin <= each.start < end]
            whole = not _PARTLY.search(sentence[begin:end])
            yield from _unequal(
                total, [each for each in parts if each.unit == total.unit], whole=whole
            )
        elif _TOTAL.search(sentence[: total.start]):
            parts = [each for each in said[:at] if each.unit == total.unit]
            listed = len(parts) > 1 and _is_list(sentence, parts, total)
            if listed and not any(each.about for each in parts):
                yield from _unequal(total, parts, whole=True)


_NEAR_BY = 14


def _end_of_list(sentence: str, begin: int) -> int:
    """Return where the parts end: with the clause in which no part stands any more."""
    end = begin
    for clause in re.finditer(r"[^，；]*[，；]?", sentence[begin:]):
        if not clause[0] or not _QUANTITY.search(clause[0]):
            break
        end = begin + clause.end()
        if "；" in clause[0]:
            break
    return end


def _is_list(sentence: str, parts: Sequence[_Quantity], total: _Quantity) -> bool:
    """Tell whether nothing but the parts' own names stands between them and their total."""
    spans = [*parts, total]
    gaps = [sentence[one.end : other.start] for one, other in pairwise(spans)]
    clear = all(len(gap) <= _NEAR_BY and "；" not in gap for gap in gaps)
    return clear and not _BY_SCOPE.search("".join(gaps).replace("其中", ""))


def _unequal(total: _Quantity, parts: Sequence[_Quantity], *, whole: bool) -> Iterator[Found]:
    if not parts or any(part.about for part in parts):
        return
    together = sum(part.value for part in parts)
    too_much = together > total.value + _ROUNDED
    too_little = whole and len(parts) > 1 and together < total.value - _ROUNDED
    if too_much or too_little:
        yield Found(
            code=Finding.SUM,
            start=total.start,
            end=max(total.end, parts[-1].end),
            words=f"{_shown(total.value)}{total.unit}",
            instead=f"{_shown(together)}{total.unit}",
        )


def _rates(sentence: str, said: Sequence[_Quantity]) -> Iterator[Found]:
    """Compare 隐患20处，已整改18处，整改率95% with what 18 of 20 are."""
    for found in _RATE.finditer(sentence):
        before = [each for each in said if each.end <= found.start() and not each.about]
        pair = [each for each in before if before and each.unit == before[-1].unit][-2:]
        if len(pair) < 2 or _BY_SCOPE.search(sentence[pair[0].start : found.start()]):  # noqa: PLR2004 - a whole and its part
            continue
        whole, part = pair
        if not 0 < part.value <= whole.value:
            continue
        rate = part.value / whole.value * 100
        if abs(rate - float(found["rate"])) > _CLOSE:
            yield Found(
                code=Finding.RATE,
                start=pair[0].start,
                end=found.end(),
                words=found[0],
                instead=f"{_shown(round(rate, 1))}%",
            )


def _said_twice(body: str) -> Iterator[Found]:
    """Compare what two sentences count under exactly the same name."""
    seen: dict[tuple[str, str], _Quantity] = {}
    for sentence in _SENTENCE.finditer(body):
        if _BY_SCOPE.search(_DATED.sub("", sentence[0])):
            continue
        told: dict[tuple[str, str], _Quantity] = {}
        for said in _quantities(sentence[0]):
            noun = _STOPS.split((_NOUN_BEFORE.search(said.before) or [""])[0])[-1]
            if len(noun) < _A_NAME or said.about:
                continue
            told.setdefault((noun[-4:], said.unit), said)
        for key, said in told.items():
            first = seen.setdefault(key, said)
            if first.value != said.value:
                yield Found(
                    code=Finding.DIFFERS,
                    start=sentence.start() + said.start,
                    end=sentence.start() + said.end,
                    words=f"{_shown(said.value)}{said.unit}",
                    instead=f"{_shown(first.value)}{first.unit}",
                )


_A_NAME = 4
_DATED = re.compile(r"^(?:20\d{2} ?年 ?)?\d+ ?月 ?\d+ ?日")


def _title_against_body(item: Item) -> Iterator[Found]:
    """Compare a quantity of the title with all of the body that count the same thing."""
    told = _quantities(item.body)
    for said in _quantities(item.title):
        noun = _noun(said)
        same = [each for each in told if each.unit == said.unit and noun & _noun(each)]
        if same and not any(each.value == said.value for each in same) and not said.about:
            if any(each.about for each in same) or sum(each.value for each in same) == said.value:
                continue
            yield Found(
                code=Finding.DIFFERS,
                in_title=True,
                start=said.start,
                end=said.end,
                words=f"{_shown(said.value)}{said.unit}",
                instead=f"{_shown(same[0].value)}{said.unit}",
            )


def _noun(said: _Quantity) -> frozenset[str]:
    """Return the pairs of characters of what is counted, beside the number."""
    words = [_NOUN_BEFORE.search(said.before), _NOUN_AFTER.search(said.after)]
    pieces = [piece for word in words if word for piece in _STOPS.split(word[0]) if len(piece) > 1]
    return frozenset(piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1)) - _WEAK


_WEAK = frozenset({"检查", "开展", "完成", "发现", "整改", "组织", "全区", "全市", "全县", "累计"})


def _moved(found: Found, by: int) -> Found:
    return Found(
        code=found.code,
        start=found.start + by,
        end=found.end + by,
        words=found.words,
        instead=found.instead,
    )


def _shown(value: float) -> str:
    return f"{value:g}" if value < 1e6 else f"{value:.0f}"  # noqa: PLR2004 - where %g turns to 1e+06
