"""配额: how many drafts a unit owes this month, and how many it has handed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.examples import read_examples
from handlers.kit.registry import Registry
from handlers.kit.unopened import not_open
from handlers.quotas import meanings
from handlers.rules.calendar import local, month_bounds
from storage.models import Unit
from storage.vocabulary import Role, UnitKind

OWN = "{unit}{month}月任务{target}篇：已报{sent}篇，签发{signed}篇{used}，{left}。"
USED = "，被采用{count}次"
LEFT = "还差{missing}篇"
DONE = "已完成"
NO_TARGET = "{unit}没有定任务。"
SHORT = "{unit} {sent}/{target}"
OVERVIEW = "{month}月任务：{count}个科室中{done}个已完成。\n还没完成的：\n{lines}"
AND_MORE = "……另有{count}个科室"
ALL_DONE = "{month}月任务：{count}个科室全部完成。"

ONLY_THIS_MONTH = "现在只能查本月任务，请发送 配额。"
NOT_SEEN = "您看不到{name}的任务，或没有这个科室。发送 配额 看本科室的。"

_SHOWN = 10
_OVERSEERS = (Role.OFFICE, Role.PRINCIPAL, Role.DEPUTY, Role.ADMIN)

registry = Registry()
registry.examples += read_examples(Path(__file__).with_name("examples.tsv"))


class QuotaPolicy(BaseModel):
    """How many drafts a month each unit is to hand in."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    monthly: int = Field(default=2, ge=0, description="drafts a month for each section")
    monthly_by_unit: dict[str, int] = Field(
        default_factory=dict, description="other numbers, by the unit's full path"
    )

    def target(self, unit: Unit) -> int:
        return self.monthly_by_unit.get(unit.path, self.monthly)


@registry.command(
    "配额",
    takes=Takes.NOTHING,
    usage="配额",
    purpose="看本月任务还差几篇",
    means=meanings.quota,
    changes=False,
)
def show_quota(ctx: Context, asked: Asked) -> str:
    """Show a section its own figures, and those who oversee sections which are short."""
    own = ctx.uow.members.unit(ctx.sender.unit)
    overseen = _overseen(ctx)
    this_month = f"{local(ctx.now):%Y-%m}"
    if asked.slots.get("period", this_month) != this_month:
        return ONLY_THIS_MONTH
    if (name := asked.slots.get("unit", "mine")) != "mine":
        return _of_unit(ctx, name, [own, *overseen])
    if own.kind is UnitKind.SECTION and own not in overseen:
        return _figures(ctx, own)
    return _overview(ctx, overseen) if overseen else NO_TARGET.format(unit=own.name)


def _of_unit(ctx: Context, name: str, seen: Sequence[Unit]) -> str:
    """Show the figures of a unit that is named, if the sender may see them."""
    for unit in seen:
        if name in unit.name or unit.name in name:
            return _figures(ctx, unit)
    raise UserError(NOT_SEEN.format(name=name))


registry.meaning(meanings.ranking)(not_open("看排名"))


def _overseen(ctx: Context) -> Sequence[Unit]:
    roles = ctx.uow.members.roles_of(ctx.sender.userid)
    scopes = {scope for role in _OVERSEERS for scope in roles.get(role, ())}
    units = ctx.uow.members.units_of(ctx.sender.bureau)
    sections = [unit for unit in units if unit.kind is UnitKind.SECTION]
    return [unit for unit in sections if {unit.id, unit.parent} & scopes]


def _figures(ctx: Context, unit: Unit) -> str:
    target = ctx.policy(QuotaPolicy).target(unit)
    start, end = month_bounds(ctx.now)
    sent = ctx.uow.drafts.handed_in([unit.id], start, end).get(unit.id, 0)
    signed = ctx.uow.drafts.signed([unit.id], start, end).get(unit.id, 0)
    used = ctx.uow.adoptions.counted([unit.id], f"{local(start):%Y-%m}").get(unit.id, 0)
    return OWN.format(
        unit=unit.name,
        month=local(ctx.now).month,
        target=target,
        sent=sent,
        signed=signed,
        used=USED.format(count=used) if used else "",
        left=LEFT.format(missing=target - sent) if sent < target else DONE,
    )


def _overview(ctx: Context, units: Sequence[Unit]) -> str:
    policy = ctx.policy(QuotaPolicy)
    start, end = month_bounds(ctx.now)
    sent = ctx.uow.drafts.handed_in([unit.id for unit in units], start, end)
    short = [unit for unit in units if sent.get(unit.id, 0) < policy.target(unit)]
    month = local(ctx.now).month
    if not short:
        return ALL_DONE.format(month=month, count=len(units))
    lines = [
        SHORT.format(unit=unit.name, sent=sent.get(unit.id, 0), target=policy.target(unit))
        for unit in short[:_SHOWN]
    ]
    if left := len(short) - len(lines):
        lines.append(AND_MORE.format(count=left))
    done = len(units) - len(short)
    said = OVERVIEW.format(month=month, count=len(units), done=done, lines="\n".join(lines))
    return ctx.with_link(said, "quotas") if left else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How far a unit is this month."""

    unit: str
    target: int
    sent: int
    signed: int


def figures_seen(ctx: Context) -> Sequence[Figures]:
    """Return this month's figures of the units that the sender may see: overseen, and his own."""
    policy = ctx.policy(QuotaPolicy)
    start, end = month_bounds(ctx.now)
    own = ctx.uow.members.unit(ctx.sender.unit)
    units = _overseen(ctx) or ([own] if own.kind is UnitKind.SECTION else [])
    ids = [unit.id for unit in units]
    sent = ctx.uow.drafts.handed_in(ids, start, end)
    signed = ctx.uow.drafts.signed(ids, start, end)
    return [
        Figures(
            unit=unit.name,
            target=policy.target(unit),
            sent=sent.get(unit.id, 0),
            signed=signed.get(unit.id, 0),
        )
        for unit in units
    ]
