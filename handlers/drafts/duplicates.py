"""查重: on submission, which older drafts of the bureau are nearly the same."""

from collections.abc import Collection, Mapping
from datetime import timedelta

from handlers.drafts import texts
from handlers.drafts.policy import DuplicatePolicy
from handlers.kit.alike import Text, lines_of
from handlers.kit.context import Context
from handlers.rules.similarity import (
    Likeness,
    Threshold,
    likeliest,
    likeness,
    marks_of,
    profile_of,
)
from storage.models import Draft, DraftVersion
from storage.queries.similarity import MOST_HOLDERS, Earlier, Found, most_alike_first
from storage.vocabulary import CANARY, Alike

_COMPARED = 6
"""How many of those that share marks are compared with the text itself."""


def look_for_duplicates(ctx: Context, draft: Draft, version: DraftVersion) -> str:
    """Keep what the version is like, and itself for those that come; return what its author reads.

    1. One query finds who shares marks with it; the likeliest are compared with the text itself.
    2. What is alike is kept beside the version: reviewers see it, as it was now.
    3. Its own marks take the place of those of the version before.

    It never stands in the way: the author decides whether it is a duplicate. The self-check's
    draft is like all of its kind, and is not kept.
    """
    if draft.bureau == CANARY:
        return ""
    marks = marks_of(draft.bureau, version.title, version.body)
    holders = ctx.uow.similar.holders(marks)
    alike = _find(ctx, draft, version, holders)
    _remember(ctx, draft, version, marks, holders)
    shown = ctx.policy(DuplicatePolicy).shown
    lines = lines_of(ctx, list(alike)[:shown], alike, (version.title, version.body))
    if not lines:
        return ""
    return texts.ALIKE.format(lines="\n".join(lines), number=draft.number)


def _find(
    ctx: Context, draft: Draft, version: DraftVersion, holders: Mapping[int, Collection[int]]
) -> Mapping[Found, Text]:
    """Keep and return what the version is like, with its text, the most alike first."""
    policy = ctx.policy(DuplicatePolicy)
    threshold = Threshold(shared=policy.shared_from, contained=policy.contained_from)
    new = profile_of(version.title, version.body)
    prints = likeliest(holders, _COMPARED + 1)  # itself may be among them
    since = ctx.now - timedelta(days=policy.look_back_days)
    found = {}
    for earlier in ctx.uow.similar.earlier(prints, draft.bureau, since):
        like = likeness(new, profile_of(earlier.title, earlier.body))
        kind = like.kind(threshold)
        if earlier.id == draft.id or kind is None:
            continue
        found[_found(earlier, kind, like)] = Text(earlier.unit_name, earlier.title, earlier.body)
    ctx.uow.similar.keep(
        [
            {
                "draft": draft.id,
                "version": version.number,
                "other": one.id,
                "other_version": one.version,
                "alike": one.alike,
                "shared": one.shared,
                "contained": one.contained,
            }
            for one in found
        ]
    )
    return {one: found[one] for one in most_alike_first(found)}


def _found(earlier: Earlier, kind: Alike, like: Likeness) -> Found:
    return Found(
        id=earlier.id,
        number=earlier.number,
        title=earlier.title,
        author=earlier.author,
        unit=earlier.unit,
        status=earlier.status,
        handed_in_at=earlier.handed_in_at,
        version=earlier.version,
        alike=kind,
        shared=like.shared,
        contained=like.contained,
    )


def _remember(
    ctx: Context,
    draft: Draft,
    version: DraftVersion,
    marks: frozenset[int],
    holders: Mapping[int, Collection[int]],
) -> None:
    """Give the draft the marks of this version; of each mark its newest holders alone stay."""
    known = ctx.uow.similar.print_of(draft.id) if version.number > 1 else None
    had: frozenset[int] = frozenset()
    if known is None:
        of = ctx.uow.similar.add_print(draft.id, draft.bureau, version.number, ctx.now)
    else:
        before = ctx.uow.drafts.version(draft.id, known.version)
        had = marks_of(draft.bureau, before.title, before.body)
        known.version, known.handed_in_at, of = version.number, ctx.now, known.id
    over = [
        (mark, holder)
        for mark in marks - had
        for holder in sorted({*holders.get(mark, ()), of})[:-MOST_HOLDERS]
    ]
    new = marks - had - {mark for mark, holder in over if holder == of}
    gone = [*over, *((mark, of) for mark in had - marks)]
    ctx.uow.similar.mark(of, new, gone=gone)
