"""What happens to a draft's text: begin, add, hand in."""

import re
from collections.abc import Sequence
from datetime import timedelta

from handlers.drafts import texts
from handlers.drafts.duplicates import look_for_duplicates
from handlers.drafts.looking import HandedIn
from handlers.drafts.proving import look_for_faults
from handlers.drafts.submission import look_over
from handlers.drafts.unread import refuse_while_reading
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.events import ChannelsAsked, DraftSubmitted
from handlers.kit.finding import KIND_NAMES, named
from handlers.kit.versions import add_version, sha256_of
from handlers.rules.calendar import local
from handlers.rules.channels import plain
from handlers.rules.heading import Heading, may_have_marks, read_heading
from handlers.rules.review_flow import Move, after
from handlers.rules.secrecy import secrecy_mark
from storage.models import Draft
from storage.vocabulary import ConversationState, DraftId, DraftKind, DraftStatus, Importance

_KINDS = frozenset(DraftKind)
WRITABLE = (DraftStatus.COMPOSING, DraftStatus.RETURNED)
TITLE_LIMIT = 100
WRITING_TIME = timedelta(minutes=30)
"""How long a talk waits for the next piece; the draft itself is kept for ever."""

_MAJOR = re.compile(r"^(?:[【\[((]\s*重大\s*[】\]))]|重大[::\s])\s*")


def begin(ctx: Context, said: str, kind: str = "", *, draft_id: DraftId | None = None) -> Draft:
    """Give a new draft its number; what stands before its title says what it is and where it goes.

    *kind* is what the words around the title call it; what stands before the title counts more.
    """
    heading = _heading(ctx, said)
    title = title_of(heading.title)
    major = heading.major or title != heading.title
    year = local(ctx.now).year
    draft = Draft(
        id=draft_id or DraftId(ctx.new_id()),
        bureau=ctx.sender.bureau,
        year=year,
        number=ctx.uow.ledger.next_number(ctx.sender.bureau, year, "draft"),
        author=ctx.sender.userid,
        unit=ctx.sender.unit,
        title=title,
        importance=Importance.MAJOR if major else Importance.ORDINARY,
        kind=heading.kind or (DraftKind(kind) if kind in _KINDS else DraftKind.DYNAMIC),
        channel=heading.channel,
        created_at=ctx.now,
    )
    ctx.uow.drafts.add(draft)
    ctx.audit("draft:begin", draft.id, after={"number": draft.number})
    return draft


def retitle(ctx: Context, draft: Draft, said: str) -> None:
    """Give a draft another title; marks before it say what it is, those not there change nothing.

    Raises:
        UserError: nothing is left of the title, or it is too long.
    """
    heading = _heading(ctx, said)
    draft.title = title_of(heading.title)
    if heading.major or draft.title != heading.title:
        draft.importance = Importance.MAJOR
    draft.kind = heading.kind or draft.kind
    draft.channel = heading.channel or draft.channel


def _heading(ctx: Context, said: str) -> Heading:
    """Read what stands before a title; the channels are asked for only where something does.

    A name that several channels share is kept as it was said.
    """
    if not may_have_marks(said):
        return Heading(title=said.strip())
    ctx.emit(ChannelsAsked(bureau=ctx.sender.bureau))
    channels: dict[str, str] = {}
    for channel in ctx.uow.adoptions.channels(ctx.sender.bureau):
        for name in (channel.name, *channel.aliases) if channel.active else ():
            shared = plain(name) in channels
            channels[plain(name)] = name if shared else channel.name
    return read_heading(said, channels)


def marks(draft: Draft) -> str:
    """Return what a draft is besides its title: 【重大】, a kind other than 动态, its channel."""
    kind = KIND_NAMES[draft.kind] if draft.kind is not DraftKind.DYNAMIC else ""
    said = [
        texts.MAJOR if draft.importance is Importance.MAJOR else "",
        texts.MARK.format(mark=kind) if kind else "",
        texts.MARK.format(mark=f"报{draft.channel}") if draft.channel else "",
    ]
    return "".join(said)


def title_of(said: str) -> str:
    """Return the title without the mark of a major draft.

    Raises:
        UserError: nothing is left, or it is too long.
    """
    plain = _MAJOR.sub("", said).strip()
    if not plain:
        raise UserError(texts.NO_TITLE)
    if len(plain) > TITLE_LIMIT:
        raise UserError(texts.LONG_TITLE.format(characters=len(plain), limit=TITLE_LIMIT))
    return plain


def add_part(ctx: Context, draft: Draft, text: str) -> tuple[int, int]:
    """Keep one more piece of the text; return how many there are and their characters."""
    count, characters = ctx.uow.drafts.written(draft.id, draft.version + 1)
    ctx.uow.drafts.add_part(
        {
            "draft": draft.id,
            "version": draft.version + 1,
            "position": count + 1,
            "text": text,
            "inbound": ctx.inbound,
            "created_at": ctx.now,
        }
    )
    return count + 1, characters + len(text)


def written_text(ctx: Context, draft: Draft) -> str:
    """Return the pieces that are not handed in yet, as one text."""
    return "\n".join(part.text for part in ctx.uow.drafts.parts(draft.id, draft.version + 1))


def keep_writing(ctx: Context, draft: Draft) -> None:
    """Let the sender's next free text be the next piece of the draft."""
    ctx.turn(ConversationState.COMPOSING, draft.id, ctx.now + WRITING_TIME)


def hand_in(ctx: Context, draft: Draft, *, agreed: str = "") -> str:
    """Make a version of the pieces and put it before the first gate.

    What the checks ask is asked first; *agreed* is the hash of the text for which the author has
    said yes.

    Raises:
        UserError: there is no text, taken together it bears a mark of secrecy, or a check refuses.
    """
    refuse_while_reading(ctx, draft)
    body = written_text(ctx, draft)
    if not body.strip():
        raise UserError(texts.NO_BODY.format(name=named(draft)))
    if mark := secrecy_mark(f"{draft.title}\n{body}"):
        raise UserError(texts.MARKED.format(mark=mark))
    sha256 = sha256_of(draft.title, body)
    questions, lines = look_over(ctx, HandedIn(draft=draft, body=body))
    if questions and agreed != sha256:
        return _ask_first(ctx, draft, questions, sha256)
    before = draft.status
    draft.status = after(draft.status, Move.SUBMIT)
    draft.submitted_at = draft.submitted_at or ctx.now
    version = add_version(ctx, draft, body)
    ctx.audit(
        "draft:submit",
        draft.id,
        before={"status": before},
        after={"status": draft.status, "version": draft.version, "sha256": version.sha256},
    )
    faults = look_for_faults(ctx, draft, version)
    alike = look_for_duplicates(ctx, draft, version)
    ctx.turn(ConversationState.IDLE)
    said = ctx.emit(DraftSubmitted(draft=draft.id, author=draft.author))
    submitted = texts.SUBMITTED.format(
        name=named(draft), version=draft.version, characters=len(body), next="".join(said)
    )
    return "\n".join([submitted, *lines, *filter(None, (faults, alike))])


def _ask_first(ctx: Context, draft: Draft, questions: Sequence[str], sha256: str) -> str:
    """Ask before the draft is handed in; a yes is for this text only, a no goes on writing."""
    question = "\n".join([*questions, texts.HAND_IN_ANYWAY.format(name=named(draft))])
    numbers = (draft.number,)
    yes = Option(label="", command="finish_draft", numbers=numbers, slots={"agreed": sha256})
    no = Option(label="", command="resume_draft", numbers=numbers)
    return ctx.offer(question, yes, no, confirming="finish_draft")
