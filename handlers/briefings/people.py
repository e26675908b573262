"""Who reads reports of public opinion, who releases them, who writes special ones."""

from collections.abc import Sequence

from handlers.briefings import texts
from handlers.kit.context import Context
from storage.vocabulary import Role, UnitId, UserId

READERS = frozenset({Role.PRINCIPAL, Role.DEPUTY, Role.OFFICE, Role.OPINION_LIAISON})
WRITERS = frozenset({Role.OFFICE, Role.OPINION_LIAISON})
LIAISON = frozenset({Role.OPINION_LIAISON})


def readers_of(ctx: Context, bureau: UnitId) -> Sequence[UserId]:
    """Return leaders, office and liaisons of a bureau, each once."""
    held = ctx.uow.members.holders(bureau, READERS)
    return sorted({one for units in held.values() for people in units.values() for one in people})


def liaisons_of(ctx: Context, bureau: UnitId) -> Sequence[UserId]:
    """Return who may release a bureau's report: its liaisons, and who stands in for them now."""
    own = ctx.uow.members.holding(Role.OPINION_LIAISON, bureau)
    standing_in = [one for one, _ in ctx.uow.members.substitutes_for(own, ctx.now)] if own else []
    return list(dict.fromkeys([*own, *standing_in]))


def when_drafted(ctx: Context, when: str) -> str:
    """Say *when* a report is drafted, or that none is, since nobody is there to release it."""
    return when if liaisons_of(ctx, ctx.sender.bureau) else texts.NO_LIAISON


def office_of(ctx: Context, bureau: UnitId) -> Sequence[UserId]:
    return ctx.uow.members.holding(Role.OFFICE, bureau)


def reads(ctx: Context) -> bool:
    """Tell whether the sender reads the reports of his bureau."""
    me, bureau = ctx.sender.userid, ctx.sender.bureau
    return me in readers_of(ctx, bureau) or me in liaisons_of(ctx, bureau)


def releases(ctx: Context) -> bool:
    """Tell whether the sender may release what his bureau reports each day, week and month."""
    return ctx.sender.userid in liaisons_of(ctx, ctx.sender.bureau)


def writes(ctx: Context) -> bool:
    """Tell whether the sender may write special reports, and release them."""
    return releases(ctx) or ctx.sender.userid in office_of(ctx, ctx.sender.bureau)
