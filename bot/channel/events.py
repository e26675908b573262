"""What WeCom tells the app of: menu and card presses, members, jobs, the app's own fate."""

from dataclasses import dataclass
from datetime import datetime

from bot.channel.approvals import Approval
from bot.channel.messages import Inbound

ANSWERED = frozenset({
    "subscribe", "enter_agent", "location", "click", "view", "view_miniprogram",
    "scancode_waitmsg", "template_card_menu_event",
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Inbound):
    """An event that says no more than its name and key.

    subscribe, unsubscribe, enter_agent, click, view, view_miniprogram, the share_* changes, and
    what becomes of a little-used app (close_inactive_agent, low_active ...).
    """

    event: str
    event_key: str

    @property
    def accepts_reply(self) -> bool:
        """Few events do: a reply to any other is lost without a word."""
        return self.event.lower() in ANSWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationEvent(Event):
    """Where the member was on opening the app's chat."""

    latitude: float | None
    longitude: float | None
    precision: float | None
    app_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanEvent(Event):
    scan_type: str
    scan_result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesEvent(Event):
    """Pictures chosen through a menu; they also come as image messages."""

    count: int | None
    md5s: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEvent(Event):
    """A place chosen through a menu."""

    latitude: float | None
    longitude: float | None
    scale: int | None
    label: str
    place: str
    app_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    question_key: str
    option_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardEvent(Event):
    """A press on a card: *event_key* is the button's, *response_code* updates the card once."""

    task_id: str
    card_type: str
    response_code: str
    selections: tuple[Selection, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchJobEvent(Event):
    job_id: str
    job_type: str
    error_code: int | None
    error_message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEvent(Event):
    """A change in the address book; *details* holds every plain field, under WeCom's names."""

    change_type: str
    userid: str
    new_userid: str
    departments: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalEvent(Event):
    """A change of an approval, of this app's own or of WeCom's approval app."""

    approval: Approval


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityAlert(Event):
    """Too few members use the app; at *effective_at* WeCom will flag or stop it."""

    effective_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbenchEvent(Event):
    mode: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownEvent(Event):
    """An event that nobody has told us of, kept as it came."""

    raw: str
