"""Bring the troubles in line with what a look found, and tell administrators of each edge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from handlers.kit.context import Context
from handlers.kit.messages import Text
from handlers.rules.calendar import next_opening
from handlers.rules.troubles import Move, Standing, move
from handlers.troubles.policy import TroublePolicy
from handlers.troubles.registry import NOTICE
from handlers.troubles.telling import full
from handlers.troubles.texts import BEGAN, OVER
from storage.models import Trouble
from storage.vocabulary import Role, TroubleId, TroubleKind

Signs = Mapping[TroubleKind, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be done about one kind; *trouble* is its row, unless there is none yet."""

    move: Move
    kind: TroubleKind
    detail: str
    trouble: Trouble | None


def changes(ctx: Context, signs: Signs) -> Sequence[Change]:
    """Return what a look that found *signs* changes; mostly nothing."""
    current = {trouble.kind: trouble for trouble in ctx.uow.troubles.current()}
    patience = ctx.policy(TroublePolicy).patience
    found = [
        Change(
            move=move(kind, sign, _standing(current.get(kind)), ctx.now, patience),
            kind=kind,
            detail=sign or "",
            trouble=current.get(kind),
        )
        for kind, sign in signs.items()
    ]
    return [change for change in found if change.move is not Move.NONE]


def carry_out(ctx: Context, change: Change) -> bool:
    """Make one change, unless another process has made it; say whether somebody is told of it."""
    trouble = change.trouble
    match change.move:
        case Move.SUSPECT:
            _suspect(ctx, change)
        case Move.FORGET if trouble:
            ctx.uow.troubles.forget(trouble.id)
        case Move.SEE if trouble:
            ctx.uow.troubles.see(trouble.id, change.detail, ctx.now)
        case Move.BEGIN if trouble:
            if ctx.uow.troubles.begin(trouble.id, change.detail, ctx.now):
                trouble.detail = change.detail
                _tell(ctx, trouble, BEGAN, "began")
                return True
        case Move.END if trouble:
            if ctx.uow.troubles.end(trouble.id, trouble.seen_at):
                trouble.over_at = trouble.seen_at
                ctx.uow.outbox.drop(trouble.id, [NOTICE], "over before it could be told")
                _tell(ctx, trouble, OVER, "over")
                return True
    return False


def _standing(trouble: Trouble | None) -> Standing | None:
    if trouble is None:
        return None
    return Standing(status=trouble.status, began_at=trouble.began_at, seen_at=trouble.seen_at)


def _suspect(ctx: Context, change: Change) -> None:
    ctx.uow.troubles.suspect(
        {
            "id": TroubleId(ctx.new_id()),
            "kind": change.kind,
            "began_at": ctx.now,
            "seen_at": ctx.now,
            "detail": change.detail,
        }
    )


def _tell(ctx: Context, trouble: Trouble, template: str, stage: str) -> None:
    """Tell every administrator; that a new day began wakes nobody at midnight."""
    admins = ctx.uow.members.anywhere(Role.ADMIN)
    said = Text(text=full(template, trouble, ctx.now))
    tomorrow = trouble.kind is TroubleKind.DAILY_CAP and stage == "over"
    due = next_opening(ctx.now, ctx.calendar()) if tomorrow else None
    ctx.tell(NOTICE, admins, said, subject=trouble.id, stage=stage, due_at=due)
