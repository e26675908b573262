"""Who posts is kept with the post, for who judges it; what goes further names no citizen.

Alerts, titles, pictures, reports and the ledger go to many and out of the house. So they say what
is said and where, and leave out who said it, how he is reached and his numbers.
"""

import re
from collections.abc import Collection

from handlers.rules.personal_data import masked, personal_data

_AT = re.compile(r"@[\w\-]{1,30}[\s:：]?")
_QUOTED_NAME = re.compile(
    r"(网友|用户|博主|楼主|昵称|账号|业主|市民|居民)\s*[“\"「『《<][^”\"」』》>]{1,20}[”\"」』》>]"
)
_SPEAKER = re.compile(
    r"(网友|用户|博主|楼主)(?!们)[\w\-]{1,8}?(?=(?:发帖|发文|留言|表示|反映|爆料|称|[:：]))"
)
_TITLED = re.compile(r"[一-鿿](?=(?:先生|女士|某某?|大爷|大妈|阿姨|大姐|大哥))")
_URL = re.compile(r"https?://\S+")
_HIDDEN = "某账号"
_OUTLET = re.compile(
    r"(?:日报|晚报|早报|时报|商报|都市报|周刊|电视台|电台|广播|卫视|台|新闻|通讯社|在线|网|热线|论坛|贴吧|信箱|留言板"
    r"|[局委办厅部]|社区|街道|政府|公众号)$|^1\d{4}$|记者"
)
"""What speaks to the public or is an office; everything else may be a person's account."""
_KINDS = (
    ("热线来信", re.compile(r"1234\d|热线|信箱|留言板|来信|来访")),
    (
        "媒体",
        re.compile(
            r"日报|晚报|早报|时报|商报|都市报|电视台|电台|卫视|央视|新华社|通讯社|媒体|记者|报道"
        ),
    ),
    ("单位账号", re.compile(r"公众号|官微|官方号|政务号")),
)


def unnamed(text: str, accounts: Collection[str] = ()) -> str:
    """Return *text* without what says who wrote it, addresses, and numbers of persons."""
    for one in reversed(personal_data(text)):
        hidden = masked(one.kind, text[one.start : one.end])
        text = text[: one.start] + hidden + text[one.end :]
    text = _TITLED.sub("×", _SPEAKER.sub(r"\1", _QUOTED_NAME.sub(r"\1", text)))
    text = _AT.sub("", _URL.sub("", text))
    for account in sorted(accounts, key=len, reverse=True):
        if len(account) > 1:
            text = text.replace(account, _HIDDEN)
    return " ".join(text.split())


def said_at(platform: str, source: str) -> str:
    """Return where something is said: the platform, else who says it where that is no person."""
    return platform or (source if _OUTLET.search(source) else "")


def kind_of(platform: str, source: str, words: str) -> str:
    """Say what kind of poster it was and never who; empty where nothing tells it."""
    told = f"{platform} {source} {words}"
    known = (kind for kind, form in _KINDS if form.search(told))
    return next(known, "网民" if platform or source else "")


def account_of(platform: str, source: str) -> tuple[str, ...]:
    """Return who says it where that may be a person's account, to be left out of what is shown."""
    return () if source in {"", platform} or _OUTLET.search(source) else (source,)
