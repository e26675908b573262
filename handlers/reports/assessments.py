"""考核表: the sheet of a month, a quarter or a year; it is worked out when nobody waits for it."""

from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import MessageKind, Paper, Text
from handlers.reports import texts
from handlers.reports.commands import registry
from handlers.reports.figures import figures_of, sections
from handlers.reports.sheets import last_month, named_period
from handlers.rules.notices.building import ASSESSMENT
from handlers.rules.notices.figures import period_name
from handlers.rules.notices.wording import overall
from handlers.rules.visibility import may_see_all_points
from storage.vocabulary import PaperKind, Role, UnitId, Urgency, UserId

MAKE = "assessment"
registry.message(MessageKind(name="report_said", urgency=Urgency.PROMPT, mutable=False))

_LEADERS = frozenset({Role.OFFICE, Role.PRINCIPAL})


@registry.command(
    "考核表",
    takes=Takes.WORDS,
    usage="考核表 三季度（要表格：考核表 三季度 excel）",
    purpose="要一个月、季度或年度的考核表",
    shown_to=_LEADERS,
    changes=False,
)
def show_assessment(ctx: Context, asked: Asked) -> str:
    return send_assessment(ctx, asked)


def send_assessment(ctx: Context, asked: Asked) -> str:
    """Promise the assessment sheet of a period, the last month where none is named.

    The figures of a year take seconds: a timer that is due at once works them out.

    Raises:
        UserError: the sender may not see all units, or the period has not begun.
    """
    if not may_see_all_points(viewer(ctx), ctx.sender.bureau):
        raise UserError(texts.SHEET_NOT_SEEN)
    period = named_period(ctx, asked) or last_month(ctx)
    if not sections(ctx, ctx.sender.bureau):
        raise UserError(texts.NO_UNITS)
    sheet = asked.slots.get("format") == "xlsx" or "excel" in asked.text.lower()
    ctx.set_timer(
        MAKE,
        ctx.sender.bureau,
        ctx.now,
        stage=(asking := ctx.new_id()),
        asking=asking,
        period=period,
        sheet=sheet,
        asked_by=ctx.sender.userid,
    )
    ctx.audit(
        "report:print", f"{ctx.sender.bureau}:{period}", after={"paper": kind_of(sheet=sheet)[0]}
    )
    ctx.show("report", [], period=period)
    said = texts.SHEET_COMES.format(
        title=ASSESSMENT.format(period=period_name(period)),
        kind=texts.EXCEL if sheet else texts.WORD,
    )
    return said + (texts.NO_PDF if asked.slots.get("format") == "pdf" else "")


def kind_of(*, sheet: bool) -> tuple[PaperKind, str]:
    return (PaperKind.ASSESSMENT_SHEET, "xlsx") if sheet else (PaperKind.ASSESSMENT, "docx")


@registry.timer(MAKE)
def make_assessment(ctx: Context, due: Due) -> None:
    """Send who asked what it comes to, and the file; done again, it sends nothing again."""
    bureau, period = UnitId(due.subject), str(due.payload["period"])
    member = UserId(str(due.payload["asked_by"]))
    who = ctx.uow.members.person(member)
    if who is None:
        return
    figures = figures_of(ctx, bureau, period)
    kind, ending = kind_of(sheet=bool(due.payload["sheet"]))
    subject, stage = f"{bureau}:{period}", str(due.payload["asking"])
    said = texts.SHEET_MADE.format(
        title=ASSESSMENT.format(period=period_name(period)), summary="".join(overall(figures))
    )
    if address := ctx.link(f"bureau/{period}", member):
        said += texts.SHEET_PAGE.format(address=address)
    ctx.tell("report_said", [member], Text(text=said), subject=subject, stage=stage)
    name = texts.ASSESSMENT_FILE.format(period=period_name(period), ending=ending)
    paper = Paper(paper=kind, subject=subject, filename=name)
    ctx.tell("report_paper", [member], paper, subject=subject, stage=stage)
