"""审批单 12, 导出 12, 历史 12: papers of a draft, as a file and as a page."""

from handlers.drafts import paper_texts, papers, texts
from handlers.drafts.commands import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import draft_numbered, named
from handlers.kit.messages import MessageKind, Paper
from handlers.rules.papers import HistoryLine
from storage.models import Draft
from storage.vocabulary import PaperKind, Urgency

registry.message(
    MessageKind(name="paper", urgency=Urgency.PROMPT, resend_when_unsure=False, mutable=False)
)

_VERSIONS_SHOWN = 5


@registry.command(
    "审批单",
    takes=Takes.NUMBER,
    usage="审批单 12",
    purpose="要一篇稿件的审批单（Word 和打印页）",
    changes=False,
)
def send_form(ctx: Context, asked: Asked) -> str:
    return _send(ctx, asked, PaperKind.APPROVAL_FORM, "form")


@registry.command(
    "导出",
    takes=Takes.NUMBER,
    usage="导出 12",
    purpose="要一篇稿件的 Word 文件",
    changes=False,
)
def send_article(ctx: Context, asked: Asked) -> str:
    return _send(ctx, asked, PaperKind.ARTICLE, "")


@registry.command(
    "历史",
    takes=Takes.NUMBER,
    usage="历史 12",
    purpose="看一篇稿件的各稿和改动",
    changes=False,
)
def show_history(ctx: Context, asked: Asked) -> str:
    return history_of(ctx, _handed_in(ctx, asked.numbers[0]))


def history_of(ctx: Context, draft: Draft) -> str:
    """Tell the latest versions, with what was changed and what was said of each."""
    lines = papers.history(ctx, draft)
    shown = [_told(line) for line in lines[:_VERSIONS_SHOWN]]
    if len(lines) > len(shown):
        shown.append(texts.OLDER_VERSIONS.format(count=len(lines) - len(shown)))
    ctx.show("draft", [draft.number])
    said = texts.HISTORY.format(name=named(draft), count=len(lines), lines="\n".join(shown))
    return ctx.with_link(said, f"drafts/{draft.id}/history")


def _told(line: HistoryLine) -> str:
    said = texts.HISTORY_LINE.format(
        version=line.version,
        who=line.who,
        when=line.when,
        characters=line.characters,
        changed=line.changed,
    )
    opinions = (
        texts.HISTORY_OPINION.format(who=one.signature, words=one.words) for one in line.opinions
    )
    return "\n".join([said, *opinions])


def _send(ctx: Context, asked: Asked, kind: PaperKind, page: str) -> str:
    """Promise the file; it is made when it is sent, which takes a moment."""
    draft = _handed_in(ctx, asked.numbers[0])
    ctx.show("draft", [draft.number])
    name = paper_texts.FILES[kind].format(year=draft.year, number=draft.number)
    paper = Paper(paper=kind, subject=draft.id, filename=name)
    ctx.tell("paper", [ctx.sender.userid], paper, subject=draft.id, stage=ctx.new_id())
    ctx.audit("draft:print", draft.id, after={"paper": kind, "version": draft.version})
    said = texts.PAPER_COMES.format(name=named(draft), paper=paper_texts.PAPERS[kind])
    return ctx.with_link(said, f"drafts/{draft.id}/{page}") if page else said


def _handed_in(ctx: Context, number: int) -> Draft:
    """Return a draft that the sender may see and that has a text.

    Raises:
        UserError: there is none for him, or it was never handed in.
    """
    draft = draft_numbered(ctx, number)
    if not draft.version:
        raise UserError(texts.NOT_HANDED_IN.format(name=named(draft)))
    return draft
