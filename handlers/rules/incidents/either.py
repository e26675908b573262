"""Whether a report may be an emergency as well as public opinion: 3号楼电梯困人，有人拍了视频.

What happens now and endangers people is told first, and beside it that somebody films or posts it.
Who begins with where it is said (抖音有人发视频说…) or counts likes reports what is said; who tells
of yesterday reports no emergency.
"""

import re

_CLAUSE = re.compile(r"[^，,。；;！!？?\n]+")
DANGER = (
    r"困人|被困|困在|卡人|泄漏|泄露|漏气|起火|着火|失火|冒烟|爆炸|爆燃|[坍倒垮]塌|塌方|塌陷|塌了|坠[落楼亡]"
    r"|高坠|触电|中毒|受伤|伤者|死亡|遇难|被埋|失联|挖断|挖破|爆管|跳楼|砸[伤中死]"
)
MEDIA = (
    r"拍(?:了|着|下|到|的|成)?.{0,4}(?:视频|照|像)|在拍|录(?:了|着)?(?:像|视频|下来)|视频|直播|发(?:了|到|在|上).{0,4}"
    r"(?:网|群|圈|抖音|快手|微博|小红书)|传(?:到|上|在|开)|网上|抖音|快手|微博|小红书|朋友圈|业主群|微信群"
)
_DANGER, _MEDIA = re.compile(DANGER), re.compile(MEDIA)
_COUNTED = re.compile(
    r"(?:点赞|转发|评论|阅读|播放|浏览|观看|转赞评).{0,4}[\d一二两三四五六七八九十百千万几]|热搜|热榜"
)
_PAST = re.compile(r"昨|前天|上周|上个?月|去年|前年|\d+月\d+[日号]|以前|之前|旧视频|老视频")


def either(text: str) -> bool:
    """Tell whether a report may be meant either way."""
    if _COUNTED.search(text) or _PAST.search(text):
        return False
    clauses = [one[0] for one in _CLAUSE.finditer(text)]
    danger = _first(_DANGER, clauses)
    media = _first(_MEDIA, clauses)
    return danger is not None and media is not None and danger < media


def _first(form: re.Pattern[str], clauses: list[str]) -> int | None:
    return next((place for place, clause in enumerate(clauses) if form.search(clause)), None)
