"""学习强国: what another system counted for one's own unit, or for all that one oversees."""

import re
from collections.abc import Collection, Sequence

from handlers.kit.asked import Asked, Form, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from handlers.kit.sheets import confirm
from handlers.outside import texts
from handlers.outside.policy import OutsidePolicy
from handlers.outside.sheet import BOOK
from handlers.rules.calendar import local
from storage.models import OutsideFigure, Unit
from storage.vocabulary import OutsideMeasure, Role, Topic, UnitKind, Urgency

registry = Registry(theme="采用")
registry.sheet(BOOK)
registry.message(
    MessageKind(
        name="outside_short",
        urgency=Urgency.ROUTINE,
        resend_when_unsure=False,
        topic=Topic.REMINDER,
    )
)

_OVERSEERS = (Role.OFFICE, Role.PRINCIPAL, Role.DEPUTY, Role.SECTION_HEAD)
_MONTH = re.compile(
    r"(?:(?P<y>20\d\d)\s?[-/年.]\s?)?(?P<m>1[0-2]|0?[1-9])\s?月?份?|(?P<last>上个?月)|(?P<this>这个月|本月)"
)
_SHOWN = 20


@registry.command(
    "学习强国",
    "外部数据",
    takes=Takes.WORDS,
    usage="学习强国 本月",
    purpose="看学习强国等外部数据",
    changes=False,
)
def show_outside(ctx: Context, asked: Asked) -> str:
    """Show the figures of a month: this one's, or the latest of which there are any."""
    source = ctx.policy(OutsidePolicy).sources[0]
    month, rest = _month(ctx, asked.text, source)
    overseen = _overseen(ctx)
    own = ctx.uow.members.unit(ctx.sender.unit)
    if rest:
        units = [unit for unit in [own, *overseen] if rest in unit.name]
        if not units:
            raise UserError(texts.NOT_SEEN.format(name=rest, source=source))
        return _of_unit(ctx, units[0], month, source)
    if len(overseen) > 1:
        return _overview(ctx, overseen, month, source)
    return _of_unit(ctx, overseen[0] if overseen else own, month, source)


@registry.form("outside_sheet")
def enter_sheet(ctx: Context, form: Form) -> str:
    """Enter a sheet that was checked, by the word of whoever handed it in."""
    return confirm(ctx, BOOK, form.fields["sheet"])


def _month(ctx: Context, words: str, source: str) -> tuple[str, str]:
    """Return the month that is said, as 2026-09, and what else is."""
    today = local(ctx.now).date()
    found = _MONTH.search(words)
    if found is None:
        latest = ctx.uow.outside.last_month(ctx.sender.bureau)
        if not latest:
            raise UserError(texts.NONE_EVER.format(source=source))
        return latest, words.strip()
    rest = (words[: found.start()] + words[found.end() :]).strip(" ，,的")
    if found["this"]:
        return f"{today:%Y-%m}", rest
    if found["last"]:
        year, month = divmod(today.year * 12 + today.month - 2, 12)
        return f"{year}-{month + 1:02}", rest
    month = int(found["m"])
    year = int(found["y"]) if found["y"] else today.year - (month > today.month)
    return f"{year}-{month:02}", rest


def _overseen(ctx: Context) -> list[Unit]:
    me = viewer(ctx)
    units = ctx.uow.members.units_of(ctx.sender.bureau)
    return [
        unit
        for unit in units
        if unit.kind is UnitKind.SECTION and me.holds(_OVERSEERS, {unit.id, unit.parent or unit.id})
    ]


def _of_unit(ctx: Context, unit: Unit, month: str, source: str) -> str:
    figures = ctx.uow.outside.of_units([unit.id], f"{month[:4]}-01", month)
    figures = [figure for figure in figures if figure.source == source]
    here = [figure for figure in figures if figure.month == month]
    if not here:
        return texts.NONE.format(month=int(month[-2:]), source=source)
    used = sum(f.value for f in figures if f.measure is OutsideMeasure.ADOPTED)
    said = texts.OWN.format(
        unit=unit.name,
        year=_year(ctx, month),
        month=int(month[-2:]),
        source=source,
        figures="，".join(_figure(figure) for figure in here),
    )
    return said + texts.SINCE_JANUARY.format(value=used)


def _figure(figure: OutsideFigure) -> str:
    word = texts.UNITS[figure.measure]
    said = texts.FIGURE.format(
        measure=texts.MEASURES[figure.measure], value=figure.value, unit=word
    )
    if not figure.target:
        return said
    missing = figure.target - figure.value
    left = texts.LEFT.format(missing=missing, unit=word) if missing > 0 else texts.REACHED
    return said + texts.OF_TARGET.format(target=figure.target, unit=word, left=left)


def _overview(ctx: Context, units: Collection[Unit], month: str, source: str) -> str:
    """Return the sums of a month, and which units are short; the office's and the leaders' view."""
    names = {unit.id: unit.name for unit in units}
    figures = [
        figure
        for figure in ctx.uow.outside.of_units(list(names), month, month)
        if figure.source == source
    ]
    if not figures:
        return texts.NONE.format(month=int(month[-2:]), source=source)
    aimed = [figure for figure in figures if figure.target]
    short = [figure for figure in aimed if figure.value < figure.target]
    said = texts.OVERVIEW.format(
        year=_year(ctx, month),
        month=int(month[-2:]),
        source=source,
        count=len({figure.unit for figure in figures}),
        done=texts.DONE_OF.format(done=len(aimed) - len(short)) if aimed else "",
        figures="，".join(_sums(figures)),
    )
    if not short:
        return said
    lines = [
        texts.SHORT_LINE.format(unit=names[f.unit], value=f.value, target=f.target)
        for f in sorted(short, key=lambda f: (f.value - f.target, names[f.unit]))
    ]
    if len(lines) > _SHOWN:
        lines = [*lines[:_SHOWN], texts.MORE.format(count=len(lines) - _SHOWN)]
    return said + "\n" + texts.SHORT.format(lines="\n".join(lines))


def _sums(figures: Sequence[OutsideFigure]) -> list[str]:
    sums: dict[OutsideMeasure, int] = {}
    for figure in figures:
        sums[figure.measure] = sums.get(figure.measure, 0) + figure.value
    return [
        texts.FIGURE.format(measure=texts.MEASURES[measure], value=value, unit=texts.UNITS[measure])
        for measure, value in sums.items()
    ]


def _year(ctx: Context, month: str) -> str:
    return "" if month[:4] == str(local(ctx.now).year) else f"{month[:4]}年"
