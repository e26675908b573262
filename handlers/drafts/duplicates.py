"""查重: on submission, which older drafts of the bureau are nearly the same."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from handlers.drafts import texts
from handlers.drafts.policy import DuplicatePolicy
from handlers.kit.alike import likeness_lines
from handlers.kit.context import Context
from handlers.rules.similarity import Threshold, likeliest, likeness, marks_of, profile_of
from storage.models import Draft, DraftLikeness, DraftPrint, DraftVersion
from storage.queries.similarity import MOST_HOLDERS

_COMPARED = 6
"""How many of those that share marks are compared with the text itself."""


def look_for_duplicates(ctx: Context, draft: Draft, version: DraftVersion) -> str:
    """Keep what the version is like, and itself for those that come; return what its author reads.

    1. One query finds who shares marks with it; the likeliest are compared with the text itself.
    2. What is alike is kept beside the version: reviewers see it, as it was now.
    3. Its own marks take the place of those of the version before.

    It never stands in the way: the author decides whether it is a duplicate.
    """
    policy = ctx.policy(DuplicatePolicy)
    marks = marks_of(draft.bureau, version.title, version.body)
    holders = ctx.uow.similar.holders(marks)
    _find(ctx, draft, version, holders)
    full = {mark for mark, having in holders.items() if len(having) >= MOST_HOLDERS}
    _remember(ctx, draft, version, marks, full)
    lines = likeness_lines(ctx, draft, version.number, policy.shown)
    if not lines:
        return ""
    return texts.ALIKE.format(lines="\n".join(lines), number=draft.number)


def _find(
    ctx: Context, draft: Draft, version: DraftVersion, holders: Mapping[int, Collection[int]]
) -> None:
    policy = ctx.policy(DuplicatePolicy)
    threshold = Threshold(shared=policy.shared_from, contained=policy.contained_from)
    new = profile_of(version.title, version.body)
    prints = likeliest(holders, _COMPARED + 1)  # itself may be among them
    since = ctx.now - timedelta(days=policy.look_back_days)
    found = []
    for earlier in ctx.uow.similar.earlier(prints, draft.bureau, since):
        like = likeness(new, profile_of(earlier.title, earlier.body))
        kind = like.kind(threshold)
        if earlier.id == draft.id or kind is None:
            continue
        found.append(
            DraftLikeness(
                draft=draft.id,
                version=version.number,
                other=earlier.id,
                other_version=earlier.version,
                alike=kind,
                shared=like.shared,
                contained=like.contained,
            )
        )
    ctx.uow.similar.keep(found)


def _remember(
    ctx: Context,
    draft: Draft,
    version: DraftVersion,
    marks: frozenset[int],
    full: Collection[int],
) -> None:
    known = ctx.uow.similar.print_of(draft.id)
    if known is None:
        known = DraftPrint(
            draft=draft.id,
            bureau=draft.bureau,
            version=version.number,
            handed_in_at=ctx.now,
        )
        ctx.uow.similar.mark(ctx.uow.similar.add_print(known), marks, full=full)
        return
    before = ctx.uow.drafts.version(draft.id, known.version)
    had = marks_of(draft.bureau, before.title, before.body)
    known.version, known.handed_in_at = version.number, ctx.now
    ctx.uow.similar.mark(known.id, marks - had, gone=had - marks, full=full)
