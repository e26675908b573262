"""A deduction of the office: what it is called, whose it is, who hears of it."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import Text
from handlers.rules.calendar import local
from handlers.rules.scoring.periods import months_of
from handlers.rules.visibility import may_deduct
from handlers.scores import texts
from handlers.scores.reading import event_name
from storage.models import Deduction, Unit
from storage.queries.deductions import Deducted
from storage.vocabulary import Role


def refuse_unless_office(ctx: Context) -> None:
    if not may_deduct(viewer(ctx), ctx.sender.bureau):
        raise UserError(texts.ONLY_OFFICE_DEDUCTS)


def sections_by_name(ctx: Context) -> Mapping[str, Unit]:
    return {unit.name: unit for unit in ctx.uow.members.sections_of(ctx.sender.bureau)}


def called(ctx: Context, found: Deducted) -> str:
    """Name a deduction: 物业科9月20日迟报（12号《…》，晚了两天）."""
    entry = found.deduction
    of = f"{found.number}号《{found.title}》，" if found.number else ""
    return texts.DEDUCTION.format(
        unit=ctx.uow.members.unit(entry.unit).name,
        day=day_text(ctx, entry.happened_on),
        event=event_name(entry.event),
        why=f"{of}{entry.reason}",
    )


def lately(year: int) -> Sequence[str]:
    """Return the months of this year and the last: what is older is closed."""
    return *months_of(f"{year - 1}"), *months_of(f"{year}")


def day_text(ctx: Context, day: date) -> str:
    year = "" if day.year == local(ctx.now).year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def tell_unit(ctx: Context, entry: Deduction, said: str, act: str) -> str:
    """Tell the unit's officers and heads, and whose it is; return them, in words."""
    members = ctx.uow.members
    told = {
        *members.holding(Role.SECTION_HEAD, entry.unit),
        *members.holding(Role.OFFICER, entry.unit),
        *([entry.member] if entry.member else ()),
    } - {ctx.sender.userid}
    stage = f"{act} {ctx.now.isoformat()}"
    ctx.tell("deduction_told", sorted(told), Text(text=said), subject=entry.id, stage=stage)
    names = members.names(told)
    return "、".join(names[member] for member in sorted(told)) or texts.NOBODY_THERE
