"""学习强国: what another system counted for one's own unit, or for all that one oversees."""

from handlers.kit.asked import Asked, Form, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from handlers.kit.sheets import confirm
from handlers.outside import meanings, texts
from handlers.outside.answers import Wanted, of_unit, overview
from handlers.outside.policy import OutsidePolicy
from handlers.outside.sheet import BOOK
from handlers.rules.calendar import local
from handlers.rules.notices.periods import period_in, without_period
from storage.models import Unit
from storage.vocabulary import Role, UnitKind, Urgency

registry = Registry(theme="采用")
registry.sheet(BOOK)
registry.message(
    MessageKind(
        name="outside_short", urgency=Urgency.ROUTINE, resend_when_unsure=False, mutable=True
    )
)

_OVERSEERS = (Role.OFFICE, Role.PRINCIPAL, Role.DEPUTY, Role.SECTION_HEAD)


@registry.command(
    "学习强国",
    "外部数据",
    takes=Takes.WORDS,
    usage="学习强国 本月（或：学习强国 物业科 三季度）",
    purpose="看学习强国等外部数据",
    means=meanings.outside,
    changes=False,
)
def show_outside(ctx: Context, asked: Asked) -> str:
    """Show the figures of a period, else of the latest month of which there are any.

    Raises:
        UserError: there are none at all, or the unit is none that the sender may see.
    """
    wanted = _wanted(ctx, asked)
    overseen = _overseen(ctx)
    own = ctx.uow.members.unit(ctx.sender.unit)
    if name := _unit_name(asked, wanted):
        units = [unit for unit in [own, *overseen] if name in unit.name]
        if not units:
            raise UserError(texts.NOT_SEEN.format(name=name))
        return of_unit(ctx, units[0], wanted)
    if len(overseen) > 1:
        return overview(ctx, overseen, wanted)
    return of_unit(ctx, overseen[0] if overseen else own, wanted)


@registry.form("outside_sheet")
def enter_sheet(ctx: Context, form: Form) -> str:
    """Enter a sheet that was checked, by the word of whoever handed it in."""
    return confirm(ctx, BOOK, form.fields["sheet"])


def _wanted(ctx: Context, asked: Asked) -> Wanted:
    """Return which period and sources are meant: those that are named, else the latest, and all."""
    sources = ctx.policy(OutsidePolicy).sources
    said = f"{asked.slots.get('source', '')} {asked.text}"
    named = tuple(source for source in sources if source in said)
    period = asked.slots.get("period") or period_in(asked.text, local(ctx.now).date())
    if not period:
        period = ctx.uow.outside.last_month(ctx.sender.bureau)
        if not period:
            raise UserError(texts.NONE_EVER.format(source="、".join(named or sources)))
    return Wanted(period=str(period), sources=named or sources)


def _unit_name(asked: Asked, wanted: Wanted) -> str:
    """Return the unit that is named: what is neither a period nor a source."""
    if asked.slots:
        return str(asked.slots.get("unit", ""))
    rest = without_period(asked.text)
    for source in wanted.sources:
        rest = rest.replace(source, " ")
    return rest.strip(" ，,的")


def _overseen(ctx: Context) -> list[Unit]:
    me = viewer(ctx)
    units = ctx.uow.members.units_of(ctx.sender.bureau)
    return [
        unit
        for unit in units
        if unit.kind is UnitKind.SECTION and me.holds(_OVERSEERS, {unit.id, unit.parent or unit.id})
    ]
