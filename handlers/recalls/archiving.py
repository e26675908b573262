"""What has ended goes to the archive; every version and every decision stays."""

from datetime import timedelta

from handlers.kit.context import Context
from handlers.recalls.commands import registry
from handlers.recalls.policy import RecallPolicy
from handlers.rules.review_flow import MOVES, Move, after

_ENDED = tuple(status for status, move in MOVES if move is Move.ARCHIVE)
_AT_ONCE = 500


@registry.every("40 2 1 * *")
def archive_what_has_ended(ctx: Context) -> None:
    """On the first of each month; what is left over is for the next one."""
    days = ctx.policy(RecallPolicy).archive_after_days
    drafts = ctx.uow.moves.long_ended(_ENDED, ctx.now - timedelta(days=days), _AT_ONCE)
    for draft in drafts:
        before = draft.status
        draft.status = after(draft.status, Move.ARCHIVE)
        ctx.audit(
            "draft:archive", draft.id, before={"status": before}, after={"status": draft.status}
        )
