"""The words of a report: the initial one with all that is known, then only what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from handlers.rules.calendar import local
from storage.vocabulary import IncidentElement as Element
from storage.vocabulary import IncidentReportKind as Kind

LABELS: Mapping[Element, str] = MappingProxyType(
    {
        Element.EVENT: "事件",
        Element.PLACE: "地点",
        Element.HAPPENED: "发生时间",
        Element.CASUALTIES: "伤亡情况",
        Element.NATURE: "事件性质",
        Element.MEASURES: "已采取措施",
        Element.SCOPE: "影响范围",
        Element.LOSS: "财产损失",
        Element.TREND: "发展趋势",
        Element.LEADERS: "到场领导",
        Element.SOURCE: "信息来源",
        Element.REQUEST: "请求事项",
        Element.CONTACT: "联系人",
    }
)
ASKED: tuple[Element, ...] = tuple(each for each in Element if each is not Element.EVENT)
"""What is asked for where it is missing, in this order."""

_DIGITS = "零一二三四五六七八九"
_TEN = 10
_NAMES = {Kind.INITIAL: "初报", Kind.FINAL: "终报"}


def name_of(kind: Kind, position: int) -> str:
    """Call a report as people do: 初报, 续报一, 终报."""
    return _NAMES.get(kind, f"续报{_numeral(position)}")


def _numeral(number: int) -> str:
    tens, ones = divmod(number, _TEN)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones or not tens else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a report is made of: *known* by now, *before* when the last report was signed."""

    kind: Kind
    known: Mapping[Element, str]
    before: Mapping[Element, str]
    received_at: datetime
    now: datetime
    words: str = ""


def missing(known: Mapping[Element, str], unknown: Sequence[str] = ()) -> list[Element]:
    """Return what is asked for and not known, but for what nobody is said to know."""
    return [each for each in ASKED if not known.get(each) and each not in unknown]


def news(told: Told) -> dict[Element, str]:
    """Return what is known by now and was not in the last report."""
    return {
        each: said for each, said in told.known.items() if said and told.before.get(each) != said
    }


def paragraphs(told: Told) -> list[str]:
    """Return the text of a report, a paragraph each."""
    if told.kind is Kind.INITIAL:
        return _initial(told)
    new = news(told)
    when = _moment(told.now)
    if told.kind is Kind.FOLLOW_UP:
        lines = [f"截至{when}，有关情况续报如下："]
        lines += [f"{LABELS[each]}：{_ended(new[each])}" for each in LABELS if each in new]
        if told.words:
            lines.append(_ended(told.words))
        if len(lines) == 1:
            lines.append("目前情况没有新的变化，后续情况及时报告。")
        return lines
    lines = [f"截至{when}，该事件已处置完毕，现将有关情况终报如下："]
    lines += [f"处置结果：{_ended(told.words)}"] if told.words else []
    lines += [
        f"{LABELS[each]}：{_ended(told.known[each])}"
        for each in (Element.CASUALTIES, Element.LOSS)
        if told.known.get(each) and each not in new
    ]
    return lines + [f"{LABELS[each]}：{_ended(new[each])}" for each in LABELS if each in new]


def _initial(told: Told) -> list[str]:
    known = told.known
    place = known.get(Element.PLACE, "")
    event = known.get(Element.EVENT) or known.get(Element.NATURE) or "突发事件"
    where = "" if place and place in event else place
    nature = known.get(Element.NATURE, "")
    kind = f"（{nature}）" if nature and nature not in event else ""
    when = f"{known[Element.HAPPENED]}，" if known.get(Element.HAPPENED) else ""
    began = f"{when}{where}{event}{kind}。"
    source = known.get(Element.SOURCE, "")
    lines = [
        began + f"我局于{_moment(told.received_at)}接报" + (f"（{source}）。" if source else "。")
    ]
    lines.append(_ended(known.get(Element.CASUALTIES) or "人员伤亡情况正在核实"))
    lines += [
        f"{LABELS[each]}：{_ended(known[each])}"
        for each in (
            Element.SCOPE,
            Element.LOSS,
            Element.LEADERS,
            Element.MEASURES,
            Element.TREND,
            Element.REQUEST,
        )
        if known.get(each)
    ]
    if not known.get(Element.MEASURES):
        lines.append("现场处置情况正在了解。")
    lines.append("后续情况及时续报。")
    return lines


def _ended(said: str) -> str:
    return said.rstrip("。.;；，, ") + "。"


def _moment(moment: datetime) -> str:
    here = local(moment)
    return f"{here.month}月{here.day}日{here.hour}时{here.minute}分"
