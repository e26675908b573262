"""What is said of the machine's findings, to the author as to the reviewers."""

from collections.abc import Mapping, Sequence
from typing import Any

from handlers.rules.proof import Finding, Found

GROUPS = {
    "elements": "要素",
    "title": "标题",
    "stale": "时效",
    "leader": "领导称谓",
    "slip": "错别字",
    "sensitive": "用词",
    "numbers": "数字",
    "length": "篇幅",
}
_MISSING = {
    Finding.NO_TIME: "时间",
    Finding.NO_PLACE: "地点",
    Finding.NO_WHO: "谁做的",
    Finding.NO_RESULT: "结果",
}
SLIP = "{count}处：{groups}"
MISSING = "缺{what}，请补上"
SAID = {
    Finding.TITLE_LONG: "标题{words}字，建议不超过{instead}字",
    Finding.TITLE_MARK: "标题末尾不用“{words}”",
    Finding.STALE: "“{words}”的事报送晚了（应在{instead}个工作日内）",
    Finding.NOT_SAME_DAY: "突发信息应当天报送，正文写的是“{words}”",
    Finding.LEADER_NAME: "姓名“{words}”是不是“{instead}”？",
    Finding.LEADER_TITLE: "“{words}”职务不对，应为“{instead}”",
    Finding.LEADER_WITHOUT_TITLE: "“{words}”第一次出现要带职务：{instead}",
    Finding.LEADER_ORDER: "领导排序：“{words}”应为“{instead}”",
    Finding.SLIP: "错别字：{words}→{instead}",
    Finding.PUNCTUATION: "标点或叠字：“{words}”",
    Finding.SENSITIVE: "用词：“{words}”建议改为：{instead}",
    Finding.SUM: "数字对不上：写的{words}，分项相加是{instead}",
    Finding.RATE: "数字对不上：“{words}”，算下来是{instead}",
    Finding.DIFFERS: "前后不一致：这里{words}，另一处{instead}",
    Finding.NO_SUCH_DATE: "没有“{words}”这一天",
    Finding.WEEKDAY: "“{words}”应为{instead}",
    Finding.TOO_SHORT: "正文{words}字，偏短（一般不少于{instead}字）",
    Finding.TOO_LONG: "正文{words}字，偏长（一般不超过{instead}字）",
}
IN_TITLE = "（标题）"
IN_PARAGRAPH = "（第{place}段）"


def slip_of(findings: Sequence[Mapping[str, Any]]) -> str:
    """Return the reviewers' slip of a version: how many findings, and of what sort."""
    found = [Found.read(each) for each in findings]
    groups = dict.fromkeys(GROUPS[one.code.group] for one in found)
    return SLIP.format(count=len(found), groups="、".join(groups)) if found else ""


def said_of(found: Sequence[Found], body: str) -> list[str]:
    """Return a line for each finding with its place; what is missing shares one line."""
    missing = [_MISSING[one.code] for one in found if one.code in _MISSING]
    lines = [MISSING.format(what="、".join(missing))] if missing else []
    for one in found:
        if one.code in SAID:
            said = SAID[one.code].format(words=one.words, instead=one.instead)
            lines.append(said + _place(one, body))
    return lines


def _place(found: Found, body: str) -> str:
    if found.in_title:
        return IN_TITLE if found.code.group != "title" else ""
    if not found.end or "\n" not in body:
        return ""
    return IN_PARAGRAPH.format(place=body.count("\n", 0, found.start) + 1)
