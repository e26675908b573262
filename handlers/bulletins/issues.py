"""An issue: which is meant, who may see and compile it, what is said of it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.bulletins import texts
from handlers.kit.asked import Asked
from handlers.kit.cards import grey
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.events import ChannelsAsked
from handlers.kit.finding import viewer
from handlers.rules.bulletins import content_hash
from handlers.rules.calendar import local, short_time
from handlers.rules.review_flow import RELEASED
from handlers.rules.visibility import may_see_bulletins
from storage.models import BulletinIssue, BulletinSeries
from storage.queries.bulletins import Placed
from storage.vocabulary import IssueId, IssueStatus, Role, SeriesId, UserId

CARD = "bulletin_offered"


def is_editor(ctx: Context) -> bool:
    """Tell whether the sender compiles the bureau's bulletins."""
    return viewer(ctx).holds({Role.OFFICE}, [ctx.sender.bureau])


def refuse_unless_editor(ctx: Context) -> None:
    if not is_editor(ctx):
        raise UserError(texts.ONLY_OFFICE)


def series_meant(ctx: Context, asked: Asked, command: str) -> BulletinSeries | str:
    """Return the series that is meant, or the question which; where there is none, it begins.

    Raises:
        UserError: there is none of that name.
    """
    known = ctx.uow.bulletins.series(ctx.sender.bureau)
    said = str(asked.slots.get("series", ""))
    found = [one for one in known if one.name == said] if said else list(known)
    if said and not found:
        names = "、".join(f"《{one.name}》" for one in known) or f"《{texts.DEFAULT_SERIES}》"
        raise UserError(texts.NO_SERIES.format(series=said, names=names))
    if not known:
        return begin_series(ctx, texts.DEFAULT_SERIES)
    if len(found) == 1:
        return found[0]
    options = [
        Option.of(command, replace(asked, slots={**asked.slots, "series": one.name}), one.name)
        for one in found
    ]
    return ctx.offer(texts.WHICH_SERIES.format(number=asked.slots["issue"]), *options)


def begin_series(ctx: Context, name: str) -> BulletinSeries:
    """Begin a series; what it prints counts as a use by the bureau's own bulletin."""
    ctx.emit(ChannelsAsked(bureau=ctx.sender.bureau))
    channels = ctx.uow.adoptions.channels(ctx.sender.bureau)
    channel = next((one for one in channels if texts.CHANNEL in {one.name, *one.aliases}), None)
    if channel is None:
        raise UserError(texts.NO_CHANNEL.format(channel=texts.CHANNEL))
    series = BulletinSeries(
        id=SeriesId(ctx.new_id()),
        bureau=ctx.sender.bureau,
        name=name,
        office=ctx.uow.members.unit(ctx.sender.unit).path.replace("/", ""),
        channel=channel.id,
        created_at=ctx.now,
    )
    ctx.uow.bulletins.begin_series(series)
    ctx.audit("bulletin:series", series.id, after={"name": name})
    return series


def issue_meant(ctx: Context, asked: Asked, command: str) -> BulletinIssue | str:
    """Return the issue that is meant, locked, or the question of which series.

    Raises:
        UserError: there is none that the sender may see.
    """
    number = int(asked.slots["issue"])
    if not ctx.uow.bulletins.series(ctx.sender.bureau):
        raise UserError(texts.NO_ISSUE.format(number=number))
    series = series_meant(ctx, asked, command)
    if isinstance(series, str):
        return series
    found = ctx.uow.bulletins.numbered(series.id, number)
    if found is None or not sees_issue(ctx, found):
        raise UserError(texts.NO_ISSUE.format(number=number))
    return found


def seen_issue(ctx: Context, issue: str) -> BulletinIssue | None:
    """Return the issue if there is one and the sender may see it."""
    found = ctx.uow.bulletins.issue(IssueId(issue))
    return found if found is not None and sees_issue(ctx, found) else None


def sees_issue(ctx: Context, issue: BulletinIssue) -> bool:
    """Tell whether the sender may see an issue: who stands in for a leader sees what he does."""
    lineage = ctx.uow.members.lineage(issue.unit)
    if may_see_bulletins(viewer(ctx), lineage):
        return True
    leaders = [
        member
        for role in (Role.DEPUTY, Role.PRINCIPAL)
        for member in ctx.uow.members.holding(role, issue.unit)
    ]
    substitutes = ctx.uow.members.substitutes_for(leaders, ctx.now)
    return ctx.sender.userid in {who for who, _ in substitutes}


def called(ctx: Context, issue: BulletinIssue, *, wholly: bool = False) -> str:
    """Name an issue as people do."""
    series = ctx.uow.bulletins.series_of(issue.series)
    form = texts.CALLED_WHOLLY if wholly else texts.CALLED
    return form.format(series=series.name, number=issue.number, total=issue.total)


def refuse_unless_open(ctx: Context, issue: BulletinIssue) -> None:
    """Raise UserError unless the issue may still be changed."""
    if issue.status is IssueStatus.DRAFTING:
        return
    signed = issue.status is IssueStatus.SIGNED
    advice = texts.REOPEN if signed else texts.CLOSED_FOR_GOOD
    raise UserError(
        texts.CLOSED.format(
            called=called(ctx, issue),
            status=texts.STATUS[issue.status],
            advice=advice.format(number=issue.number),
        )
    )


def touched(ctx: Context, issue: BulletinIssue) -> str:
    """Note that the sender had a hand in the content; what lay before a signer does no longer."""
    me = ctx.sender.userid
    if me not in issue.hands:
        issue.hands = [*issue.hands, me]
    return withdrawn_from_signers(ctx, issue)


def withdrawn_from_signers(ctx: Context, issue: BulletinIssue) -> str:
    if not issue.offered:
        return ""
    issue.offered = ""
    grey(ctx, issue.id, CARD, texts.CARD_DONE["changed"])
    return "\n" + texts.UNSIGNED_AGAIN


def listed(ctx: Context, issue: BulletinIssue, placed: Sequence[Placed] | None = None) -> str:
    """List what stands in an issue, and what comes next."""
    items = ctx.uow.bulletins.items(issue.id) if placed is None else placed
    name = called(ctx, issue, wholly=True)
    status = status_of(ctx, issue)
    if not items:
        return texts.LIST_EMPTY.format(called=name, status=status, number=issue.number)
    lines = [
        texts.LINE.format(
            place=place,
            number=one.number,
            title=one.item.title,
            source=one.item.source,
            gone="" if one.status in RELEASED else texts.GONE,
        )
        for place, one in enumerate(items, 1)
    ]
    if step := _next_step(ctx, issue):
        lines.append(texts.NEXT[step].format(number=issue.number, last=items[-1].number))
    said = texts.LIST.format(called=name, status=status, count=len(items), lines="\n".join(lines))
    return ctx.with_link(said, f"bulletins/{issue.id}")


def _next_step(ctx: Context, issue: BulletinIssue) -> str:
    if issue.status is IssueStatus.DRAFTING:
        if is_editor(ctx):
            return "compile"
        return "sign" if issue.offered else ""
    return "print" if issue.status is IssueStatus.SIGNED and is_editor(ctx) else ""


def status_of(ctx: Context, issue: BulletinIssue) -> str:
    """Say how far the issue is, and by whom."""
    if issue.status is IssueStatus.DRAFTING:
        return texts.OFFERED if issue.offered else texts.STATUS[issue.status]
    said = []
    if issue.signed_at is not None:
        when = short_time(issue.signed_at, ctx.now)
        said.append(texts.SIGNED_LINE.format(who=signer_of(ctx, issue), when=when))
    if issue.distributed_at is not None:
        when = short_time(issue.distributed_at, ctx.now)
        said.append(texts.DISTRIBUTED_LINE.format(when=when, to=issue.distributed_to))
    return "，".join(said)


def signer_of(ctx: Context, issue: BulletinIssue) -> str:
    """Name who signed, and in whose place."""
    who = names(ctx, [issue.signed_by]) if issue.signed_by else ""
    if not issue.signed_for:
        return who
    return texts.IN_PLACE_OF.format(who=who, absent=names(ctx, [issue.signed_for]))


def hash_of(ctx: Context, issue: BulletinIssue, placed: Sequence[Placed]) -> str:
    """Return the hash of all that would be printed now."""
    series = ctx.uow.bulletins.series_of(issue.series)
    heading = (
        series.name,
        series.office,
        f"{issue.year}-{issue.number}-{issue.total}",
        series.report_to,
        series.send_to,
        series.copy_to,
        str(series.copies),
    )
    items = [(one.item.draft, one.item.title, one.item.body, one.item.source) for one in placed]
    return content_hash(heading, items)


def names(ctx: Context, members: Sequence[str]) -> str:
    known = ctx.uow.members.names([UserId(each) for each in members])
    return "、".join(known[UserId(each)] for each in members if UserId(each) in known)


def year_of(ctx: Context) -> int:
    return local(ctx.now).year
