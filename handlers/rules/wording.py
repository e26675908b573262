"""Whether a change touches only the wording: no number, date, name or negation, and a small part.

Deliberately strict: whatever is not plainly wording counts as content, and the gates are asked
again.
"""

import re
from collections.abc import Collection

from rapidfuzz.distance import Levenshtein

SMALL_SHARE = 0.1
"""The changed part of a text up to which a change can be one of wording."""

_NUMERALS = "零〇一二三四五六七八九十百千万亿两半几壹贰叁肆伍陆柒捌玖拾佰仟"
_HAN = "[一-鿿]"
_FACTS = (
    r"\d+(?:[.,:：/-]\d+)*%?",
    rf"[{_NUMERALS}]+",
    "[年月日号时点分旬季周]|[今明昨前后]天|[上中下]午|凌晨|晚上",
    "[不未没无非勿莫否]",
    "[A-Za-z]+",
    "《[^》]*》",
    rf"{_HAN}{{1,3}}(?:局长|科长|主任|书记|处长|股长|站长|[县区市省]长|部长|队长|主席|总理)",
    rf"{_HAN}{{2,3}}(?=同志|表示|介绍|指出|强调|带队|说|[,，:：]男|[,，:：]女)",
    rf"{_HAN}{{1,6}}(?:[省市区县镇乡村局科股处厅部委办]|街道|社区|公司|集团|中心|学校|医院)",
)


def only_wording_changed(old: str, new: str, names: Collection[str] = ()) -> bool:
    """Tell whether *new* says the same as *old* in slightly other words.

    The numbers, dates, names, titles and negations stand in both, in the same order, and not more
    than `SMALL_SHARE` of the characters differ. *names* are people's names to look out for.
    """
    facts = re.compile("|".join([*map(re.escape, filter(None, names)), *_FACTS]))
    if facts.findall(old) != facts.findall(new):
        return False
    return changed_share(old, new) <= SMALL_SHARE


def changed_share(old: str, new: str) -> float:
    """Return the part of the longer text that was changed, from 0 to 1."""
    return Levenshtein.normalized_distance(old, new)
