"""What a channel's editors changed in a draft, in words."""

from handlers.adoptions import texts
from handlers.kit.context import Context
from handlers.rules.differences import Kind, differences, short_form
from storage.models import Draft

_SHOWN = 1200
_SLIGHT = 5


def changes_of(ctx: Context, draft: Draft, printed: str) -> tuple[str, str]:
    """Say how much of the draft was changed, and where."""
    body = ctx.uow.drafts.version(draft.id, draft.version).body
    runs = differences(body, printed)
    kept = sum(len(run.text) for run in runs if run.kind is Kind.SAME)
    part = round(100 * (1 - kept / max(len(body), len(printed))))
    changed = texts.SAME if part < _SLIGHT else texts.PART.format(percent=part)
    return changed, short_form(runs, _SHOWN)
