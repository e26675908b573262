"""一页纸: a section's paper, made when nobody waits for it; which periods can be asked for."""

from handlers.kit.asked import Asked, Due, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import Paper, Text
from handlers.reports import meanings, texts
from handlers.reports.commands import registry
from handlers.reports.figures import figures_of, sections
from handlers.rules.calendar import local
from handlers.rules.notices.building import unit_said
from handlers.rules.notices.figures import month_before, period_name
from handlers.rules.notices.periods import period_in
from handlers.rules.scoring.periods import first_day, months_of
from handlers.rules.visibility import may_see_points
from storage.models import Unit
from storage.vocabulary import PaperKind, UnitId, UserId

MAKE = "one_page"


@registry.command(
    "一页纸",
    takes=Takes.WORDS,
    usage="一页纸（办公室和领导：一页纸 物业科 8月）",
    purpose="要一个科室的报送、采用和得分明细（Word）",
    means=meanings.one_page,
    changes=False,
)
def send_one_page(ctx: Context, asked: Asked) -> str:
    """Promise the page about a section, the sender's own where none is named.

    Raises:
        UserError: there is no such section for him, or the period has not begun.
    """
    period = named_period(ctx, asked) or last_month(ctx)
    unit = _meant(ctx, asked)
    ctx.set_timer(
        MAKE,
        unit.id,
        ctx.now,
        stage=(asking := ctx.new_id()),
        asking=asking,
        period=period,
        asked_by=ctx.sender.userid,
    )
    ctx.audit("report:print", f"{unit.id}:{period}", after={"paper": PaperKind.ONE_PAGE})
    return texts.PAGE_COMES.format(unit=unit.name, period=period_name(period))


@registry.timer(MAKE)
def make_one_page(ctx: Context, due: Due) -> None:
    """Send who asked the unit's figures in words, and the file; done again, nothing again."""
    unit = ctx.uow.members.unit(UnitId(due.subject))
    period, stage = str(due.payload["period"]), str(due.payload["asking"])
    member = UserId(str(due.payload["asked_by"]))
    figures = figures_of(ctx, unit.bureau, period)
    found = figures.unit(unit.id)
    if found is None:
        return
    words = {"unit": unit.name, "period": period_name(period)}
    said = texts.PAGE_MADE.format(**words, said="".join(unit_said(figures, found)))
    if address := ctx.link(f"units/{unit.id}/{period}", member):
        said += texts.SHEET_PAGE.format(address=address)
    subject = f"{unit.id}:{period}"
    ctx.tell("report_said", [member], Text(text=said), subject=subject, stage=stage)
    name = texts.ONE_PAGE_FILE.format(**words)
    paper = Paper(paper=PaperKind.ONE_PAGE, subject=subject, filename=name)
    ctx.tell("report_paper", [member], paper, subject=subject, stage=stage)


def named_period(ctx: Context, asked: Asked) -> str:
    """Return the period that is asked for; empty where none is named.

    Raises:
        UserError: it has not begun.
    """
    today = local(ctx.now).date()
    period = str(asked.slots.get("period", "")) or period_in(asked.text, today)
    if period and first_day(months_of(period)[0]) > today:
        raise UserError(texts.FUTURE.format(period=period_name(period)))
    return period


def last_month(ctx: Context) -> str:
    return month_before(f"{local(ctx.now):%Y-%m}")


def seen_units(ctx: Context) -> list[Unit]:
    """Return the units whose figures the sender may see, in their order."""
    who, units = viewer(ctx), sections(ctx, ctx.sender.bureau)
    lineages = ctx.uow.members.lineages([unit.id for unit in units])
    return [unit for unit in units if may_see_points(who, ctx.sender.unit, lineages[unit.id])]


def _meant(ctx: Context, asked: Asked) -> Unit:
    """Return the section that is named, or the sender's own, if he may see its points."""
    seen = seen_units(ctx)
    named = [unit for unit in seen if unit.name in asked.text]
    if named:
        return max(named, key=lambda unit: len(unit.name))
    if name := _other_name(ctx, asked):
        raise UserError(texts.NOT_SEEN.format(name=name))
    own = next((unit for unit in seen if unit.id == ctx.sender.unit), None)
    if own is None:
        raise UserError(texts.WHICH_UNIT)
    return own


def _other_name(ctx: Context, asked: Asked) -> str:
    """Return the section that the text names, if the sender may not see it."""
    if asked.slots:
        name = asked.slots.get("unit", "mine")
        return "" if name == "mine" else str(name)
    today = local(ctx.now).date()
    return next((word for word in asked.text.split() if not period_in(word, today)), "")
