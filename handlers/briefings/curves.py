"""舆情图: one picture of how hot it is, of the bureau's open cases or of one of them."""

import re
from collections.abc import Mapping, Sequence

from handlers.briefings import meanings, texts
from handlers.briefings.keeping import picture_in
from handlers.briefings.people import READERS
from handlers.briefings.registry import FILE, registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import Paper
from handlers.rules.notices.report import Chart
from handlers.rules.opinion.heat import SINCE, Said, heat_chart, interactions
from storage.models import Case
from storage.vocabulary import BriefingId, CaseId, PaperKind, Role, UnitId

_NUMBER = re.compile(r"(\d{1,6})\s*号?[。.]?")
_SEES_ALL = READERS | {Role.DUTY, Role.LEAD_DUTY}
_CASE, _BUREAU, _BRIEFING = "case", "bureau", "briefing"


@registry.command(
    "舆情图",
    "舆情热度图",
    takes=Takes.WORDS,
    usage="舆情图（或：舆情图 3）",
    purpose="要一张舆情热度图",
    shown_to=_SEES_ALL,
    means=meanings.curve,
    lightly=True,
)
def send_picture(ctx: Context, asked: Asked) -> str:
    """Send the curves of the hottest open cases, or that of the one that is named.

    Raises:
        UserError: it is not the sender's to see, there is no such case, or nothing to draw.
    """
    if not _SEES_ALL & viewer(ctx).roles.keys():
        raise UserError(texts.PICTURE_NOT_YOURS)
    bureau = ctx.sender.bureau
    subject = f"{_BUREAU}:{bureau}"
    found = _NUMBER.fullmatch(asked.text)
    number = found[1] if found else asked.slots.get("opinion_id")
    if number is not None:
        case = ctx.uow.cases.latest_numbered(bureau, int(number))
        if case is None:
            raise UserError(texts.NO_CASE.format(number=number))
        subject = f"{_CASE}:{case.id}"
    if _drawn(ctx, subject) is None:
        raise UserError(texts.NO_PICTURE)
    paper = Paper(paper=PaperKind.OPINION_PICTURE, subject=subject, filename=texts.PICTURE_FILE)
    ctx.tell(FILE, [ctx.sender.userid], paper, subject=subject, stage=ctx.now.isoformat())
    return texts.PICTURE_COMES


def picture_paper(ctx: Context, subject: str) -> Chart:
    """Return what a picture shows; *subject* is that of a report, or of a case or bureau as it is.

    Raises:
        LookupError: there is nothing to show any more.
    """
    found = _drawn(ctx, subject)
    if found is None:
        raise LookupError(f"no picture of {subject}")
    return found


def _drawn(ctx: Context, subject: str) -> Chart | None:
    what, _, key = subject.partition(":")
    if what == _BRIEFING:
        return picture_in(ctx, BriefingId(key))
    if what == _CASE:
        cases = ctx.uow.cases.some([CaseId(key)])
        title = texts.HEAT_OF.format(number=cases[0].number)
    else:
        cases, title = ctx.uow.cases.open_of(UnitId(key)), texts.HEAT
    return heat_chart(_curves(ctx, cases), ctx.now, title)


def _curves(ctx: Context, cases: Sequence[Case]) -> Mapping[str, Sequence[Said]]:
    spread = ctx.uow.opinion.spread([case.id for case in cases], ctx.now - SINCE)
    return {
        f"{case.number}号": [
            Said(at=one.found_at, platform=one.platform, interactions=interactions(one.heat))
            for one in spread[case.id]
        ]
        for case in cases
    }
