"""送签, 签发, 退签, 印发: the signature is of one content, and not by who compiled it."""

from collections.abc import Mapping, Sequence

from handlers.bulletins import texts
from handlers.bulletins.issues import (
    CARD,
    called,
    hash_of,
    is_editor,
    names,
    refuse_unless_editor,
    signer_of,
)
from handlers.kit.cards import grey
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import BulletinDistributed, Printed
from handlers.kit.messages import Button, ButtonCard, Paper, Text
from handlers.rules.bulletins import signers
from handlers.rules.calendar import local, short_time
from handlers.rules.review_flow import RELEASED
from storage.models import BulletinIssue
from storage.queries.bulletins import Placed
from storage.vocabulary import NOBODY, IssueStatus, PaperKind, Role, UserId

TOLD, PAPER = "bulletin_told", "bulletin_paper"
_SHOWN = 5


def offer(ctx: Context, issue: BulletinIssue) -> str:
    """Put the content as it now is before those who may sign it.

    Raises:
        UserError: it is not the office that asks, nothing is there, or nobody could sign.
    """
    refuse_unless_editor(ctx)
    _refuse_signed(ctx, issue)
    placed = ctx.uow.bulletins.items(issue.id)
    if not placed:
        raise UserError(texts.NOTHING_TO_SIGN.format(called=called(ctx, issue)))
    _refuse_what_is_gone(ctx, issue, placed)
    who = signers_of(ctx, issue)
    if not who:
        raise UserError(texts.NO_SIGNER)
    now = hash_of(ctx, issue, placed)
    if issue.offered == now:
        raise UserError(
            texts.OFFERED_ALREADY.format(called=called(ctx, issue), who=names(ctx, who))
        )
    issue.offered = now
    ctx.audit("bulletin:offer", issue.id, after={"sha256": now, "to": who})
    asked = _ask(ctx, issue, placed)
    preview(ctx, issue, {*asked, ctx.sender.userid})
    return texts.OFFERED_TO.format(called=called(ctx, issue), who=names(ctx, asked))


def _ask(ctx: Context, issue: BulletinIssue, placed: Sequence[Placed]) -> list[UserId]:
    """Send the card to those who may sign, and to those who stand in for them; return all."""
    who = signers_of(ctx, issue)
    substitutes = [each for each in _standing_in(ctx, issue, who) if each not in who]
    for member in (*who, *substitutes):
        card = _card(ctx, issue, placed, member)
        stage = f"{issue.offered} {ctx.now.isoformat()}"
        ctx.tell(CARD, [member], card, subject=issue.id, stage=stage)
    return [*who, *substitutes]


def offer_again(ctx: Context, issue: BulletinIssue) -> str:
    """Put the content that was offered before its signers once more; tell the compilers."""
    asked = _ask(ctx, issue, ctx.uow.bulletins.items(issue.id))
    said = texts.SIGN_UNDONE_TOLD.format(called=called(ctx, issue), who=ctx.sender.name)
    told = [UserId(each) for each in issue.hands if each != ctx.sender.userid]
    stage = f"undone {ctx.now.isoformat()}"
    ctx.tell(TOLD, told, Text(text=said), subject=issue.id, stage=stage)
    return names(ctx, [*told, *(each for each in asked if each != ctx.sender.userid)])


def withdraw_offer(ctx: Context, issue: BulletinIssue) -> None:
    """Take an issue back from its signers; their cards say so."""
    issue.offered = ""
    grey(ctx, issue.id, CARD, texts.CARD_DONE["withdrawn"])


def _card(
    ctx: Context, issue: BulletinIssue, placed: Sequence[Placed], member: UserId
) -> ButtonCard:
    title = texts.CARD_TITLE.format(called=called(ctx, issue))
    contents = "；".join(one.item.title for one in placed[:_SHOWN])
    key = f"{issue.id}:{issue.offered[:16]}"
    return ButtonCard(
        card_id=ctx.new_id(),
        source=texts.CARD_SOURCE,
        title=title,
        description=f"总第{issue.total}期，{len(placed)}篇",
        facts=(("目录", contents), ("编辑", names(ctx, issue.hands))),
        summary=texts.CARD_WORDS.format(number=issue.number),
        url=ctx.link(f"bulletins/{issue.id}", member),
        buttons=(
            Button(label=texts.SIGN, key=f"bulletin:sign:{key}", style="primary"),
            Button(label=texts.SEND_BACK, key=f"bulletin:back:{key}", style="danger"),
        ),
    )


def preview(ctx: Context, issue: BulletinIssue, members: set[UserId]) -> str:
    """Promise the issue as a file; it is made when it is sent."""
    series = ctx.uow.bulletins.series_of(issue.series)
    name = texts.FILE.format(series=series.name, number=issue.number)
    paper = Paper(paper=PaperKind.BULLETIN, subject=issue.id, filename=name)
    ctx.tell(PAPER, sorted(members), paper, subject=issue.id, stage=ctx.new_id())
    return texts.PREVIEW.format(called=called(ctx, issue))


def signers_of(ctx: Context, issue: BulletinIssue) -> list[UserId]:
    """Return who may sign: the deputy over the office, else the principal; never a compiler."""
    ladder = [ctx.uow.members.holding(role, issue.unit) for role in (Role.DEPUTY, Role.PRINCIPAL)]
    return signers(ladder, issue.hands)


def may_sign(ctx: Context, issue: BulletinIssue) -> bool:
    """Tell whether the sender may sign, for himself or in somebody's place."""
    return _signs_for(ctx, issue) is not None


def _signs_for(ctx: Context, issue: BulletinIssue) -> UserId | None:
    """Return in whose place the sender may sign: nobody's for a signer, None where he may not.

    The principal may where a deputy would.
    Who stands in may what the absent may, inside the dates of his delegation, and nobody with a
    hand in the issue signs it, for himself or for another.
    """
    me = ctx.sender.userid
    if me in issue.hands:
        return None
    principals = ctx.uow.members.holding(Role.PRINCIPAL, issue.unit)
    own = [*signers_of(ctx, issue), *(each for each in principals if each not in issue.hands)]
    return NOBODY if me in own else _standing_in(ctx, issue, own).get(me)


def _standing_in(
    ctx: Context, issue: BulletinIssue, absent: Sequence[UserId]
) -> Mapping[UserId, UserId]:
    """Return who stands in for one of *absent* now, each with the one; no compiler does."""
    found = ctx.uow.members.substitutes_for(absent, ctx.now)
    return {who: whom for who, whom in reversed(found) if who not in issue.hands}


def sign(ctx: Context, issue: BulletinIssue, seen: str = "", code: str = "") -> str:
    """Sign the content that was offered; *seen* is the beginning of the hash of what was shown.

    Raises:
        UserError: it is not offered, was changed since, is signed, or is not the sender's to sign.
    """
    _refuse_signed(ctx, issue)
    absent = _absent_or_refused(ctx, issue)
    name = called(ctx, issue)
    if not issue.offered:
        raise UserError((texts.CHANGED_SINCE if seen else texts.NOT_OFFERED).format(called=name))
    placed = ctx.uow.bulletins.items(issue.id)
    _refuse_what_is_gone(ctx, issue, placed)
    now = hash_of(ctx, issue, placed)
    if issue.offered != now or not now.startswith(seen):
        raise UserError(texts.CHANGED_SINCE.format(called=name))
    issue.status, issue.sha256, issue.offered = IssueStatus.SIGNED, now, ""
    issue.signed_by, issue.signed_for, issue.signed_at = ctx.sender.userid, absent, ctx.now
    ctx.audit("bulletin:sign", issue.id, after={"sha256": now}, on_behalf_of=absent)
    grey(ctx, issue.id, CARD, texts.CARD_DONE["signed"], code)
    said = texts.SIGNED_TOLD.format(called=name, who=signer_of(ctx, issue), number=issue.number)
    told = _tell_hands(ctx, issue, said, "signed", absent)
    return texts.SIGNED.format(called=name, count=len(placed), told=told)


def send_back(ctx: Context, issue: BulletinIssue, reason: str, code: str = "") -> str:
    """Let an issue that was offered or signed be worked on again.

    Raises:
        UserError: it is neither, has left, is not the sender's to send back, or without a reason.
    """
    name = called(ctx, issue)
    if issue.status is IssueStatus.DISTRIBUTED or not (
        issue.offered or issue.status is IssueStatus.SIGNED
    ):
        raise UserError(texts.NOTHING_TO_SEND_BACK.format(called=name))
    mine = issue.signed_by == ctx.sender.userid or may_sign(ctx, issue)
    if not is_editor(ctx) and not mine:
        raise UserError(texts.NOT_YOURS_TO_SEND_BACK.format(called=name))
    if not reason:
        raise UserError(texts.ASK_WHY.format(called=name, number=issue.number))
    before = {"status": issue.status, "sha256": issue.sha256, "signed_by": issue.signed_by}
    issue.status, issue.offered, issue.sha256 = IssueStatus.DRAFTING, "", ""
    issue.signed_by, issue.signed_for, issue.signed_at = NOBODY, NOBODY, None
    ctx.audit("bulletin:send_back", issue.id, before=before, after={"reason": reason})
    grey(ctx, issue.id, CARD, texts.CARD_DONE["back"], code)
    said = texts.SENT_BACK_TOLD.format(
        called=name, who=ctx.sender.name, reason=reason, number=issue.number
    )
    told = _tell_hands(ctx, issue, said, "back")
    return texts.SENT_BACK.format(called=name, reason=reason, told=told or texts.NOBODY)


def distribute(ctx: Context, issue: BulletinIssue, to: str) -> str:
    """Note that the signed issue was printed and sent; each item of it was used by the bulletin.

    Raises:
        UserError: it is not the office that says so, it is not signed, or an item was taken down.
    """
    refuse_unless_editor(ctx)
    name = called(ctx, issue)
    if issue.distributed_at is not None:
        when = short_time(issue.distributed_at, ctx.now)
        raise UserError(texts.ALREADY_OUT.format(called=name, when=when, to=issue.distributed_to))
    if issue.status is not IssueStatus.SIGNED:
        raise UserError(texts.NOT_SIGNED_YET.format(called=name, number=issue.number))
    if not to:
        raise UserError(texts.TO_WHOM.format(number=issue.number))
    placed = ctx.uow.bulletins.items(issue.id)
    _refuse_what_is_gone(ctx, issue, placed)
    series = ctx.uow.bulletins.series_of(issue.series)
    issue.status, issue.distributed_to = IssueStatus.DISTRIBUTED, to
    issue.distributed_by, issue.distributed_at = ctx.sender.userid, ctx.now
    ctx.audit("bulletin:distribute", issue.id, after={"to": to, "sha256": issue.sha256})
    printed = BulletinDistributed(
        channel=series.channel,
        issue=texts.ISSUE_OF.format(series=series.name, year=issue.year, number=issue.number),
        day=local(ctx.now).date(),
        items=tuple(Printed(draft=one.item.draft, body=one.item.body) for one in placed),
    )
    more = "".join(ctx.emit(printed))
    channel = ctx.uow.adoptions.channel_names([series.channel])[series.channel]
    return texts.DISTRIBUTED.format(
        called=name, to=to, count=len(placed), channel=channel, more=more
    )


def _refuse_signed(ctx: Context, issue: BulletinIssue) -> None:
    if issue.status is not IssueStatus.DRAFTING:
        who = names(ctx, [issue.signed_by])
        raise UserError(texts.ALREADY_SIGNED.format(called=called(ctx, issue), who=who))


def _absent_or_refused(ctx: Context, issue: BulletinIssue) -> UserId:
    """Return in whose place the sender signs, nobody's if in his own; UserError: he may not."""
    absent = _signs_for(ctx, issue)
    if absent is not None:
        return absent
    own = ctx.sender.userid in issue.hands
    said = texts.YOUR_OWN_HAND if own else texts.NOT_YOURS_TO_SIGN
    who = names(ctx, signers_of(ctx, issue)) or texts.NOBODY
    raise UserError(said.format(called=called(ctx, issue), who=who))


def _refuse_what_is_gone(ctx: Context, issue: BulletinIssue, placed: Sequence[Placed]) -> None:
    gone = [one for one in placed if one.status not in RELEASED]
    if gone:
        listed = "、".join(f"{one.number}号" for one in gone)
        raise UserError(
            texts.HAS_GONE.format(names=listed, called=called(ctx, issue), first=gone[0].number)
        )


def _tell_hands(
    ctx: Context, issue: BulletinIssue, said: str, stage: str, absent: UserId = NOBODY
) -> str:
    """Tell those who compiled the issue, and *absent*, but not the sender; return who they are."""
    concerned = [*(UserId(each) for each in issue.hands), *([absent] if absent else ())]
    others = [each for each in concerned if each != ctx.sender.userid]
    moment = f"{stage} {ctx.now.isoformat()}"
    ctx.tell(TOLD, others, Text(text=said), subject=issue.id, stage=moment)
    return names(ctx, others)
