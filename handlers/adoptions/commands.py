"""报送, 登记采用, 登记批示, 未采用, 确认, 更正采用, 刊用稿: what is said of a signed draft."""

from dataclasses import replace

from handlers.adoptions import meanings, texts
from handlers.adoptions.answering import answer
from handlers.adoptions.channels import channels_of
from handlers.adoptions.correcting import correct
from handlers.adoptions.deciding import CARD, confirm, refuse, refuse_unless_confirmer
from handlers.adoptions.dispatching import dispatch, not_adopted
from handlers.adoptions.editing import keep_edited
from handlers.adoptions.entries import kind_of
from handlers.adoptions.listing import list_uses, units_seen
from handlers.adoptions.remarking import enter_remark
from handlers.adoptions.sheet import BOOK
from handlers.adoptions.using import enter
from handlers.kit.asked import Asked, Form, Press, Takes, Upload
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import draft_numbered, named
from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from handlers.kit.sheets import confirm as confirm_sheet
from storage.models import Attachment, Draft
from storage.queries.adoptions import Entry
from storage.vocabulary import (
    AttachmentKind,
    ConversationState,
    EntryStatus,
    Level,
    Role,
    Topic,
    Urgency,
)

registry = Registry(theme="采用")
registry.sheet(BOOK)
registry.message(MessageKind(name=CARD, urgency=Urgency.PROMPT, distinct=True))
registry.message(MessageKind(name="adoption_told", urgency=Urgency.PROMPT, distinct=True))
registry.message(
    MessageKind(
        name="adoption_reminder",
        urgency=Urgency.ROUTINE,
        resend_when_unsure=False,
        topic=Topic.REMINDER,
        distinct=True,
    )
)

_OFFICE = frozenset({Role.OFFICE})
_CONFIRMERS = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_PROPOSERS = frozenset({Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE})


@registry.command(
    "报送",
    takes=Takes.NUMBER_AND_TEXT,
    usage="报送 12 市政府网站",
    purpose="登记稿件报送到哪里",
    shown_to=_OFFICE,
    means=meanings.dispatch,
)
def dispatch_draft(ctx: Context, asked: Asked) -> str:
    return dispatch(ctx, asked)


@registry.command(
    "登记采用",
    takes=Takes.NUMBER_AND_TEXT,
    usage="登记采用 12 市政府网站 9月20日 https://…",
    purpose="登记稿件被哪里采用",
    shown_to=_PROPOSERS,
    means=meanings.record,
)
def record_adoption(ctx: Context, asked: Asked) -> str:
    """Take what is said of a use, a non-use, a remark or a mistake in one of these."""
    slots = asked.slots
    if slots.get("action") in {"correct", "cancel"}:
        return correct(ctx, asked)
    if slots.get("instruction"):
        return enter_remark(ctx, asked)
    if slots.get("adopted") is False:
        return not_adopted(ctx, asked)
    return enter(ctx, asked)


@registry.command(
    "登记批示",
    takes=Takes.NUMBER_AND_TEXT,
    usage="登记批示 12 王副市长 9月20日 批示：请推广",
    purpose="登记领导批示或圈阅",
    shown_to=_PROPOSERS,
)
def record_instruction(ctx: Context, asked: Asked) -> str:
    return enter_remark(ctx, asked)


@registry.command(
    "批示办结",
    "办结批示",
    takes=Takes.NUMBER_AND_TEXT,
    usage="批示办结 12 已在20个小区推广",
    purpose="登记领导批示办得怎样",
    shown_to=_PROPOSERS,
    means=meanings.handled,
    reads=meanings.done_about,
)
def answer_instruction(ctx: Context, asked: Asked) -> str:
    return answer(ctx, asked)


@registry.command(
    "未采用",
    "没采用",
    takes=Takes.NUMBER_AND_TEXT,
    usage="未采用 12 选题重复",
    purpose="登记稿件没被采用和原因",
    shown_to=_OFFICE,
)
def record_non_adoption(ctx: Context, asked: Asked) -> str:
    return not_adopted(ctx, replace(asked, slots={"why": asked.text} if asked.text else {}))


@registry.command(
    "更正采用",
    "更正批示",
    takes=Takes.NUMBER_AND_TEXT,
    usage="更正采用 12 是省级",
    purpose="更正或作废登记错的采用、批示",
    shown_to=_OFFICE,
)
def correct_entry(ctx: Context, asked: Asked) -> str:
    return correct(ctx, asked)


@registry.command(
    "确认",
    takes=Takes.NUMBERS,
    usage="确认 12",
    purpose="确认科室报的采用、批示",
    shown_to=_CONFIRMERS,
)
def confirm_entry(ctx: Context, asked: Asked) -> str:
    said = []
    for number in sorted(asked.numbers):
        draft, entries = _waiting(ctx, number)
        said += [confirm(ctx, draft, entry) for entry in entries]
    return "\n".join(said)


@registry.command(
    "不确认",
    takes=Takes.NUMBER_AND_TEXT,
    usage="不确认 12 理由",
    purpose="不确认科室报的采用、批示",
    shown_to=_CONFIRMERS,
)
def refuse_entry(ctx: Context, asked: Asked) -> str:
    draft, entries = _waiting(ctx, asked.numbers[0])
    if not asked.text:
        what = kind_of(entries[0])
        raise UserError(
            texts.ASK_WHY_REFUSED.format(name=named(draft), what=what, number=draft.number)
        )
    return "\n".join(refuse(ctx, draft, entry, asked.text) for entry in entries)


def _waiting(ctx: Context, number: int) -> tuple[Draft, list[Entry]]:
    """Return the draft and what of it waits for a yes.

    Raises:
        UserError: nothing waits.
    """
    draft = draft_numbered(ctx, number)
    proposed = [EntryStatus.PROPOSED]
    entries: list[Entry] = [
        *ctx.uow.adoptions.of_drafts([draft.id], proposed),
        *ctx.uow.adoptions.instructions_of([draft.id], proposed),
    ]
    if not entries:
        raise UserError(texts.NOTHING_TO_CONFIRM.format(name=named(draft)))
    return draft, entries


@registry.button("adoption")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press on the card of a proposed entry; a refusal asks for its reason."""
    _, act, identity = pressed.key.split(":")
    entry: Entry | None = ctx.uow.adoptions.adoption(identity)
    entry = entry or ctx.uow.adoptions.instruction(identity)
    if entry is None:
        return ""
    draft = ctx.uow.drafts.lock(entry.draft)
    if act == "confirm":
        return confirm(ctx, draft, entry, pressed.response_code)
    refuse_unless_confirmer(ctx, draft, entry)
    what = kind_of(entry)
    return texts.ASK_WHY_REFUSED.format(name=named(draft), what=what, number=draft.number)


@registry.command(
    "刊用稿",
    takes=Takes.NUMBER_AND_BODY,
    usage="刊用稿 12（换行粘贴刊用的全文）",
    purpose="存下刊用的文字，让作者看改动",
    shown_to=_OFFICE,
)
def keep_edited_text(ctx: Context, asked: Asked) -> str:
    return keep_edited(ctx, asked)


@registry.command(
    "采用",
    takes=Takes.WORDS,
    usage="采用（或：采用 物业科 8月）",
    purpose="看登记的采用和批示",
    changes=False,
)
def list_adoptions(ctx: Context, asked: Asked) -> str:
    said = list_uses(ctx, asked.text)
    return ctx.with_link(said, "adoptions") if units_seen(ctx) else said


@registry.command(
    "渠道",
    takes=Takes.NOTHING,
    usage="渠道",
    purpose="看可以报送的渠道",
    shown_to=_PROPOSERS,
    changes=False,
)
def list_channels(ctx: Context, _asked: Asked) -> str:
    channels = channels_of(ctx)
    by_level = {
        level: [channel.name for channel in channels if channel.level is level] for level in Level
    }
    lines = [
        texts.CHANNEL_LINE.format(level=texts.LEVELS[level], names="、".join(names))
        for level, names in by_level.items()
        if names
    ]
    return texts.CHANNELS.format(count=len(channels), lines="\n".join(lines))


@registry.upload(ConversationState.ASKING)
def take_scan(ctx: Context, upload: Upload) -> str:
    """Take a picture or a PDF as the evidence that was asked for; it is kept beside the draft.

    Nothing is said where something else was asked.
    """
    talk = ctx.talk
    kept = talk.memory.get("asked") if talk is not None else None
    if talk is None or kept is None or talk.subject != "evidence" or not kept["numbers"]:
        return ""
    is_picture = upload.kind is AttachmentKind.PICTURE
    if not is_picture and not upload.filename.lower().endswith(".pdf"):
        return texts.PICTURE_PLEASE
    asked = Asked(
        numbers=tuple(kept["numbers"]), title=kept["title"], text=kept["text"], slots=kept["slots"]
    )
    draft = draft_numbered(ctx, asked.numbers[0])
    scan = Attachment(
        id=ctx.new_id(),
        draft=draft.id,
        media_id=upload.media_id,
        filename=upload.filename,
        kind=AttachmentKind.EVIDENCE,
        created_at=ctx.now,
    )
    ctx.uow.drafts.attach(scan)
    ctx.ring("fetch", scan.id)
    ctx.turn(ConversationState.IDLE)
    return record_adoption(ctx, replace(asked, slots={**asked.slots, "scan": scan.id}))


@registry.form("adoptions_sheet")
def enter_sheet(ctx: Context, form: Form) -> str:
    """Enter a sheet that was checked, by the word of whoever handed it in."""
    return confirm_sheet(ctx, BOOK, form.fields["sheet"])
