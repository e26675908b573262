"""Bring the members in line with who is within the app's range; roles are never touched."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.kit.events import MembersLeft
from storage.models import Member, Unit
from storage.vocabulary import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A member as the register has him."""

    userid: UserId
    name: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncPlan:
    """What differs: each by userid, names being the channel's, in the order of the userids."""

    departed: tuple[UserId, ...] = ()
    returned: tuple[UserId, ...] = ()
    renamed: tuple[tuple[UserId, str], ...] = ()
    unknown: tuple[tuple[UserId, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.departed or self.returned or self.renamed or self.unknown)


def compare(known: Collection[Known], contacts: Mapping[UserId, str]) -> SyncPlan:
    """Compare the register with the userids and names within range.

    A name that is empty or the userid itself is what WeCom says where it keeps the name to itself.
    """
    people = sorted(known, key=lambda one: one.userid)
    registered = {one.userid for one in people}
    return SyncPlan(
        departed=tuple(one.userid for one in people if one.active and one.userid not in contacts),
        returned=tuple(one.userid for one in people if not one.active and one.userid in contacts),
        renamed=tuple(
            (one.userid, name)
            for one in people
            if (name := contacts.get(one.userid, ""))
            and name != one.name
            and name.lower() != one.userid
        ),
        unknown=tuple(sorted(one for one in contacts.items() if one[0] not in registered)),
    )


def is_drastic(plan: SyncPlan, known: Collection[Known]) -> bool:
    """Tell whether more than half of the active members would go, which is rather a mishap."""
    return 2 * len(plan.departed) > sum(one.active for one in known)


def known_members(ctx: Context, contacts: Collection[UserId]) -> list[Known]:
    """Return the active members, and of the others those who are within range."""
    members = {member.userid: member for member, _ in ctx.uow.members.everybody()}
    for userid in contacts:
        if userid not in members and (member := ctx.uow.members.get(userid)):
            members[userid] = member
    return [
        Known(userid=member.userid, name=member.name, active=member.active)
        for member in members.values()
    ]


def apply_sync(ctx: Context, plan: SyncPlan, unit: Unit | None) -> None:
    """Carry out the plan, each change with its audit; *unit* takes in those who are unknown."""
    for userid in plan.departed:
        _turn(ctx, userid, "member:leave", active=False)
    if plan.departed:
        ctx.emit(MembersLeft(members=plan.departed))
    for userid in plan.returned:
        _turn(ctx, userid, "member:return", active=True)
    for userid, name in plan.renamed:
        if member := ctx.uow.members.get(userid):
            ctx.audit("member:rename", userid, before={"name": member.name}, after={"name": name})
            member.name = name
    if unit is not None:
        for userid, name in plan.unknown:
            _add(ctx, userid, name or userid, unit)


def _turn(ctx: Context, userid: UserId, tag: str, *, active: bool) -> None:
    member = ctx.uow.members.get(userid)
    if member is None or member.active is active:
        return
    ctx.audit(tag, userid, before={"active": member.active}, after={"active": active})
    member.active = active
    member.reachable = True


def _add(ctx: Context, userid: UserId, name: str, unit: Unit) -> None:
    ctx.uow.members.save(
        Member(userid=userid, name=name, unit=unit.id, bureau=unit.bureau, aliases=[])
    )
    ctx.audit("member:add", userid, after={"name": name, "unit": unit.path})
