"""Which section a report names: as finder (燃气科那边报来), or to handle it (由燃气科处置)."""

import re
from typing import NamedTuple

_SECTION = "[一-鿿]{1,8}?(?:科室?|办公室|办|中心|股|处|站|队|室)"
_THERE = "(?:那边|那里|那头|这边)?(?:刚刚?|刚才|今早|今天|昨天)?"
_FROM = re.compile(
    rf"^(?!.{{0,3}}办公室|.{{0,3}}值班室)(?P<unit>{_SECTION}){_THERE}(?:上?报|反映|反馈|发现|转)(?:了|来|过来|来了)?(?:一?[个条起])?"
    r"(?:的?舆情[:：,，\s]*|(?:情况)?[:：,，\s]+)"
)
"""The office and whoever is on duty only pass on what others found."""
_TO = re.compile(
    rf"(?:^|[,，;；。\s])\s*(?:建议|拟)?(?:请|交由?|交给|由|转给?|转交|让|派|归)(?P<unit>{_SECTION})"
    r"(?:的?同志)?(?:来|去|负责|牵头|及时|尽快|马上|抓紧|先)*"
    r"(?:处置|处理|办理|承办|核实|核查|查处|跟进|落实|对接|负责|牵头|去?看看?|办)(?:一下)?"
    r"(?=$|[,，;；。!！\s])"
)


class Handing(NamedTuple):
    """What is said of a section: as what it is called, and the report without that."""

    called: str
    words: str
    to_handle: bool


def handing(words: str) -> Handing | None:
    """Return what a report says of whose it is; None where it names nobody."""
    if found := _TO.search(words):
        rest = _FROM.sub("", f"{words[: found.start()]} {words[found.end() :]}")
        return Handing(found["unit"], rest.strip(" ,，;；。"), to_handle=True)
    if found := _FROM.match(words):
        rest = words[found.end() :].strip(" :：,，")
        return Handing(found["unit"], rest, to_handle=False)
    return None
