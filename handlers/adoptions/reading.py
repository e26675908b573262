"""What an entry says: the day, the evidence, the form, the authors, the leader."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.patterns import later
from handlers.rules.calendar import local
from handlers.rules.past_days import past_day
from handlers.rules.sharing import read_byline
from storage.vocabulary import Form, Level, Rank, Remark

_URL = later(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
_ISSUE = later(r"(?:20\d\d年)?第?\s?\d{1,5}\s?期")
_NUMBER = later(r"^\s*第?\d{1,6}\s?号")
_FORMS = (
    (Form.HEADLINE, r"头版|头条(?!号)"),
    (Form.COMBINED, r"综合"),
    (Form.BRIEF, r"简讯"),
    (Form.ITEM, r"单条"),
    (Form.SPECIAL, r"专报(?:采用|形式)|以专报"),
    (Form.REPOST, r"转载|转发|转了"),
    (Form.FULL, r"单篇|全文|整篇"),
)
_FLAGS = (
    ("headline", r"头版|头条(?!号)"),
    ("picture", r"配图|图片新闻|附图|带图"),
    ("forwarded", r"转报|报省|报国办|上报国务院"),
)
_LEVELS = {"国家": "nation", "部": "nation", "省": "province", "市": "city", "区": "county"}
_LEVEL = later(r"(?P<x>国家|部|省|市|区|县|本)级")
_NOTHING = later(r"^(?:没有?|无|不知道|没了|暂无|空)[\s。.!！了的呢啊]*$")
_DAY_WORDS = later(
    r"20\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?[日号]?|\d{1,2}\s?月\s?\d{1,2}\s?[日号]?"
    r"|(?<![\d.])\d{1,2}[-.]\d{1,2}(?![\d.])|\d{1,2}日|大?前天|[今昨][天日晚早]|上?个?(?:周|星期|礼拜)[一二三四五六日天]"
)
_LEADER = later(
    r"(?P<x>(?:[省市区县](?:委|政府)?)?[一-鿿]?副?(?:书记|省长|市长|区长|县长|局长|厅长|部长|主任|秘书长"
    r"|常委)|[一-鿿]局(?=批|圈|阅|画|签|作))"
)
_WRITTEN = later(r"(?:批示|签批|批语|阅批|圈阅)[^:：]{0,12}?[:：]\s*(?P<x>[^\n]+)")
_QUOTED = later(r"[“\"「](?P<x>[^”\"」]{2,})[”\"」]")
_CIRCLED = later(r"圈阅|画圈|圈了")
_FIRST = later(r"(?:书记|省长|市长|区长|县长|局长|厅长|部长)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What shows it: an address, an issue, a scan (an attachment's id) or words."""

    url: str = ""
    issue: str = ""
    scan: str = ""
    words: str = ""

    @property
    def there(self) -> bool:
        return bool(self.url or self.issue or self.scan or self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said about a use, as far as it was."""

    day: date | None
    evidence: Evidence
    form: Form | None
    flags: tuple[str, ...]
    level: Level | None
    authors: Sequence[tuple[str, int]]


def read(ctx: Context, asked: Asked) -> Said:
    """Read what was said about a use; addresses and numbers of drafts are no days."""
    text = asked.text
    return Said(
        day=day_in(ctx, asked),
        evidence=_there(ctx, evidence_in(asked)),
        form=form_in(text),
        flags=flags_in(text),
        level=level_in(text),
        authors=read_byline(text),
    )


def _there(ctx: Context, evidence: Evidence) -> Evidence:
    """Leave out a file that was sent while more was asked for, and turned out to be none."""
    if not evidence.scan or ctx.uow.drafts.attachment(evidence.scan):
        return evidence
    return replace(evidence, scan="")


def form_in(text: str) -> Form | None:
    return next((form for form, pattern in _FORMS if re.search(pattern, text)), None)


def flags_in(text: str) -> tuple[str, ...]:
    return tuple(flag for flag, pattern in _FLAGS if re.search(pattern, text))


def channel_hint(asked: Asked) -> str:
    """Return what stands where a channel would, known or not."""
    if asked.slots:
        return str(asked.slots.get("channel", ""))
    words = _DAY_WORDS.sub(" ", _ISSUE.sub(" ", _URL.sub(" ", asked.text))).split()
    return words[0].strip("，,。；;") if words else ""


def day_in(ctx: Context, asked: Asked) -> date | None:
    """Return the day that was said last: what is asked for again corrects what was said."""
    if "day" in asked.slots:
        return date.fromisoformat(str(asked.slots["day"]))
    today = local(ctx.now).date()
    lines = (_NUMBER.sub("", line) for line in reversed(asked.text.splitlines()))
    return next((day for line in lines if (day := past_day(line, today))), None)


def evidence_in(asked: Asked) -> Evidence:
    """Read the evidence; words are one only as the answer to the question for it."""
    url, issue = _URL.search(asked.text), _ISSUE.search(asked.text)
    answer = str(asked.slots.get("evidence", ""))
    words = _DAY_WORDS.sub("", _ISSUE.sub("", _URL.sub("", answer))).strip(" ，,。.、；;:：\n")
    return Evidence(
        url=url[0].rstrip(".,;") if url else "",
        issue=re.sub(r"\s", "", issue[0]) if issue else "",
        scan=str(asked.slots.get("scan", "")),
        words="" if len(words) < 2 or _NOTHING.match(words) else words,  # noqa: PLR2004 - a word
    )


def level_in(text: str) -> Level | None:
    """Read a level that is said outright; of 是省级不是市级 the one that it is."""
    meant = re.sub(r"(?:不是|而非|并非)(?:国家|部|省|市|区|县|本)级", "", text)
    found = _LEVEL.search(meant)
    if found is None:
        return None
    return Level(_LEVELS.get(found["x"].replace("县", "区"), "own"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked:
    """What was said about a leader's remark; *scan* shows it, an attachment's id."""

    leader: str
    level: Level | None
    rank: Rank
    remark: Remark
    words: str
    scan: str = ""


def read_remark(asked: Asked) -> Remarked:
    """Read who wrote what; where the title does not tell his level, it is to be asked for."""
    text = asked.text
    found = _LEADER.search(text)
    leader = str(asked.slots.get("leader") or (found["x"] if found else ""))
    written = _WRITTEN.search(text) or _QUOTED.search(text)
    kind = str(asked.slots.get("instruction_type", ""))
    circled = (kind == "circled" or _CIRCLED.search(text) is not None) and written is None
    level = asked.slots.get("leader_level") or level_in(text) or _level_of(leader)
    first = _FIRST.search(leader) and "副" not in leader
    return Remarked(
        leader=leader,
        level=Level(level) if level else None,
        rank=Rank.PRINCIPAL if first else Rank.OTHER,
        remark=Remark.CIRCLED if circled else Remark.WRITTEN,
        words=written["x"].strip(' \n”"') if written else "",
        scan=str(asked.slots.get("scan", "")),
    )


_LEADERS_LEVELS = (
    (Level.NATION, "国务院|总理|中央|部长"),
    (Level.PROVINCE, "省|厅"),
    (Level.CITY, "市"),
    (Level.COUNTY, "区|县"),
    (Level.OWN, "局"),
)


def _level_of(leader: str) -> Level | None:
    return next((level for level, marks in _LEADERS_LEVELS if re.search(marks, leader)), None)
