"""撤销: who writes for a section, and where somebody belongs, is again what it was just now."""

from datetime import datetime

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import LastActAsked, UndoAsked
from handlers.kit.finding import viewer
from handlers.kit.messages import Text
from handlers.profiles import moving, naming, texts
from handlers.profiles.registry import CHANGED, registry
from storage.models import AuditEntry
from storage.vocabulary import Role, UnitId, UserId

_CHANGERS = frozenset({Role.SECTION_HEAD, Role.OFFICE, Role.ADMIN})
_UNDONE = "member:undo"


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    last = _latest(ctx, event.since)
    return last.at.isoformat() if last is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Take back the sender's last change of an officer or of somebody's unit; None without one.

    Raises:
        UserError: it was changed again since, by whomever.
    """
    last = _latest(ctx, event.since)
    if last is None:
        return None
    said, told = _named_back(ctx, last) if last.tag == naming.AUDITED else _moved_back(ctx, last)
    ctx.audit(_UNDONE, last.subject, before=last.after, after=last.before)
    ctx.tell(
        CHANGED,
        sorted(told - {ctx.sender.userid}),
        Text(text=said),
        subject=last.subject,
        stage=f"undo:{ctx.now.isoformat()}",
    )
    return said


def _latest(ctx: Context, since: datetime) -> AuditEntry | None:
    if not _CHANGERS & viewer(ctx).roles.keys():
        return None
    units = [unit.id for unit in ctx.uow.members.units_of(ctx.sender.bureau)]
    found = ctx.uow.ledger.latest_by(ctx.sender.userid, units, since)
    return found if found is not None and found.tag in {naming.AUDITED, moving.AUDITED} else None


def _named_back(ctx: Context, last: AuditEntry) -> tuple[str, set[UserId]]:
    unit, old, new = UnitId(last.subject), last.before["officers"], last.after["officers"]
    if list(naming.officers_of(ctx, unit)) != new:
        raise UserError(texts.CHANGED_SINCE)
    naming.make_officers(ctx, unit, old)
    names = ctx.uow.members.names(old)
    said = texts.UNDONE_OFFICER.format(
        unit=ctx.uow.members.unit(unit).name,
        old="、".join(names[one] for one in old) or texts.NOBODY,
    )
    return said, {*old, *new, *ctx.uow.members.holding(Role.SECTION_HEAD, unit)}


def _moved_back(ctx: Context, last: AuditEntry) -> tuple[str, set[UserId]]:
    members = ctx.uow.members
    userid, old = UserId(last.before["member"]), UnitId(last.before["unit"])
    member = members.active(userid)
    if member is None or member.unit != last.after["unit"]:
        raise UserError(texts.CHANGED_SINCE)
    member.unit = old
    members.set_roles(userid, {(Role(role), UnitId(at)) for role, at in last.before["roles"]})
    said = texts.UNDONE_MOVE.format(name=member.name, unit=members.unit(old).name)
    heads = {
        head
        for unit in (old, UnitId(last.subject))
        for head in members.holding(Role.SECTION_HEAD, unit)
    }
    return said, {userid, *heads}
