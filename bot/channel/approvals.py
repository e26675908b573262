"""WeCom's own approvals, as the event of a change describes them."""

from dataclasses import dataclass
from datetime import datetime
from xml.etree.ElementTree import Element

from bot.channel.markup import moment, part, text, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPerson:
    """Somebody who applies, decides or is told; *status* and *speech* are a decider's."""

    userid: str
    name: str = ""
    party: str = ""
    image: str = ""
    status: int | None = None
    speech: str = ""
    acted_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalNode:
    status: int | None
    attribute: int | None
    people: tuple[ApprovalPerson, ...]
    kind: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """*change* is what just happened; only the approval app says it, and no *step*."""

    number: str
    name: str
    template_id: str
    status: int | None
    applied_at: datetime | None
    applicant: ApprovalPerson
    nodes: tuple[ApprovalNode, ...]
    notified: tuple[ApprovalPerson, ...]
    step: int | None = None
    change: int | None = None


def read_open_approval(info: Element) -> Approval:
    """Return an approval of this app; where WeCom's samples spell a name in two ways, take both."""
    return Approval(
        number=text(info, "ThirdNo"),
        name=text(info, "OpenSpName"),
        template_id=text(info, "OpenTemplateId"),
        status=whole(info, "OpenSpStatus"),
        applied_at=moment(text(info, "ApplyTime")),
        applicant=ApprovalPerson(
            name=text(info, "ApplyUserName"),
            userid=text(info, "ApplyUserId", "ApplyUserid"),
            party=text(info, "ApplyUserParty"),
            image=text(info, "ApplyUserImage"),
        ),
        nodes=tuple(map(_node, info.iterfind("ApprovalNodes/ApprovalNode"))),
        notified=tuple(map(_person, info.iterfind("NotifyNodes/NotifyNode"))),
        step=whole(info, "approverstep", "ApproverStep"),
    )


def read_system_approval(info: Element) -> Approval:
    """Return an approval of WeCom's approval app, which names everything differently."""
    return Approval(
        number=text(info, "SpNo"),
        name=text(info, "SpName"),
        template_id=text(info, "TemplateId"),
        status=whole(info, "SpStatus"),
        applied_at=moment(text(info, "ApplyTime")),
        applicant=_somebody(part(info, "Applyer")),
        nodes=tuple(map(_record, info.iterfind("SpRecord"))),
        notified=tuple(map(_somebody, info.iterfind("Notifyer"))),
        change=whole(info, "StatuChangeEvent"),
    )


def _node(node: Element) -> ApprovalNode:
    return ApprovalNode(
        status=whole(node, "NodeStatus"),
        attribute=whole(node, "NodeAttr"),
        kind=whole(node, "NodeType"),
        people=tuple(map(_person, node.iterfind("Items/Item"))),
    )


def _person(item: Element) -> ApprovalPerson:
    return ApprovalPerson(
        name=text(item, "ItemName"),
        userid=text(item, "ItemUserId", "ItemUserid"),
        party=text(item, "ItemParty"),
        image=text(item, "ItemImage"),
        status=whole(item, "ItemStatus"),
        speech=text(item, "ItemSpeech"),
        acted_at=moment(text(item, "ItemOpTime")),
    )


def _record(record: Element) -> ApprovalNode:
    return ApprovalNode(
        status=whole(record, "SpStatus"),
        attribute=whole(record, "ApproverAttr"),
        people=tuple(map(_decider, record.iterfind("Details"))),
    )


def _decider(details: Element) -> ApprovalPerson:
    return ApprovalPerson(
        userid=text(part(details, "Approver"), "UserId"),
        status=whole(details, "SpStatus"),
        speech=text(details, "Speech"),
        acted_at=moment(text(details, "SpTime")),
    )


def _somebody(person: Element) -> ApprovalPerson:
    return ApprovalPerson(userid=text(person, "UserId"), party=text(person, "Party"))
