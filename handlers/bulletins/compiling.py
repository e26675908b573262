"""编入, 移出, order and words of an issue: nothing of it touches the drafts themselves."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.bulletins import texts
from handlers.bulletins.issues import (
    called,
    issue_meant,
    listed,
    refuse_unless_editor,
    refuse_unless_open,
    series_meant,
    touched,
    year_of,
)
from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import draft_numbered, named
from handlers.kit.rewriting import EDITS, rewritten
from handlers.rules.bulletins import is_next, place_said, total_of
from handlers.rules.differences import differences, short_form
from handlers.rules.places import Place, barring_note
from handlers.rules.review_flow import RELEASED
from handlers.rules.secrecy import secrecy_mark
from storage.models import BulletinIssue, BulletinItem, BulletinSeries, Draft
from storage.queries.bulletins import Placed
from storage.vocabulary import DraftStatus, IssueId, IssueStatus, Verdict

_CHANGES = 300
_STATUS = {
    DraftStatus.COMPOSING: "还在写",
    DraftStatus.IN_REVIEW: "还在审核",
    DraftStatus.ON_HOLD: "暂放着",
    DraftStatus.RETURNED: "退回了",
    DraftStatus.WITHDRAWN: "已撤稿",
    DraftStatus.CANCELLED: "已取消",
    DraftStatus.RETRACTED: "已撤下",
    DraftStatus.ARCHIVED: "已归档",
}


def compile_into(ctx: Context, asked: Asked) -> str:
    """Put signed drafts into an issue, which begins with it if there is none: all or none.

    Raises:
        UserError: it is not the sender's to do, the issue is closed, or a draft may not enter.
    """
    refuse_unless_editor(ctx)
    number = int(asked.slots["issue"])
    if not asked.numbers:
        raise UserError(texts.WHICH_DRAFTS.format(number=number))
    series = series_meant(ctx, asked, "compile_issue")
    if isinstance(series, str):
        return series
    issue = ctx.uow.bulletins.numbered(series.id, number)
    if (
        issue is not None
        and issue.year != year_of(ctx)
        and issue.status is not IssueStatus.DRAFTING
    ):
        issue = None  # that of last year; this year's begins
    if issue is None and (question := _gap(ctx, series, asked)):
        return question
    if issue is not None:
        refuse_unless_open(ctx, issue)
    drafts = [draft_numbered(ctx, each) for each in asked.numbers]
    _refuse_what_may_not_enter(ctx, series, issue, drafts)
    begun = issue is None
    issue = issue or _begin(ctx, series, number)
    return _add(ctx, issue, drafts, begun=begun)


def _gap(ctx: Context, series: BulletinSeries, asked: Asked) -> str:
    """Return the question whether a number that does not follow is meant; else nothing."""
    latest = ctx.uow.bulletins.latest(series.id)
    number = int(asked.slots["issue"])
    last = (latest.year, latest.number, latest.total) if latest else None
    if latest is None or asked.slots.get("sure") or is_next(last, year_of(ctx), number):
        return ""
    question = texts.GAP.format(
        called=texts.CALLED.format(series=series.name, number=number),
        last=latest.number,
        number=number,
    )
    slots = {**asked.slots, "series": series.name, "sure": True}
    option = Option.of("compile_issue", replace(asked, slots=slots))
    return ctx.offer(question, option, confirming="compile_issue")


def _begin(ctx: Context, series: BulletinSeries, number: int) -> BulletinIssue:
    latest = ctx.uow.bulletins.latest(series.id)
    last = (latest.year, latest.number, latest.total) if latest else None
    year = year_of(ctx)
    issue = BulletinIssue(
        id=IssueId(ctx.new_id()),
        series=series.id,
        bureau=series.bureau,
        unit=ctx.sender.unit,
        year=year,
        number=number,
        total=total_of(last, year, number),
        opened_at=ctx.now,
        hands=[ctx.sender.userid],
    )
    ctx.uow.bulletins.begin_issue(issue)
    ctx.audit("bulletin:begin", issue.id, after={"number": number, "total": issue.total})
    return issue


def _refuse_what_may_not_enter(
    ctx: Context, series: BulletinSeries, issue: BulletinIssue | None, drafts: Sequence[Draft]
) -> None:
    """Raise UserError for the first draft that is not signed, is barred, or stands elsewhere."""
    channel = next(
        one for one in ctx.uow.adoptions.channels(series.bureau) if one.id == series.channel
    )
    place = Place(names=(channel.name, series.name, *channel.aliases), family=channel.family)
    elsewhere = {
        draft: other
        for other, draft in ctx.uow.bulletins.issues_with([draft.id for draft in drafts])
        if other.series == series.id and (issue is None or other.id != issue.id)
    }
    for draft in drafts:
        if draft.status not in RELEASED:
            raise UserError(
                texts.NOT_SIGNED.format(name=named(draft), status=_STATUS[draft.status])
            )
        notes = [
            decision.reason
            for decision in ctx.uow.reviews.decisions(draft.id)
            if decision.verdict is Verdict.APPROVE
        ]
        if note := barring_note(place, notes):
            raise UserError(texts.BARRED.format(name=named(draft), note=note))
        if other := elsewhere.get(draft.id):
            raise UserError(texts.IN_ANOTHER.format(name=named(draft), issue=called(ctx, other)))


def _add(ctx: Context, issue: BulletinIssue, drafts: Sequence[Draft], *, begun: bool) -> str:
    there = {one.item.draft for one in ctx.uow.bulletins.items(issue.id)}
    fresh = [draft for draft in drafts if draft.id not in there]
    texts_of = ctx.uow.drafts.texts([(draft.id, draft.version) for draft in fresh])
    units = {unit.id: unit.name for unit in ctx.uow.members.units_of(issue.bureau)}
    for place, draft in enumerate(fresh, len(there)):
        title, body = texts_of[draft.id]
        ctx.uow.bulletins.add(
            BulletinItem(
                issue=issue.id,
                draft=draft.id,
                position=place,
                title=title,
                body=body,
                source=units[draft.unit],
                added_by=ctx.sender.userid,
                added_at=ctx.now,
            )
        )
    again = touched(ctx, issue) if fresh else ""
    ctx.audit("bulletin:add", issue.id, after={"drafts": [draft.id for draft in fresh]})
    said = texts.BEGUN.format(called=called(ctx, issue, wholly=True)) if begun else ""
    if known := [draft for draft in drafts if draft.id in there]:
        said += texts.ALREADY_IN.format(names="、".join(named(draft) for draft in known))
    if not fresh:
        return said + "\n" + listed(ctx, issue)
    entered = "、".join(named(draft) for draft in fresh)
    whole = texts.ADDED.format(called=called(ctx, issue), names=entered, listed=listed(ctx, issue))
    return said + whole + again


def drop(ctx: Context, asked: Asked) -> str:
    """Take items out of an issue.

    Raises:
        UserError: it is not the sender's to do, the issue is closed, or has no such item.
    """
    issue = opened(ctx, asked, "drop_from_issue")
    if isinstance(issue, str):
        return issue
    if not asked.numbers:
        raise UserError(texts.WHICH_ITEM.format(number=issue.number))
    gone = [item_numbered(ctx, issue, number) for number in asked.numbers]
    again = take_out(ctx, issue, gone)
    out = "、".join(f"{one.number}号《{one.item.title}》" for one in gone)
    said = texts.DROPPED.format(called=called(ctx, issue), names=out, listed=listed(ctx, issue))
    return said + again


def take_out(ctx: Context, issue: BulletinIssue, gone: Sequence[Placed]) -> str:
    """Take items out of an issue; say whether it is to be offered for its signature anew."""
    for one in gone:
        ctx.uow.bulletins.remove(one.item)
    again = touched(ctx, issue)
    items = [
        {
            "draft": one.item.draft,
            "position": one.item.position,
            "title": one.item.title,
            "body": one.item.body,
            "source": one.item.source,
            "added_by": one.item.added_by,
            "added_at": one.item.added_at.isoformat(),
        }
        for one in gone
    ]
    after = {"drafts": [one.item.draft for one in gone]}
    ctx.audit("bulletin:drop", issue.id, before={"items": items}, after=after)
    return again


def arrange(ctx: Context, asked: Asked) -> str:
    """Put an item somewhere else in the order, or change its words, as is said.

    Raises:
        UserError: it is not the sender's to do, the issue is closed, has no such item, or it is
            not said what is to be done.
    """
    issue = opened(ctx, asked, "arrange_issue")
    if isinstance(issue, str):
        return issue
    if not asked.numbers:
        raise UserError(texts.WHICH_ITEM.format(number=issue.number))
    found = item_numbered(ctx, issue, asked.numbers[0])
    if EDITS & asked.slots.keys():
        title, body = rewritten(found.item.title, found.item.body, asked.slots)
        return rewrite(ctx, issue, found, title, body)
    placed = ctx.uow.bulletins.items(issue.id)
    where = place_said(asked.text, [one.number for one in placed], found.number)
    if where is None:
        item = _item_name(found)
        raise UserError(texts.WHERE_TO.format(item=item, number=issue.number, draft=found.number))
    return move(ctx, issue, found, where)


def move(ctx: Context, issue: BulletinIssue, moved: Placed, where: int) -> str:
    """Put an item at a place, from 0."""
    others = [one for one in ctx.uow.bulletins.items(issue.id) if one.number != moved.number]
    others.insert(where, moved)
    for place, one in enumerate(others):
        one.item.position = place
    again = touched(ctx, issue)
    ctx.audit("bulletin:order", issue.id, after={"drafts": [one.item.draft for one in others]})
    text = listed(ctx, issue, others)
    return texts.MOVED.format(item=_item_name(moved), place=where + 1, listed=text) + again


def rewrite(ctx: Context, issue: BulletinIssue, found: Placed, title: str, body: str) -> str:
    """Give an item other words, for this issue only.

    Raises:
        UserError: nothing would change, nothing would be left, or there is a mark of secrecy.
    """
    title, body = title.strip(), body.strip("\n").rstrip()
    if not title or not body.strip():
        raise UserError(texts.EMPTY_TEXT)
    if mark := secrecy_mark(f"{title}\n{body}"):
        raise UserError(texts.MARKED.format(mark=mark))
    before = f"{found.item.title}\n{found.item.body}"
    changes = short_form(differences(before, f"{title}\n{body}"), _CHANGES)
    if not changes:
        raise UserError(texts.UNCHANGED)
    found.item.title, found.item.body = title, body
    again = touched(ctx, issue)
    ctx.audit("bulletin:edit", issue.id, after={"draft": found.item.draft, "length": len(body)})
    name = called(ctx, issue)
    return texts.EDITED.format(called=name, item=_item_name(found), changes=changes) + again


def opened(ctx: Context, asked: Asked, command: str) -> BulletinIssue | str:
    """Return the issue that is meant, if it may be changed by the sender; else the question."""
    refuse_unless_editor(ctx)
    issue = issue_meant(ctx, asked, command)
    if not isinstance(issue, str):
        refuse_unless_open(ctx, issue)
    return issue


def item_numbered(ctx: Context, issue: BulletinIssue, number: int) -> Placed:
    """Return the item of that draft.

    Raises:
        UserError: the issue has none.
    """
    placed = ctx.uow.bulletins.items(issue.id)
    for one in placed:
        if one.number == number:
            return one
    there = "、".join(f"{one.number}号" for one in placed) or "没有稿件"
    raise UserError(texts.NOT_IN.format(called=called(ctx, issue), number=number, names=there))


def _item_name(placed: Placed) -> str:
    return f"{placed.number}号《{placed.item.title}》"
