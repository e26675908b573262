"""What a member asked for, in the shape that a capability takes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, unique
from typing import Any

from storage.vocabulary import AttachmentKind


@unique
class Takes(Enum):
    """What follows a command's word; the whole rest of the text must have this form."""

    NOTHING = "nothing"
    WORDS = "words"  # anything, also nothing
    NUMBER = "number"  # 12, 12号
    MAYBE_NUMBER = "maybe_number"  # 12, 12号, or nothing
    NUMBERS = "numbers"  # 12 13, 12号、13号
    NUMBER_AND_TEXT = "number_and_text"  # 12 标题太长
    NUMBER_AND_MOMENT = "number_and_moment"  # 12 周三下午 等数据, or 12 alone
    NUMBER_AND_BODY = "number_and_body"  # 12⏎正文, or 12 alone
    TITLE_AND_BODY = "title_and_body"  # 标题⏎正文, or 标题 alone
    NAME_AND_DAYS = "name_and_days"  # 李主任 8号到12号, or nothing
    MOMENT_AND_TEXT = "moment_and_text"  # 周五上午九点 交稿
    ISSUE = "issue"  # 第12期, 《住建信息》第十二期
    ISSUE_AND_TEXT = "issue_and_text"  # 第12期 12号 15号


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a command was given, as far as it was said; *at* is UTC.

    *slots* are those of domain-rules §8, by their names there. *free*: it was said in words of his
    own, without the command's.
    """

    numbers: tuple[int, ...] = ()
    title: str = ""
    text: str = ""
    at: datetime | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """A button that somebody pressed; *response_code* lets the card be updated once."""

    key: str
    response_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A picture or file that somebody sent; the channel keeps it for three days."""

    media_id: str
    filename: str
    kind: AttachmentKind = AttachmentKind.PICTURE


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that was read to its end."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """What was found in a file; the file itself is not kept.

    *aside* are words that are not part of the text but came with it (heads and feet of pages,
    what was deleted under tracked changes): marks of secrecy are looked for there as well.
    *left_out* counts the pictures that were none, or of a kind that is not taken.
    """

    name: str
    title: str = ""
    text: str = ""
    aside: str = ""
    pictures: tuple[Picture, ...] = ()
    left_out: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What somebody filled in on a page; the page has checked lengths and what must be there."""

    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A timer that has come due; *due_at* may be long over, where the service was down."""

    subject: str
    payload: dict[str, Any]
    due_at: datetime
