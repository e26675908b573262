"""信息员换人: a section names who writes for it."""

from collections.abc import Sequence

from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import viewer
from handlers.kit.messages import Text
from handlers.profiles import texts
from handlers.profiles.finding import one_of, unit_meant
from handlers.profiles.registry import CHANGED
from handlers.rules.profiles import may_name_officer
from storage.models import Unit
from storage.queries.members import Named
from storage.vocabulary import Role, UnitId, UnitKind, UserId

AUDITED = "member:officer"


def name_officer(ctx: Context, asked: Asked) -> str:
    """Let a member of a section write for it instead of who did until now.

    Raises:
        UserError: it is not the sender's to say, nobody is named, or he belongs elsewhere.
    """
    unit = _unit(ctx, str(asked.slots.get("unit", "")))
    if not may_name_officer(viewer(ctx), unit.id, ctx.uow.members.lineage(unit.id)):
        raise UserError(texts.NOT_YOURS_TO_NAME.format(unit=unit.name))
    if not {"name", "userid"} & asked.slots.keys():
        raise UserError(texts.WHO_TAKES_OVER.format(unit=unit.name))
    return one_of(ctx, asked, lambda member: _name(ctx, unit, member), first_in=unit.id)


def officers_of(ctx: Context, unit: UnitId) -> Sequence[UserId]:
    """Return who writes for that very unit."""
    bureau = ctx.uow.members.unit(unit).bureau
    return ctx.uow.members.holders(bureau, {Role.OFFICER})[Role.OFFICER].get(unit, ())


def make_officers(ctx: Context, unit: UnitId, wanted: Sequence[UserId]) -> None:
    """Let *wanted*, and nobody else, write for a unit."""
    members = ctx.uow.members
    for userid in {*wanted, *officers_of(ctx, unit)}:
        held = {(role, one) for role, scopes in members.roles_of(userid).items() for one in scopes}
        mine = {(Role.OFFICER, unit)}
        members.set_roles(userid, held | mine if userid in wanted else held - mine)


def _unit(ctx: Context, said: str) -> Unit:
    """Return the unit that is named, else the sender's own section.

    Raises:
        UserError: none is named, and the sender's own is no section; or it is not known.
    """
    if said and said != "mine":
        return unit_meant(ctx, said)
    own = ctx.uow.members.unit(ctx.sender.unit)
    if own.kind is not UnitKind.SECTION:
        raise UserError(texts.WHICH_UNIT)
    return own


def _name(ctx: Context, unit: Unit, new: Named) -> str:
    before = officers_of(ctx, unit.id)
    if new.unit != unit.id:
        other = ctx.uow.members.unit(new.unit).name
        raise UserError(texts.NOT_IN_UNIT.format(name=new.name, other=other, unit=unit.name))
    if list(before) == [new.userid]:
        return texts.ALREADY_OFFICER.format(name=new.name, unit=unit.name)
    make_officers(ctx, unit.id, [new.userid])
    ctx.audit(
        AUDITED,
        unit.id,
        before={"officers": list(before)},
        after={"officers": [new.userid]},
    )
    names = ctx.uow.members.names(before)
    old = "、".join(names[one] for one in before if one != new.userid)
    words = {"unit": unit.name, "new": new.name, "old": old, "who": ctx.sender.name}
    told = {*before, new.userid, *ctx.uow.members.holding(Role.SECTION_HEAD, unit.id)}
    text = texts.NAMED_TOLD if old else texts.NAMED_FIRST_TOLD
    ctx.tell(
        CHANGED,
        sorted(told - {ctx.sender.userid}),
        Text(text=text.format(**words)),
        subject=unit.id,
        stage=f"{new.userid}:{ctx.now.isoformat()}",
    )
    return (texts.NAMED if old else texts.NAMED_FIRST).format(**words)
