"""How many people a text speaks of, as people write numbers: 3人, 三个, 仨, 十来个, 近百, 五六百.

A number that is not exact counts as the least that it says.
"""

import re
from typing import Final

from handlers.rules.numerals import NUMERAL, number

_DIGITS = "一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
_FEW = 2
"""What 几 and 数 stand for at least, in 几十, 数百."""

COUNT: Final = (
    rf"(?:好?[几数][十百千万]|[上近约小][十百千万]|[百千](?=[余多来十把号名])|{NUMERAL}几?|[仨俩])"
    "(?:[余多来]|(?<=百)十[来余]?|(?<=十)把)?"
)
"""Any of these numbers; what is not exact ends with 余, 多, 来 or 几."""

WHO: Final = (
    "工人|工友|民工|农民工|员工|职工|学生|儿童|幼儿|孩子|小朋友|娃娃?|学童|居民|村民|群众|市民|业主|住户|租户|租客|房客|老人|大爷"
    "|大妈|大叔|阿姨|老太太?|老头|婴儿|男子|女子|男的|女的|小伙子?|女孩|男孩|女童|男童|少年|少女|矿工|学员|游客|旅客|老师|教师|民警|辅警|医生|护士|驾驶员|行人|路人|乘客|司机|师傅|泥瓦匠|木匠|[木瓦泥焊电钢架]工|泥瓦工|钢筋工|架子工"
    "|塔吊司机|作业人员|施工人员|人员|保安|保洁|快递员|外卖员|外卖小哥|送外卖的|消防员|消防战士|老乡|兄弟|弟兄|囚犯|病人|患者|客人|顾客|妇女|老板|家属|亲属|访民|商户|摊主|家长"
)
"""Words for people that stand behind a number or do something themselves."""

PEOPLE: Final = rf"(?:[名个位口人](?:{WHO}|人)?|号(?:人|{WHO})|{WHO})"
"""What stands behind a number of people: 名工人, 人, 个, 口, 工友."""

_APPROXIMATE = re.compile(r"(?:(?<=百)十)?[余多来几]$|(?<=百)十$|(?<=十)把$")
_PAIR = re.compile(rf"([{_DIGITS}两])([{_DIGITS}])([十百千万]?)")
_TEENS = re.compile(rf"([{_DIGITS}]?十)([{_DIGITS}])([{_DIGITS}])")
_VAGUE = re.compile(r"(?:好?[几数]|[上近约小])?([十百千万])")
_SPOKEN = {"俩": 2, "仨": 3}


def least(word: str) -> int | None:
    """Return the least number that a word of `COUNT` says; None where it is none."""
    if word in _SPOKEN:
        return _SPOKEN[word]
    bare = _APPROXIMATE.sub("", word) or word
    if pair := _PAIR.fullmatch(bare):
        first, second, unit = pair.groups()
        before = "一二" if first == "两" else first
        if _DIGITS.find(second) == _DIGITS.find(before[-1]) + 1:
            return (number(first) or 0) * _UNITS.get(unit, 1)
    if (teens := _TEENS.fullmatch(bare)) and teens[3] == _DIGITS[_DIGITS.find(teens[2]) + 1 :][:1]:
        return number(teens[1] + teens[2])
    if vague := _VAGUE.fullmatch(bare):
        size = _UNITS[vague[1]]
        if bare[0] in "好几数":
            return _FEW * size
        return size * 9 // 10 if bare[0] == "近" else size
    return number(bare)
