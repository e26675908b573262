"""One model: where it was used, what leaders wrote, and what was changed before it was printed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.kit.context import Context
from handlers.kit.finding import KIND_NAMES
from handlers.library import texts
from handlers.library.shelving import printed
from handlers.rules.calendar import local
from handlers.rules.differences import Kind, Run, differences
from handlers.rules.visibility import may_read_models
from storage.queries.library import Shelved
from storage.vocabulary import DraftId, EntryStatus

_COUNTS = (EntryStatus.CONFIRMED,)
_MOST_USES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model as it is shown; *changes* lead from the first text handed in to the printed one."""

    title: str
    unit: str
    author: str
    kind: str
    body: str
    uses: tuple[str, ...]
    changes: tuple[Run, ...]

    @property
    def percent(self) -> int:
        """How much of the text was changed."""
        kept = sum(len(run.text) for run in self.changes if run.kind is Kind.SAME)
        first = kept + sum(len(run.text) for run in self.changes if run.kind is Kind.GONE)
        return round(100 * (1 - kept / max(first, len(self.body), 1)))


def model_of(ctx: Context, draft: DraftId) -> Model | None:
    """Return a model that the sender may read; None where there is none for him."""
    item = ctx.uow.library.item(draft)
    if item is None or not may_read_models(ctx.sender.bureau, item.bureau):
        return None
    found = ctx.uow.drafts.get(draft)
    used = ctx.uow.adoptions.of_drafts([draft], _COUNTS)
    first = ctx.uow.drafts.version(draft, 1)
    body = printed(used) or ctx.uow.drafts.version(draft, found.version).body
    return Model(
        title=item.title,
        unit=ctx.uow.members.unit(found.unit).name,
        author=ctx.uow.members.names([found.author]).get(found.author, ""),
        kind=KIND_NAMES[found.kind],
        body=body,
        uses=(*_uses_of(ctx, draft), *_remarks_of(ctx, draft)),
        changes=differences(first.body, body),
    )


def lines_of(ctx: Context, shelved: Sequence[Shelved]) -> list[str]:
    """Name items with where they were used."""
    uses = uses_in_short(ctx, [one.draft for one in shelved])
    return [
        texts.LINE.format(
            number=one.number,
            title=one.title,
            unit=one.unit,
            uses="，".join(filter(None, (uses[one.draft], texts.REMARKED * one.remarked))),
        )
        for one in shelved
    ]


def uses_in_short(ctx: Context, drafts: Collection[DraftId]) -> Mapping[DraftId, str]:
    """Return for each draft the channels that used it, the latest first, and their levels."""
    used = ctx.uow.adoptions.of_drafts(drafts, _COUNTS)
    called = ctx.uow.adoptions.channel_names(entry.channel for entry in used)
    listed: dict[DraftId, list[str]] = {draft: [] for draft in drafts}
    for entry in reversed(used):
        use = texts.USE.format(channel=called[entry.channel], level=texts.LEVELS[entry.level])
        if use not in listed[entry.draft]:
            listed[entry.draft].append(use)
    return {draft: _short(uses) for draft, uses in listed.items()}


def _short(uses: Sequence[str]) -> str:
    said = "、".join(uses[:_MOST_USES])
    return said + texts.MORE_USES.format(count=len(uses)) * (len(uses) > _MOST_USES)


def _uses_of(ctx: Context, draft: DraftId) -> list[str]:
    used = ctx.uow.adoptions.of_drafts([draft], _COUNTS)
    called = ctx.uow.adoptions.channel_names(entry.channel for entry in used)
    return [
        texts.SHOWN_USE.format(
            channel=called[entry.channel],
            level=texts.LEVELS[entry.level],
            day=day_text(ctx, entry.adopted_on),
        )
        for entry in reversed(used)
    ]


def _remarks_of(ctx: Context, draft: DraftId) -> list[str]:
    return [
        texts.SHOWN_REMARK.format(
            leader=entry.leader,
            day=day_text(ctx, entry.given_on),
            words=texts.SHOWN_WORDS.format(words=entry.words) if entry.words else "",
        )
        for entry in reversed(ctx.uow.adoptions.instructions_of([draft], _COUNTS))
    ]


def day_text(ctx: Context, day: date) -> str:
    year = "" if day.year == local(ctx.now).year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"
