"""What stands on the shelf: worked out anew from the facts whenever one of them changes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from handlers.kit.context import Context
from handlers.rules.models import is_model
from handlers.rules.secrecy import secrecy_mark
from storage.models import Adoption, Draft, Instruction
from storage.queries.wordindex import normal
from storage.vocabulary import DraftId, EntryStatus

_Entry = TypeVar("_Entry", Adoption, Instruction)
_COUNTS = (EntryStatus.CONFIRMED,)


def shelve(ctx: Context, drafts: Collection[DraftId]) -> None:
    """Put drafts on the shelf, or take them off it, as what is known of them now says."""
    found = ctx.uow.library.lock(drafts)
    uses = _by_draft(ctx.uow.adoptions.of_drafts(drafts, _COUNTS))
    remarks = _by_draft(ctx.uow.adoptions.instructions_of(drafts, _COUNTS))
    down = ctx.uow.library.taken_down(drafts)
    texts = ctx.uow.drafts.texts([(draft.id, draft.version) for draft in found])
    rows, gone = [], []
    for draft in found:
        used, remarked = uses.get(draft.id, ()), remarks.get(draft.id, ())
        title, body = texts.get(draft.id, (draft.title, ""))
        body = printed(used) or body
        fits = is_model(
            draft.status,
            counts=bool(used or remarked),
            taken_down=draft.id in down,
            marked=secrecy_mark(f"{title}\n{body}") is not None,
        )
        if fits:
            rows.append(_row(draft, title, body, used, remarked))
        else:
            gone.append(draft.id)
    ctx.uow.library.put(rows)
    ctx.uow.library.remove(gone)


def printed(used: Sequence[Adoption]) -> str:
    """Return the text as it was printed last, where somebody kept it; else nothing."""
    return next((entry.edited for entry in reversed(used) if entry.edited), "")


def _row(
    draft: Draft, title: str, body: str, used: Sequence[Adoption], remarked: Sequence[Instruction]
) -> dict[str, Any]:
    days: list[date] = [*(one.adopted_on for one in used), *(one.given_on for one in remarked)]
    return {
        "draft": draft.id,
        "bureau": draft.bureau,
        "kind": draft.kind,
        "used_on": max(days),
        "remarked": bool(remarked),
        "title": title,
        "title_words": normal(title),
        "body_words": normal(body),
    }


def _by_draft(entries: Sequence[_Entry]) -> Mapping[DraftId, Sequence[_Entry]]:
    found: dict[DraftId, list[_Entry]] = {}
    for entry in entries:
        found.setdefault(entry.draft, []).append(entry)
    return found
