"""调岗: somebody belongs to another unit; the office says so, whoever moved asks it to."""

from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import role_names, viewer
from handlers.kit.messages import Text
from handlers.kit.writers import people_of
from handlers.profiles import texts
from handlers.profiles.finding import one_of, unit_meant
from handlers.profiles.registry import CHANGED, MOVED_ELSEWHERE
from handlers.rules.calendar import local
from handlers.rules.profiles import OF_A_UNIT, may_move_members
from storage.models import Unit
from storage.queries.members import Named
from storage.vocabulary import Role, UnitId, UserId

AUDITED = "member:move"


def report_own_move(ctx: Context, unit: Unit) -> str:
    """Let the office know that the sender says that he went to *unit*; nothing changes yet.

    Whoever may move members moves himself.
    """
    me, old = ctx.sender, ctx.uow.members.unit(ctx.sender.unit)
    if old.id == unit.id:
        return texts.ALREADY_THERE.format(name=me.name, unit=unit.name)
    if may_move_members(viewer(ctx), me.bureau):
        return _move(ctx, me.userid, me.name, unit)
    words = {"name": me.name, "old": old.name, "new": unit.name}
    office = ctx.uow.members.holding(Role.OFFICE, me.bureau)
    ctx.tell(
        MOVED_ELSEWHERE,
        office or ctx.uow.members.anywhere(Role.ADMIN),
        Text(text=texts.MOVE_REPORTED.format(**words)),
        subject=me.userid,
        stage=f"{unit.id}:{local(ctx.now):%Y-%m-%d}",
    )
    return texts.MOVE_PASSED_ON.format(**words)


def move_other(ctx: Context, asked: Asked) -> str:
    """Let a member belong to another unit, as the office says.

    Raises:
        UserError: it is not the sender's to say, or who or where is not known.
    """
    if not may_move_members(viewer(ctx), ctx.sender.bureau):
        raise UserError(texts.NOT_YOURS_TO_MOVE)
    unit = unit_meant(ctx, str(asked.slots.get("unit", "")))

    def do(member: Named) -> str:
        if member.unit == unit.id:
            return texts.ALREADY_THERE.format(name=member.name, unit=unit.name)
        return _move(ctx, member.userid, member.name, unit)

    return one_of(ctx, asked, do)


def _move(ctx: Context, userid: UserId, name: str, unit: Unit) -> str:
    members = ctx.uow.members
    member = members.get(userid)
    if member is None:
        raise LookupError(f"no member {userid}")
    old = members.unit(member.unit)
    held = {(role, scope) for role, scopes in members.roles_of(userid).items() for scope in scopes}
    lost = {(role, scope) for role, scope in held if role in OF_A_UNIT and scope == old.id}
    member.unit = unit.id
    members.set_roles(userid, held - lost)
    ctx.audit(
        AUDITED,
        unit.id,
        before={"unit": old.id, "roles": sorted(held), "member": userid},
        after={"unit": unit.id, "roles": sorted(held - lost), "member": userid},
    )
    words = {"name": name, "old": old.name, "new": unit.name, "lost": _lost(ctx, old, lost)}
    told = {userid, *members.holding(Role.SECTION_HEAD, old.id)}
    told |= set(members.holding(Role.SECTION_HEAD, unit.id))
    ctx.tell(
        CHANGED,
        sorted(told - {ctx.sender.userid}),
        Text(text=texts.MOVED_TOLD.format(who=ctx.sender.name, **words)),
        subject=userid,
        stage=f"{unit.id}:{ctx.now.isoformat()}",
    )
    return texts.MOVED.format(**words)


def _lost(ctx: Context, old: Unit, lost: set[tuple[Role, UnitId]]) -> str:
    if not lost:
        return ""
    said = texts.LOST.format(roles=role_names({role for role, _ in lost}))
    if not people_of(ctx, old.bureau, [old.id])[old.id].officers:
        said += texts.NOBODY_LEFT.format(unit=old.name)
    return said
