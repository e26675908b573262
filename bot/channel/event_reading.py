"""Which XML of WeCom is which event."""

from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from bot.channel.approvals import read_open_approval, read_system_approval
from bot.channel.events import (
    ActivityAlert,
    ApprovalEvent,
    BatchJobEvent,
    CardEvent,
    ContactEvent,
    Event,
    LocationEvent,
    PicturesEvent,
    PlaceEvent,
    ScanEvent,
    Selection,
    UnknownEvent,
    WorkbenchEvent,
)
from bot.channel.markup import moment, only, part, real, text, texts, whole
from bot.channel.messages import Head


def read_event(root: Element, head: Head, raw: str) -> Event:
    """Return the event that *root* is, or an unknown one with *raw* in it."""
    name = text(root, "Event").strip()
    head = {**head, "event": name, "event_key": text(root, "EventKey")}
    if name.lower() in _PLAIN:
        return Event(**head)
    if reader := _READERS.get(name.lower()):
        return reader(root, head)
    return UnknownEvent(**head, raw=raw)


def _location(root: Element, head: Head) -> LocationEvent:
    return LocationEvent(
        **head,
        latitude=real(root, "Latitude"),
        longitude=real(root, "Longitude"),
        precision=real(root, "Precision"),
        app_type=text(root, "AppType"),
    )


def _scan(root: Element, head: Head) -> ScanEvent:
    info = part(root, "ScanCodeInfo")
    return ScanEvent(**head, scan_type=text(info, "ScanType"), scan_result=text(info, "ScanResult"))


def _pictures(root: Element, head: Head) -> PicturesEvent:
    info = part(root, "SendPicsInfo")
    md5s = tuple(item.text or "" for item in info.iterfind("PicList/item/PicMd5Sum"))
    return PicturesEvent(**head, count=whole(info, "Count"), md5s=md5s)


def _place(root: Element, head: Head) -> PlaceEvent:
    info = part(root, "SendLocationInfo")
    return PlaceEvent(
        **head,
        latitude=real(info, "Location_X"),
        longitude=real(info, "Location_Y"),
        scale=whole(info, "Scale"),
        label=text(info, "Label"),
        place=text(info, "Poiname"),
        app_type=text(root, "AppType"),
    )


def _card(root: Element, head: Head) -> CardEvent:
    items = part(root, "SelectedItems").iterfind("SelectedItem")
    return CardEvent(
        **head,
        task_id=text(root, "TaskId"),
        card_type=text(root, "CardType"),
        response_code=text(root, "ResponseCode"),
        selections=tuple(map(_selection, items)),
    )


def _selection(item: Element) -> Selection:
    # The documents of 2021 misspelled both names, and some senders still do.
    options = only(item, "OptionIds", "OpitonIds")
    ids = () if options is None else texts(options, "OptionId", "OpitonId")
    return Selection(question_key=text(item, "QuestionKey"), option_ids=ids)


def _batch_job(root: Element, head: Head) -> BatchJobEvent:
    job = part(root, "BatchJob")
    return BatchJobEvent(
        **head,
        job_id=text(job, "JobId"),
        job_type=text(job, "JobType"),
        error_code=whole(job, "ErrCode"),
        error_message=text(job, "ErrMsg"),
    )


def _contact(root: Element, head: Head) -> ContactEvent:
    return ContactEvent(
        **head,
        change_type=text(root, "ChangeType"),
        userid=text(root, "UserID"),
        new_userid=text(root, "NewUserID"),
        departments=text(root, "Department"),
        details=tuple((child.tag, child.text or "") for child in root if not len(child)),
    )


def _open_approval(root: Element, head: Head) -> ApprovalEvent:
    return ApprovalEvent(**head, approval=read_open_approval(part(root, "ApprovalInfo")))


def _system_approval(root: Element, head: Head) -> ApprovalEvent:
    return ApprovalEvent(**head, approval=read_system_approval(part(root, "ApprovalInfo")))


def _activity(root: Element, head: Head) -> ActivityAlert:
    return ActivityAlert(**head, effective_at=moment(text(root, "EffectTime")))


def _workbench(root: Element, head: Head) -> WorkbenchEvent:
    return WorkbenchEvent(**head, mode=text(root, "Mode"))


_PLAIN = frozenset({
    "subscribe", "unsubscribe", "enter_agent", "click", "view", "view_miniprogram",
    "share_agent_change", "share_chain_change", "close_inactive_agent", "reopen_inactive_agent",
    "low_active", "active_restored",
})  # fmt: skip

_READERS: Mapping[str, Callable[[Element, Head], Event]] = {
    "location": _location,
    "scancode_push": _scan,
    "scancode_waitmsg": _scan,
    "pic_sysphoto": _pictures,
    "pic_photo_or_album": _pictures,
    "pic_weixin": _pictures,
    "location_select": _place,
    "template_card_event": _card,
    "template_card_menu_event": _card,
    "taskcard_click": _card,
    "batch_job_result": _batch_job,
    "change_contact": _contact,
    "open_approval_change": _open_approval,
    "sys_approval_change": _system_approval,
    "inactive_alert": _activity,
    "low_active_alert": _activity,
    "switch_workbench_mode": _workbench,
}
