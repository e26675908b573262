"""采用: what was used, of one's own, of a section, of all, in a month."""

import re
from collections.abc import Collection

from handlers.adoptions import texts
from handlers.adoptions.entries import date_text, facts_of
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.rules.calendar import local
from storage.models import Unit
from storage.queries.adoptions import Remarked, Used
from storage.vocabulary import EntryStatus, Role, UnitId, UnitKind

OVERSEERS = frozenset({Role.OFFICE, Role.PRINCIPAL, Role.DEPUTY, Role.SECTION_HEAD})
_MONTH = re.compile(
    r"(?:(?P<y>20\d\d)\s?[-/年.]\s?)?(?P<m>1[0-2]|0?[1-9])\s?月?份?|(?P<last>上个?月)|这个月|本月"
)
_SHOWN = 20


def list_uses(ctx: Context, words: str) -> str:
    """List what counts in a month, of the unit that is named, else of what the sender oversees.

    Raises:
        UserError: the words are neither a month nor a unit that he may see.
    """
    month, rest = _month(ctx, words)
    seen = units_seen(ctx)
    bureau = ctx.sender.bureau
    if rest:
        unit = _named(rest, [*seen, ctx.uow.members.unit(ctx.sender.unit)])
        units: Collection[UnitId] = [unit.id]
        return _page(
            ctx,
            unit.name,
            month,
            ctx.uow.adoptions.used(bureau, month, units=units),
            ctx.uow.adoptions.remarked(bureau, month, units),
        )
    if not seen:
        used = ctx.uow.adoptions.used(bureau, month, member=ctx.sender.userid)
        return _page(ctx, texts.MINE, month, used, [])
    units = [unit.id for unit in seen]
    whose = seen[0].name if len(seen) == 1 else texts.BUREAU
    return _page(
        ctx,
        whose,
        month,
        ctx.uow.adoptions.used(bureau, month, units=units),
        ctx.uow.adoptions.remarked(bureau, month, units),
    )


def _month(ctx: Context, words: str) -> tuple[str, str]:
    """Return the month that is said, as 2026-09, and what else is; this month if none is."""
    today = local(ctx.now).date()
    found = _MONTH.search(words)
    rest = (words[: found.start()] + words[found.end() :] if found else words).strip(" ，,的")
    if found is None or not (found["m"] or found["last"]):
        return f"{today:%Y-%m}", rest
    if found["last"]:
        year, month = divmod(today.year * 12 + today.month - 2, 12)
        return f"{year}-{month + 1:02}", rest
    month = int(found["m"])
    year = int(found["y"]) if found["y"] else today.year - (month > today.month)
    return f"{year}-{month:02}", rest


def units_seen(ctx: Context) -> list[Unit]:
    """Return the units whose uses the sender oversees."""
    me = viewer(ctx)
    units = ctx.uow.members.units_of(ctx.sender.bureau)
    lineages = {unit.id: {unit.id, unit.parent or unit.id} for unit in units}
    return [
        unit
        for unit in units
        if unit.kind is UnitKind.SECTION and me.holds(OVERSEERS, lineages[unit.id])
    ]


def _named(words: str, units: Collection[Unit]) -> Unit:
    for unit in units:
        if words in unit.name or unit.name in words:
            return unit
    if re.search(r"[科股处室馆部站所]|中心", words):
        raise UserError(texts.NOT_SEEN.format(name=words))
    raise UserError(texts.LIST_USAGE)


def _page(
    ctx: Context,
    whose: str,
    month: str,
    used: Collection[Used],
    remarked: Collection[Remarked],
) -> str:
    number = int(month[-2:])
    if not used and not remarked:
        return texts.LIST_NONE.format(whose=whose, month=number)
    waiting = sum(each.adoption.status is EntryStatus.PROPOSED for each in used)
    head = texts.LIST_HEAD.format(
        whose=whose,
        month=number,
        count=len(used) - waiting,
        waiting=texts.LIST_WAITING.format(count=waiting) if waiting else "",
    )
    ctx.show("drafts", list(dict.fromkeys(each.number for each in used)))
    lines = [_line(ctx, each) for each in list(used)[:_SHOWN]]
    if remarked:
        said = "\n".join(
            texts.LIST_REMARK.format(
                name=f"{each.number}号《{each.title}》",
                facts=facts_of(ctx, each.instruction),
                waits=texts.WAITS[each.instruction.status],
            )
            for each in remarked
        )
        lines.append(texts.LIST_REMARKS.format(count=len(remarked), lines=said))
    return "\n".join([head, *lines])


def _line(ctx: Context, used: Used) -> str:
    entry = used.adoption
    return texts.LIST_LINE.format(
        name=f"{used.number}号《{used.title}》",
        unit=used.unit,
        channel=used.channel,
        level=texts.LEVELS[entry.level],
        form=texts.FORMS[entry.form],
        day=date_text(ctx, entry.adopted_on),
        waits=texts.WAITS[entry.status],
    )
