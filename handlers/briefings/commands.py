"""日报: read it, add to it, draft it anew, release it, hold it back."""

from handlers.briefings import meanings, texts
from handlers.briefings.drafting import draft, text_of
from handlers.briefings.people import LIAISON, READERS, liaisons_of, readers_of, when_drafted
from handlers.briefings.registry import DUE, FILE, registry
from handlers.briefings.releasing import send
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import Paper
from handlers.rules.calendar import local
from storage.models import Briefing
from storage.vocabulary import NOBODY, BriefingStatus, PaperKind

_LONGEST = 200


@registry.command(
    "舆情日报",
    "日报",
    takes=Takes.NOTHING,
    usage="舆情日报",
    purpose="看最近一期舆情日报",
    shown_to=READERS,
    changes=False,
)
def show_report(ctx: Context, _asked: Asked) -> str:
    """Show the last report that was sent; who releases it sees today's before.

    Raises:
        UserError: it is not the sender's to read, or there is none.
    """
    found = _shown(ctx)
    text = text_of(ctx, found)
    return text if found.status is BriefingStatus.SENT else texts.WAITS.format(text=text)


@registry.command(
    "日报文件",
    takes=Takes.NOTHING,
    usage="日报文件",
    purpose="要最近一期舆情日报的 Word 文件",
    shown_to=READERS,
    lightly=True,
)
def send_file(ctx: Context, _asked: Asked) -> str:
    """Send the last report as a document.

    Raises:
        UserError: it is not the sender's to read, or there is none.
    """
    found = _shown(ctx)
    day = f"{found.day.year}年{found.day.month}月{found.day.day}日"
    paper = Paper(
        paper=PaperKind.OPINION_DAILY, subject=found.id, filename=texts.FILE.format(day=day)
    )
    ctx.tell(FILE, [ctx.sender.userid], paper, subject=found.id, stage=ctx.now.isoformat())
    return texts.FILE_COMES


@registry.command(
    "发日报",
    "同意发日报",
    takes=Takes.NOTHING,
    usage="发日报",
    purpose="同意今天的舆情日报，17:30发出",
    shown_to=LIAISON,
    means=meanings.release_daily,
)
def release(ctx: Context, _asked: Asked) -> str:
    """Let today's report be sent: at half past five, or now where that is over.

    Raises:
        UserError: it is not the sender's to say, there is none, or it was said before.
    """
    found = _todays(ctx)
    if found.status is BriefingStatus.SENT:
        raise UserError(texts.SENT_BEFORE)
    if found.status is BriefingStatus.RELEASED:
        who = ctx.uow.members.names([found.released_by])[found.released_by]
        raise UserError(texts.RELEASED_BEFORE.format(who=who))
    found.status, found.released_by = BriefingStatus.RELEASED, ctx.sender.userid
    found.released_at = ctx.now
    ctx.audit("briefing:release", found.id, after={"turn": found.turn})
    if found.due_at > ctx.now:
        return texts.RELEASED_LATER.format(count=len(readers_of(ctx, found.bureau)))
    return texts.RELEASED.format(count=send(ctx, found))


@registry.command(
    "先别发日报",
    "不发日报",
    takes=Takes.NOTHING,
    usage="先别发日报",
    purpose="收回对舆情日报的同意",
    shown_to=LIAISON,
    means=meanings.hold_daily,
)
def hold_back(ctx: Context, _asked: Asked) -> str:
    """Take the word back, as long as it was not sent.

    Raises:
        UserError: it is not the sender's to say, it was sent, or not released at all.
    """
    found = _todays(ctx)
    if found.status is BriefingStatus.SENT:
        raise UserError(texts.SENT_BEFORE)
    if found.status is not BriefingStatus.RELEASED:
        raise UserError(texts.NOT_RELEASED)
    found.status, found.released_by, found.released_at = BriefingStatus.DRAFTED, NOBODY, None
    ctx.audit("briefing:hold", found.id)
    return texts.HELD


@registry.command(
    "重拟日报",
    takes=Takes.NOTHING,
    usage="重拟日报",
    purpose="按现在的情况重写今天的舆情日报",
    shown_to=LIAISON,
)
def draft_anew(ctx: Context, _asked: Asked) -> str:
    """Write today's report anew, until now; it has to be released again.

    Raises:
        UserError: it is not the sender's to say, or it was sent.
    """
    _refuse_others(ctx)
    today = ctx.uow.briefings.of_day(ctx.sender.bureau, local(ctx.now).date())
    if today is not None and today.status is BriefingStatus.SENT:
        raise UserError(texts.SENT_BEFORE)
    made = draft(ctx, ctx.sender.bureau)
    if today is None:
        ctx.set_timer(DUE, made.id, max(made.due_at, ctx.now))
    return texts.REDRAFTED.format(text=text_of(ctx, made))


@registry.command(
    "日报关注",
    "日报补充",
    takes=Takes.WORDS,
    usage="日报关注 翠湖小区新老物业交接",
    purpose="在舆情日报的明日关注里加一句",
    shown_to=LIAISON,
    means=meanings.note_daily,
    reads=meanings.note_said,
)
def add_note(ctx: Context, asked: Asked) -> str:
    """Add a line on tomorrow; it replaces what was added before, and has to be released.

    Raises:
        UserError: it is not the sender's to say, it was sent, or there are no words.
    """
    found = _todays(ctx)
    note = " ".join(asked.text.split())[:_LONGEST].rstrip("。")
    if not note:
        raise UserError(texts.EMPTY_NOTE)
    if found.status is BriefingStatus.SENT:
        raise UserError(texts.SENT_BEFORE)
    found.note, found.status, found.released_by = note, BriefingStatus.DRAFTED, NOBODY
    return texts.NOTED.format(note=note)


def _shown(ctx: Context) -> Briefing:
    me, bureau = ctx.sender.userid, ctx.sender.bureau
    releases = me in liaisons_of(ctx, bureau)
    if not releases and me not in readers_of(ctx, bureau):
        raise UserError(texts.NOT_SEEN)
    today = local(ctx.now).date()
    found = ctx.uow.briefings.of_day(bureau, today)
    if found is None or (found.status is not BriefingStatus.SENT and not releases):
        found = ctx.uow.briefings.latest(bureau, before=today, sent=True)
    if found is None:
        raise UserError(texts.NONE.format(when=when_drafted(ctx, texts.WHEN_DAILY)))
    return found


def _todays(ctx: Context) -> Briefing:
    _refuse_others(ctx)
    found = ctx.uow.briefings.of_day(ctx.sender.bureau, local(ctx.now).date())
    if found is None:
        raise UserError(texts.NONE_TODAY)
    return found


def _refuse_others(ctx: Context) -> None:
    if ctx.sender.userid not in liaisons_of(ctx, ctx.sender.bureau):
        raise UserError(texts.NOT_YOURS)
