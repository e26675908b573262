"""审批单, 导出, 历史: what stands on the papers of a draft."""

import re
from collections.abc import Sequence
from datetime import datetime

from handlers.drafts import paper_texts as words
from handlers.drafts.texts import STATUS
from handlers.kit.context import Context
from handlers.kit.finding import gate_name
from handlers.rules.calendar import local
from handlers.rules.differences import differences, short_form
from handlers.rules.papers import (
    ApprovalForm,
    Article,
    GateRow,
    HistoryLine,
    Opinion,
    Picture,
)
from handlers.rules.personal_data import personal_data
from handlers.rules.review_flow import RELEASED
from handlers.rules.routes import Stop
from storage.models import Draft, DraftVersion, GatePass
from storage.queries.papers import Given, Sent
from storage.vocabulary import AttachmentKind, DraftStatus, Passage, Role, Verdict

_NOT_ONLINE = re.compile(r"不(?:得|能|要|可以?|宜)?(?:上网|公开)")
_HASH_SHOWN = 16
_CHANGES_SHOWN = 300


def approval_form(ctx: Context, draft: Draft) -> ApprovalForm:
    """Return the form of a draft that has been handed in, with all that is known of it by now."""
    version = ctx.uow.drafts.version(draft.id, draft.version)
    opinions = ctx.uow.papers.opinions(draft.id)
    sent = ctx.uow.papers.dispatches(draft.id)
    return ApprovalForm(
        heading=words.FORM.format(bureau=ctx.uow.members.unit(draft.bureau).name),
        number=words.NUMBER.format(year=draft.year, number=draft.number),
        title=version.title,
        facts=_facts(ctx, draft, version, opinions, sent),
        body=version.body,
        pictures=pictures(ctx, draft),
        gates=_gates(ctx, draft, opinions),
        dispatches=tuple(
            words.DISPATCH.format(channel=one.channel, who=one.who, when=_at(one.at))
            for one in sent
        ),
        remarks=_remarks(ctx, draft),
        foot=_foot(ctx, version),
    )


def article(ctx: Context, draft: Draft) -> Article:
    """Return the latest text as it leaves; one that is not signed says so on its first line."""
    version = ctx.uow.drafts.version(draft.id, draft.version)
    author = ctx.uow.members.names([draft.author])[draft.author]
    day = local(draft.signed_at or version.created_at)
    released = draft.status in RELEASED
    return Article(
        title=version.title,
        body=version.body,
        pictures=pictures(ctx, draft),
        signed=words.SIGNED_BY.format(unit=ctx.uow.members.unit(draft.unit).path, author=author),
        date=f"{day.year}年{day.month}月{day.day}日",
        mark="" if released else words.NOT_SIGNED.format(status=STATUS[draft.status]),
        foot=_foot(ctx, version),
    )


def history(ctx: Context, draft: Draft) -> Sequence[HistoryLine]:
    """Return the versions of a draft, the newest first, each with what was said of it."""
    versions = ctx.uow.drafts.versions(draft.id)
    names = ctx.uow.members.names({one.created_by for one in versions})
    opinions = ctx.uow.papers.opinions(draft.id)
    lines = []
    before: DraftVersion | None = None
    for one in versions:
        lines.append(
            HistoryLine(
                version=words.VERSION.format(number=one.number),
                who=names[one.created_by],
                when=_at(one.created_at),
                characters=words.CHARACTERS.format(count=len(one.body)),
                sha256=one.sha256[:_HASH_SHOWN],
                changed=_changed(before, one),
                opinions=tuple(
                    _opinion(given, draft) for given in opinions if given.version == one.number
                ),
            )
        )
        before = one
    return lines[::-1]


def pictures(ctx: Context, draft: Draft) -> tuple[Picture, ...]:
    found = [
        one
        for one in ctx.uow.drafts.attachments(draft.id)
        if one.kind is AttachmentKind.PICTURE and (one.sha256 or one.lost)
    ]
    return tuple(
        Picture(
            caption=words.PICTURE.format(place=place, name=one.filename or words.NO_NAME)
            + (words.LOST if one.lost else ""),
            sha256=one.sha256,
        )
        for place, one in enumerate(found, 1)
    )


def _facts(
    ctx: Context,
    draft: Draft,
    version: DraftVersion,
    opinions: Sequence[Given],
    sent: Sequence[Sent],
) -> tuple[tuple[str, str], ...]:
    personal = personal_data(f"{version.title}\n{version.body}")
    channel = draft.channel or "、".join(one.channel for one in sent) or words.RULED
    author = ctx.uow.members.names([draft.author])[draft.author]
    return (
        (words.UNIT, ctx.uow.members.unit(draft.unit).name),
        (words.AUTHOR, author),
        (words.HANDED_IN, _at(draft.submitted_at or version.created_at)),
        (words.KIND, words.KINDS[draft.kind]),
        (words.CHANNEL, channel),
        (words.STATE, STATUS[draft.status]),
        (words.SOURCE, words.SOURCE_BOXES),
        *decided_boxes(version.number, opinions, [one.channel for one in sent if one.outward]),
        (
            words.PERSONAL,
            words.PERSONAL_FOUND.format(count=len(personal)) if personal else words.PERSONAL_NONE,
        ),
    )


def decided_boxes(
    version: int, opinions: Sequence[Given], public: Sequence[str]
) -> tuple[tuple[str, str], ...]:
    """Return the rows that people decide: ticked where they have, else to be ticked by hand.

    That a draft went to *public* channels says that it is open and may be online; that the secrecy
    gate approved this very text, that it is not classified.
    """
    approved = [one for one in opinions if one.verdict is Verdict.APPROVE]
    cleared = [
        one for one in approved if one.role is Role.SECRECY_REVIEWER and one.version == version
    ]
    barred = any(_NOT_ONLINE.search(one.reason) for one in approved)
    openness = words.OPEN.format(channels="、".join(public)) if public else words.OPENNESS_BOXES
    classified = words.CLEARED.format(who=cleared[-1].who) if cleared else words.CLASSIFIED_BOXES
    online = words.OFFLINE if barred else words.ONLINE_TICKED if public else words.ONLINE_BOXES
    return (
        (words.OPENNESS, openness),
        (words.CLASSIFIED, classified),
        (words.ONLINE, online),
    )


def _gates(ctx: Context, draft: Draft, opinions: Sequence[Given]) -> tuple[GateRow, ...]:
    passes = ctx.uow.reviews.passes(draft.id, draft.version)
    return tuple(
        GateRow(
            name=words.GATE.format(gate=gate_name(Stop.read(written).gate)),
            opinions=tuple(_opinion(one, draft) for one in opinions if one.gate == place),
            standing=_standing(draft, place, passes),
        )
        for place, written in enumerate(draft.route)
    )


def _standing(draft: Draft, place: int, passes: Sequence[GatePass]) -> str:
    """Say how a gate stands to the present text, where its opinions do not say it."""
    how = {one.how for one in passes if one.gate == place}
    if Passage.SKIPPED in how:
        return words.SKIPPED
    if Passage.CARRIED in how:
        return words.CARRIED.format(number=draft.version)
    if Passage.DECIDED in how or draft.status is DraftStatus.RETURNED:
        return ""
    waiting = draft.status in {DraftStatus.IN_REVIEW, DraftStatus.ON_HOLD}
    return words.WAITS if waiting and draft.gate == place else ""


def _opinion(given: Given, draft: Draft) -> Opinion:
    said = words.VERDICTS[given.verdict]
    if given.reason:
        said = words.WITH_REASON.format(verdict=said, reason=given.reason)
    who = given.who
    if given.absent:
        who = words.ON_BEHALF.format(who=who, absent=given.absent)
    elif given.standing in words.STANDINGS:
        who = words.STANDINGS[given.standing].format(who=who)
    older = given.version < draft.version
    return Opinion(
        words=said,
        signature=who,
        when=_at(given.at),
        of_text=words.OF_TEXT.format(
            number=given.version, sha256=given.sha256[:_HASH_SHOWN], older=words.OLDER * older
        ),
    )


def _remarks(ctx: Context, draft: Draft) -> tuple[str, ...]:
    handed = (
        words.HANDED[one.kind].format(
            when=_at(one.at),
            who=one.who,
            to=one.to,
            reason=words.REASON.format(reason=one.reason) if one.reason else "",
        )
        for one in ctx.uow.papers.handovers(draft.id)
    )
    return tuple(handed)


def _changed(before: DraftVersion | None, after: DraftVersion) -> str:
    if before is None:
        return words.FIRST
    title = words.TITLE_WAS.format(title=before.title) if before.title != after.title else ""
    if (had := len(before.pictures)) != len(after.pictures):
        title += words.PICTURES_WERE.format(before=had, after=len(after.pictures))
    body = short_form(differences(before.body, after.body), _CHANGES_SHOWN)
    return title + (body or words.BODY_SAME)


def _foot(ctx: Context, version: DraftVersion) -> str:
    return words.FOOT.format(number=version.number, sha256=version.sha256, when=_at(ctx.now))


def _at(moment: datetime) -> str:
    here = local(moment)
    return f"{here.year}年{here.month}月{here.day}日 {here:%H:%M}"
