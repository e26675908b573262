"""Who may decide at a seat of the gate that a draft waits at."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from handlers.kit.context import Context
from handlers.rules.reviewers import Bench, Holder, seat
from handlers.rules.routes import Stop
from handlers.rules.seats import Seat, is_confirmation, read_seat, seats_of
from storage.models import Draft
from storage.vocabulary import GateMode, Role, Standing, UnitId, UserId


def with_seats(ctx: Context, draft: Draft, stop: Stop) -> Stop:
    """Return the stop with the seats that must agree as people are today."""
    sitting = Seat(roles=stop.gate.roles)
    everybody: Collection[UserId] = ()
    if stop.gate.mode is GateMode.ALL:
        out = barred(ctx, draft)
        everybody = [
            member
            for role in stop.gate.roles
            for member in _holding(ctx, draft, sitting, role)
            if member not in out
        ]
    return replace(stop, seats=seats_of(stop.gate, everybody))


def bench_of(
    ctx: Context, draft: Draft, stop: Stop, name: str, out: Collection[UserId] = ()
) -> Bench:
    """Choose who may decide the seat of that name; *out* are not asked, nor who may not decide."""
    sitting = read_seat(name, stop.gate)
    bench = seat(
        sitting.roles,
        lambda role: _holding(ctx, draft, sitting, role),
        lambda absent: ctx.uow.members.substitutes_for(absent, ctx.now),
        {*barred(ctx, draft, name), *out},
    )
    if name in stop.countersigners:
        asked = Standing.CONFIRMER if is_confirmation(name) else Standing.COUNTERSIGNER
        return replace(bench, holders=tuple(_asked(bench.holders, asked)))
    if stop.gate.mode is GateMode.SINGLE:
        return replace(bench, holders=_least_busy(ctx, bench.holders))
    return bench


def barred(ctx: Context, draft: Draft, name: str | None = None) -> set[UserId]:
    """Return who may not decide the seat of that name at the draft's present gate.

    The author; whoever has acted at another gate; and at this gate, who has or had another seat in
    the present version. To confirm a condition is no such act, and only who set it may not.
    """
    tasks = {task.id: task for task in ctx.uow.reviews.tasks(draft.id)}
    confirming = name is not None and is_confirmation(name)
    out = {draft.author}
    for decision in ctx.uow.reviews.decisions(draft.id):
        seat = tasks[decision.task].seat
        elsewhere = decision.gate != draft.gate and not confirming
        beside_it = decision.gate == draft.gate and name is not None and seat != name
        if not is_confirmation(seat) and (elsewhere or beside_it):
            out.add(decision.decided_by)
    beside = [
        task.id
        for task in tasks.values()
        if task.is_open and task.seat != name and not is_confirmation(task.seat)
    ]
    if name is not None and beside:
        out |= {holder.member for holder in ctx.uow.reviews.seated(beside)}
    return out


def units_of(ctx: Context, draft: Draft, sitting: Seat) -> Sequence[UnitId]:
    """Return the units over which the seat's roles are meant; the draft's own if none is left."""
    found = [ctx.uow.members.unit_at(path) for path in sitting.units]
    return [unit.id for unit in found if unit is not None] or [draft.unit]


def _holding(ctx: Context, draft: Draft, sitting: Seat, role: Role) -> Sequence[UserId]:
    if sitting.member and role in sitting.roles:
        named = ctx.uow.members.active(sitting.member)
        return [named.userid] if named is not None and role is sitting.roles[0] else []
    found = (ctx.uow.members.holding(role, unit) for unit in units_of(ctx, draft, sitting))
    return list(dict.fromkeys(member for members in found for member in members))


def _asked(holders: Iterable[Holder], standing: Standing) -> Iterable[Holder]:
    for holder in holders:
        own = holder.standing is Standing.HOLDER
        yield replace(holder, standing=standing) if own else holder


def _least_busy(ctx: Context, holders: tuple[Holder, ...]) -> tuple[Holder, ...]:
    """Return the one for whom least waits, with those who stand in for him."""
    own = [holder.member for holder in holders if holder.standing is not Standing.SUBSTITUTE]
    if not own:
        return holders
    load = ctx.uow.reviews.load(own)
    chosen = min(own, key=lambda member: load.get(member, 0))
    return tuple(one for one in holders if chosen in {one.member, one.on_behalf_of})
