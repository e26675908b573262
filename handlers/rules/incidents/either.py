"""Whether a report may be an emergency as well as public opinion: 3号楼电梯困人，有人拍了视频.

What happens now and endangers people is told first, and beside it that somebody films or posts it,
or a link to where it is said; or nothing else at all (人民路燃气泄漏), and no word that announces
an emergency. Who begins with where it is said (抖音有人发视频说…) or counts likes reports what is
said; who tells of yesterday reports no emergency.
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
LINK = r"https?://\S+"
_LINKED = "，[链接]，"
_DANGER, _MEDIA = re.compile(DANGER), re.compile(rf"{MEDIA}|\[链接\]")
_TOLD = re.compile(
    r"反映|投诉|网友|业主说|听说|有人说|转来|工单|热线|1234[58]|曝|爆料|记者|论坛|帖|舆情|质疑|吐槽|维权"
)
"""Others tell of it: what they say is reported, not what happens."""
_COUNTED = re.compile(
    r"(?:点赞|转发|评论|阅读|播放|浏览|观看|转赞评).{0,4}[\d一二两三四五六七八九十百千万几]|热搜|热榜"
)
_PAST = re.compile(r"昨|前天|上周|上个?月|去年|前年|\d+月\d+[日号]|以前|之前|旧视频|老视频")


def either(text: str) -> bool:
    """Tell whether a report may be meant either way."""
    if _COUNTED.search(text) or _PAST.search(text):
        return False
    clauses = _CLAUSE.findall(re.sub(LINK, _LINKED, text))
    danger = _first(_DANGER, clauses)
    media = _first(_MEDIA, clauses)
    if danger is None:
        return False
    return danger < media if media is not None else not _TOLD.search(text)


def _first(form: re.Pattern[str], clauses: list[str]) -> int | None:
    return next((place for place, clause in enumerate(clauses) if form.search(clause)), None)
