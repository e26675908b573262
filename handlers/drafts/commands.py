"""投稿, 完成, 取消, 继续, 修改, 撤稿, 我的稿件: what an author says."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.drafts import editing, finishing, meanings, mistakes, published, texts, writing
from handlers.drafts.withdrawing import withdraw
from handlers.kit.asked import Asked, Takes, Upload
from handlers.kit.context import Context, Option
from handlers.kit.errors import TalkOverError, UserError
from handlers.kit.events import DraftWanted, EmergencySaid
from handlers.kit.finding import draft_numbered, named
from handlers.kit.listing import fitting
from handlers.kit.meaning import Heard, Situation
from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from handlers.rules.calendar import period_bounds, short_time
from handlers.rules.review_flow import RELEASED, Move, after
from storage.models import Attachment, Draft
from storage.vocabulary import (
    AttachmentKind,
    ConversationState,
    DraftId,
    DraftKind,
    DraftStatus,
    Role,
    Urgency,
)

registry = Registry(theme="写稿")
registry.message(MessageKind(name="draft_withdrawn", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="draft_edited", urgency=Urgency.PROMPT))
registry.message(MessageKind(name="file_read", urgency=Urgency.PROMPT, mutable=False))

_AT_A_GATE = (DraftStatus.IN_REVIEW, DraftStatus.ON_HOLD)
_MINE_SHOWN = 10
_EMERGENCY = re.compile(r"紧急|应急信息|突发")


@registry.situation
def _what_was_returned(ctx: Context, _roles: frozenset[Role]) -> Situation | None:
    """An author whose latest draft was returned talks about that one."""
    latest = ctx.uow.drafts.of_author(ctx.sender.userid, 1)
    if not latest or latest[0].status is not DraftStatus.RETURNED:
        return None
    return Situation(kind="returned", numbers=(latest[0].number,))


def _body(heard: Heard) -> str:
    """Return what stands below the first line; of an emergency, which begins with it, all."""
    if _EMERGENCY.search(heard.plain):
        return heard.raw
    _, newline, below = heard.raw.partition("\n")
    return below.strip("\n") if newline else ""


@registry.command(
    "投稿",
    takes=Takes.TITLE_AND_BODY,
    usage="投稿 标题（换行写正文）",
    purpose="开始一篇稿件",
    for_links="写成稿件",
    means=meanings.submit,
    reads=_body,
    lightly=True,
)
def submit_draft(ctx: Context, asked: Asked) -> str:
    """Begin a draft; a body that is here is its first piece. A title may be asked for.

    An emergency that is told in free words is no draft: whoever takes such answers.
    """
    if asked.slots.get("kind") == DraftKind.EMERGENCY and not asked.title:
        return "".join(ctx.emit(EmergencySaid(words=asked.text)))
    text = asked.text or str(asked.slots.get("body_hint", ""))
    if asked.slots and not asked.title:
        return ctx.ask(texts.ASK_TITLE, "title", "submit_draft", replace(asked, text=text))
    aside = _set_aside(ctx)
    kind = str(asked.slots.get("kind", ""))
    draft = writing.begin(ctx, asked.title.partition("\n")[0], kind)
    received = ""
    if text:
        _, characters = writing.add_part(ctx, draft, text)
        received = texts.BEGUN_RECEIVED.format(characters=characters)
    writing.keep_writing(ctx, draft)
    name = named(draft) + writing.marks(draft)
    said = texts.BEGUN.format(name=name, received=received) + aside
    return ctx.with_link(said, f"compose/{draft.id}")


@registry.on(DraftWanted)
def begin_what_is_wanted(ctx: Context, event: DraftWanted) -> str:
    title = event.title[: writing.TITLE_LIMIT]
    return submit_draft(ctx, Asked(title=title, text=event.text))


@registry.reply(ConversationState.COMPOSING)
def append_draft(ctx: Context, said: str) -> str:
    draft = _in_hand(ctx)
    count, characters = writing.add_part(ctx, draft, said)
    writing.keep_writing(ctx, draft)
    return texts.RECEIVED.format(count=count, name=named(draft), characters=characters)


@registry.meaning(meanings.append)
def append_to_what(ctx: Context, _asked: Asked) -> str:
    """Somebody adds to a draft that is not open: take it up, or say how things stand."""
    if draft := _asked_about(ctx):
        return _take_up(ctx, draft)
    raise UserError(_nothing_open(ctx))


@registry.upload(ConversationState.COMPOSING)
def append_upload(ctx: Context, upload: Upload) -> str:
    """Note the picture or file now; a worker fetches it while the channel still has it."""
    draft = _in_hand(ctx)
    attachment = Attachment(
        id=ctx.new_id(),
        draft=draft.id,
        media_id=upload.media_id,
        filename=upload.filename,
        kind=upload.kind,
        created_at=ctx.now,
    )
    ctx.uow.drafts.attach(attachment)
    ctx.ring("fetch", attachment.id)
    writing.keep_writing(ctx, draft)
    if upload.kind is AttachmentKind.PICTURE:
        return texts.PICTURE.format(name=named(draft))
    return texts.FILE.format(file=upload.filename, name=named(draft))


@registry.command(
    "完成", takes=Takes.NOTHING, usage="完成", purpose="提交正在写的稿件", means=meanings.finish
)
def finish_draft(ctx: Context, asked: Asked) -> str:
    """Hand in the draft in hand, or the one about which something was asked first."""
    if agreed := asked.slots.get("agreed"):
        return writing.hand_in(ctx, _writable(ctx, asked.numbers[0]), agreed=str(agreed))
    if draft := _asked_about(ctx):
        return writing.hand_in(ctx, draft)
    if ctx.talk is None or ctx.talk.state is not ConversationState.COMPOSING:
        raise UserError(_nothing_open(ctx))
    return writing.hand_in(ctx, _in_hand(ctx))


@registry.command(
    "取消", takes=Takes.NOTHING, usage="取消", purpose="放弃正在做的事", means=meanings.cancel
)
def cancel(ctx: Context, _asked: Asked) -> str:
    """End whatever the talk is about; a new draft is cancelled, a returned one stays returned."""
    if ctx.talk is None or ctx.talk.state is ConversationState.IDLE:
        raise UserError(texts.NOTHING_OPEN)
    if asked_about := _asked_about(ctx):
        return _take_up(ctx, asked_about)
    was, subject = ctx.talk.state, ctx.talk.subject
    ctx.turn(ConversationState.IDLE)
    if was is not ConversationState.COMPOSING:
        return "好的，不做了。"
    draft = ctx.uow.drafts.lock(DraftId(subject))
    if draft.status is DraftStatus.COMPOSING:
        draft.status = after(draft.status, Move.CANCEL)
        ctx.audit("draft:cancel", draft.id, after={"status": draft.status})
        return texts.CANCELLED.format(name=named(draft))
    return f"好的，{named(draft)}先不改，发送 修改 {draft.number} 可再改。"


@registry.command("继续", takes=Takes.NUMBER, usage="继续 12", purpose="接着写没写完的稿件")
def resume_draft(ctx: Context, asked: Asked) -> str:
    return _take_up(ctx, _writable(ctx, asked.numbers[0]))


def _take_up(ctx: Context, draft: Draft) -> str:
    parts = ctx.uow.drafts.parts(draft.id, draft.version + 1)
    aside = _set_aside(ctx, draft)
    writing.keep_writing(ctx, draft)
    characters = sum(len(part.text) for part in parts)
    return texts.RESUMED.format(name=named(draft), characters=characters) + aside


@registry.command(
    "修改",
    takes=Takes.NUMBER_AND_BODY,
    usage="修改 12（换行写新正文）",
    purpose="改退回的稿件并重新提交；办公室改已签发的定稿",
    means=meanings.revise,
    reads=_body,
)
def revise_draft(ctx: Context, asked: Asked) -> str:
    """Take the new text of a returned draft: at once if it is here, else in pieces until 完成.

    Edits in words are made to the text that there is: to the pieces of a draft that is being
    written, or to the last version of a returned one, which is then handed in again. The office
    edits what is signed.
    """
    if asked.numbers:
        draft = draft_numbered(ctx, asked.numbers[0])
        if finishing.may_finish(ctx, draft):
            return finishing.edit_signed(ctx, draft, asked)
        if draft.status in published.OUT:
            return published.offer_correction(ctx, draft, asked)
    if editing.asks_for(asked.slots):
        return _edit(ctx, asked)
    draft = _meant(ctx, asked, texts.REVISE_WHICH)
    if draft.author != ctx.sender.userid:
        raise UserError(texts.NOT_YOURS.format(name=named(draft)))
    if draft.status not in writing.WRITABLE:
        hint = texts.WITHDRAW_FIRST if draft.status in _AT_A_GATE else ""
        raise UserError(
            texts.NOT_RETURNED.format(
                name=named(draft), status=texts.STATUS[draft.status], hint=hint
            )
        )
    ctx.uow.drafts.clear_parts(draft.id, draft.version + 1)
    aside = _set_aside(ctx, draft)
    if not asked.text:
        writing.keep_writing(ctx, draft)
        return texts.REVISING.format(name=named(draft)) + aside
    writing.add_part(ctx, draft, asked.text)
    return writing.hand_in(ctx, draft) + aside


@registry.command(
    "撤稿",
    takes=Takes.NUMBER,
    usage="撤稿 12",
    purpose="撤回还没签发的稿件",
    means=meanings.withdraw,
    reads=mistakes.what_is_wrong,
)
def withdraw_draft(ctx: Context, asked: Asked) -> str:
    """Withdraw; in free words only after a yes, because it cannot be undone."""
    if asked.slots and not asked.slots.get("confirmed"):
        return _confirm_withdrawal(ctx, asked)
    return withdraw(ctx, draft_numbered(ctx, asked.numbers[0]))


@registry.command(
    "我的稿件",
    takes=Takes.NOTHING,
    usage="我的稿件",
    purpose="看自己的稿件到了哪一步",
    means=meanings.mine,
    changes=False,
)
def my_drafts(ctx: Context, asked: Asked) -> str:
    """List the sender's drafts, newest first; a period or a status narrows them."""
    slots, offset = asked.slots, int(asked.slots.get("offset", 0))
    between = period_bounds(slots["period"]) if "period" in slots else None
    me, count = ctx.sender.userid, _MINE_SHOWN + 1
    if slots.get("status") == "adopted":
        drafts = ctx.uow.drafts.adopted_of(me, count, offset=offset, between=between)
    else:
        drafts = ctx.uow.drafts.of_author(
            me, count, offset=offset, status=_status(slots), between=between
        )
    if not drafts:
        return texts.MINE_NONE if slots else texts.MINE_EMPTY
    shown = drafts[:_MINE_SHOWN]
    users = ctx.uow.adoptions.users_of([draft.id for draft in shown])
    lines = [
        f"{named(draft)} {texts.STATUS[draft.status]} {short_time(draft.created_at, ctx.now)}"
        + (texts.USED_BY.format(channels="、".join(users[draft.id])) if draft.id in users else "")
        for draft in shown
    ]
    lines = fitting(lines)
    ctx.show("drafts", [draft.number for draft in shown[: len(lines)]])
    if len(drafts) > len(lines):
        ctx.more("my_drafts", {**slots, "offset": offset + len(lines)})
        lines.append(texts.MORE)
    return ctx.with_link(texts.MINE.format(lines="\n".join(lines)), "mine")


_STATUSES = {
    "returned": DraftStatus.RETURNED,
    "pending": DraftStatus.IN_REVIEW,
    "signed": DraftStatus.SIGNED,
    "composing": DraftStatus.COMPOSING,
    "withdrawn": DraftStatus.WITHDRAWN,
}


def _status(slots: Mapping[str, Any]) -> DraftStatus | None:
    return _STATUSES.get(str(slots.get("status", "")))


def _meant(ctx: Context, asked: Asked, question: str) -> Draft:
    """Return the draft that is named, or the author's latest where he says 刚才那篇.

    Raises:
        UserError: none is named; *question* asks which.
    """
    if asked.numbers:
        return draft_numbered(ctx, asked.numbers[0])
    if select := asked.slots.get("select"):
        status = DraftStatus.RETURNED if select == "latest_returned" else None
        if latest := ctx.uow.drafts.of_author(ctx.sender.userid, 1, status=status):
            return draft_numbered(ctx, latest[0].number)
    raise UserError(question)


def _confirm_withdrawal(ctx: Context, asked: Asked) -> str:
    draft = _meant(ctx, asked, texts.WITHDRAW_WHICH)
    if draft.status in published.OUT:
        return published.offer_retraction(ctx, draft, asked)
    option = Option(
        label="", command="withdraw_draft", numbers=(draft.number,), slots={"confirmed": True}
    )
    question = texts.CONFIRM_WITHDRAWAL.format(name=named(draft))
    return ctx.offer(question, option, confirming="withdraw_draft")


def _edit(ctx: Context, asked: Asked) -> str:
    """Make the edits that are said in words, to the draft in hand or to a returned one."""
    composing = ctx.talk is not None and ctx.talk.state is ConversationState.COMPOSING
    if in_hand := _in_hand(ctx) if composing else _asked_about(ctx):
        draft = in_hand
        characters = editing.edit_parts(ctx, draft, asked.slots)
        writing.keep_writing(ctx, draft)
        return texts.EDITED.format(name=named(draft), characters=characters)
    draft = _meant(ctx, asked, texts.REVISE_WHICH)
    if draft.author != ctx.sender.userid:
        raise UserError(texts.NOT_YOURS.format(name=named(draft)))
    if draft.status not in writing.WRITABLE:
        hint = texts.WITHDRAW_FIRST if draft.status in _AT_A_GATE else ""
        status = texts.STATUS[draft.status]
        raise UserError(texts.NOT_RETURNED.format(name=named(draft), status=status, hint=hint))
    aside = _set_aside(ctx, draft)
    editing.edit_parts(ctx, draft, asked.slots)
    return writing.hand_in(ctx, draft) + aside


def _in_hand(ctx: Context) -> Draft:
    if ctx.talk is None:
        raise UserError(texts.NOTHING_OPEN)
    draft = ctx.uow.drafts.lock(DraftId(ctx.talk.subject))
    if draft.status not in writing.WRITABLE:
        status = texts.STATUS[draft.status]
        raise TalkOverError(texts.NOT_OPEN.format(name=named(draft), status=status))
    return draft


def _writable(ctx: Context, number: int) -> Draft:
    """Return a draft of the sender's that he may write on.

    Raises:
        UserError: it is somebody else's, or already on its way.
    """
    draft = draft_numbered(ctx, number)
    if draft.author != ctx.sender.userid:
        raise UserError(texts.NOT_YOURS.format(name=named(draft)))
    if draft.status not in writing.WRITABLE:
        raise UserError(texts.NOT_OPEN.format(name=named(draft), status=texts.STATUS[draft.status]))
    return draft


def _asked_about(ctx: Context) -> Draft | None:
    """Return the draft about which the sender was asked something when he handed it in."""
    talk = ctx.talk
    if talk is None or talk.state is not ConversationState.CHOOSING:
        return None
    options = talk.memory.get("options", ())
    if talk.subject != "finish_draft" or not options:
        return None
    return _writable(ctx, options[0]["numbers"][0])


def _set_aside(ctx: Context, taken_up: Draft | None = None) -> str:
    """Say how to come back to the draft that was being written until *taken_up*."""
    if ctx.talk is None or ctx.talk.state is not ConversationState.COMPOSING:
        return ""
    draft = ctx.uow.drafts.get(DraftId(ctx.talk.subject))
    if draft.status not in writing.WRITABLE or draft is taken_up:
        return ""
    return texts.SET_ASIDE.format(name=named(draft), number=draft.number)


def _nothing_open(ctx: Context) -> str:
    """Somebody says 完成 once more than needed, or too late: say how things stand."""
    latest = ctx.uow.drafts.of_author(ctx.sender.userid, 1)
    if not latest:
        return texts.NOTHING_OPEN
    draft = latest[0]
    if draft.status is DraftStatus.COMPOSING:
        return f"{named(draft)}已暂存，还没提交。发送 继续 {draft.number}，再发 完成。"
    if draft.status in {*_AT_A_GATE, *RELEASED}:
        return texts.ALREADY_SUBMITTED.format(name=named(draft), status=texts.STATUS[draft.status])
    return texts.NOTHING_OPEN
