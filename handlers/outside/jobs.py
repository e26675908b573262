"""In the middle of the month: who is behind his target there, while it can still be reached."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.outside import texts
from handlers.outside.commands import registry
from handlers.outside.policy import OutsidePolicy
from handlers.rules.calendar import first_workday_after, local
from storage.models import OutsideFigure
from storage.vocabulary import OutsideMeasure, Role, UnitId, UserId

_MIDDLE = 15
_LATEST = timedelta(days=3)
_DAY = timedelta(days=1)
_LOOKED_BACK = 3
"""For how many months figures are missed that nobody brings in any more."""

Officers = Mapping[UnitId, Sequence[UserId]]


@registry.every("20 9 * * *")
def tell_who_is_behind_elsewhere(ctx: Context) -> None:
    """Tell officers what is missing, and the office where the month's figures are, once a month."""
    today = local(ctx.now).date()
    middle = first_workday_after(today.replace(day=_MIDDLE) - _DAY, ctx.calendar().is_workday)
    if not middle <= today <= middle + _LATEST:
        return
    for bureau in ctx.uow.members.bureaus():
        _tell(ctx, bureau.id, today)


def _tell(ctx: Context, bureau: UnitId, today: date) -> None:
    months = [f"{today:%Y-%m}"]
    for _ in range(_LOOKED_BACK):
        before = date.fromisoformat(f"{months[-1]}-01") - _DAY
        months.append(f"{before:%Y-%m}")
    sources = ctx.policy(OutsidePolicy).sources
    figures = [
        figure
        for figure in ctx.uow.outside.of_bureau(bureau, months)
        if figure.measure is OutsideMeasure.ADOPTED and figure.source in sources
    ]
    officers = ctx.uow.members.holders(bureau, {Role.OFFICER})[Role.OFFICER]
    names = ctx.uow.members.unit_names({figure.unit for figure in figures})
    for source in sources:
        known = [figure for figure in figures if figure.source == source]
        here = [figure for figure in known if figure.month == months[0]]
        if known and not here:
            said = texts.NOT_BROUGHT_IN.format(source=source, month=today.month)
            office = ctx.uow.members.holding(Role.OFFICE, bureau)
            _remind(ctx, office, said, bureau, f"{months[0]} {source}")
        for figure in here:
            if figure.value < figure.target:
                _tell_officers(ctx, figure, names[figure.unit], officers)


def _tell_officers(ctx: Context, figure: OutsideFigure, name: str, officers: Officers) -> None:
    said = texts.MIDDLE.format(
        source=figure.source,
        unit=name,
        value=figure.value,
        target=figure.target,
        missing=figure.target - figure.value,
    )
    stage = f"{figure.month} {figure.source}"
    _remind(ctx, officers.get(figure.unit, ()), said, figure.unit, stage)


def _remind(
    ctx: Context, members: Sequence[UserId], said: str, subject: UnitId, stage: str
) -> None:
    ctx.tell("outside_short", members, Text(text=said), subject=subject, stage=f"middle {stage}")
