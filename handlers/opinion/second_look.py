"""What a second look at items by their meaning found: shown beside the first, decided by nobody."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from handlers.kit.context import Context
from handlers.kit.events import CasesAlike, ItemExplained
from handlers.opinion import texts
from handlers.opinion.knowing import WINDOW
from handlers.opinion.registry import registry
from handlers.opinion.watching import Watch, rarity_of, watch_of
from handlers.rules.opinion import alike
from handlers.rules.opinion.plain import plain
from handlers.rules.opinion.second_look import SHARE, Kin, kin_of, packed, shipped, together
from storage.models import OpinionItem
from storage.queries.opinion import Earlier
from storage.queries.opinion_vectors import Wanting
from storage.vocabulary import ItemId, UnitId

__all__ = ["WINDOW", "Embedded", "look_again", "seen_again"]


class Embedded(NamedTuple):
    """An item with its meaning, and the cosines to the items that are nearest to that."""

    item: Wanting
    centred: Sequence[float]
    near: Mapping[ItemId, float]


def look_again(ctx: Context, bureau: UnitId, embedded: Sequence[Embedded]) -> None:
    """Keep what the meaning of items of a bureau says; one in no case may belong to its kin's."""
    watch, rarity = watch_of(ctx, bureau), rarity_of(ctx, bureau)
    ids = {item for one in embedded for item in one.near}
    earlier = ctx.uow.opinion.earlier(ids, ctx.now - WINDOW)
    rows: list[Mapping[str, Any]] = []
    kin: dict[ItemId, Kin] = {}
    for one in embedded:
        found = _kin(one, watch, rarity, earlier)
        if found is not None:
            kin[one.item.id] = found
        rows.append(
            {
                "item": one.item.id,
                "bureau": bureau,
                "found_at": one.item.found_at,
                "vector": packed(one.centred),
                "chance": round(shipped().chance(one.centred), 3),
                "kin": found.item if found else None,
                "likeness": round(found.likeness, 3) if found else 0.0,
            }
        )
    ctx.uow.opinion_vectors.add_all(rows)
    for item in ctx.uow.opinion.some(list(kin)):
        case = earlier[kin[item.id].item].case_id
        if case is not None and item.case_id is None and item.perhaps is None:
            ctx.uow.opinion.may_belong(item.id, case)
        if case is not None and item.case_id not in {None, case}:
            ctx.emit(CasesAlike(case_id=item.case_id, other=case))
    ctx.uow.opinion_vectors.forget({bureau: len(rows)}, ctx.now - WINDOW)


def _kin(
    one: Embedded, watch: Watch, rarity: alike.Rarity, earlier: Mapping[int, Earlier]
) -> Kin | None:
    own = one.item.thread or one.item.id
    members = {
        item: _member(earlier[item], watch, rarity)
        for item in one.near
        if item in earlier and (earlier[item].thread or item) != own
    }
    item, text = one.item, _spelled(one.item)
    fields = watch.fields(item.topics)
    return kin_of(_matter(item, rarity), item.place, text, fields, members, one.near)


def _member(one: Earlier, watch: Watch, rarity: alike.Rarity) -> alike.Member:
    return alike.Member(
        thread=one.thread or one.id,
        matter=_matter(one, rarity),
        place=one.place,
        text=_spelled(one),
        fields=watch.fields(one.topics),
    )


def _matter(one: Earlier | Wanting, rarity: alike.Rarity) -> alike.Matter:
    return alike.matter_of(alike.runs_of(plain(one.title).text, plain(one.words).text), rarity)


def _spelled(one: Earlier | Wanting) -> str:
    return f"{plain(one.title).text}\n{plain(one.words).text}"


# --- shown ---------------------------------------------------------------------------------------


def seen_again(ctx: Context, item: OpinionItem) -> list[tuple[str, str]]:
    """Return what the second look at an item found, by names; nothing where there was none."""
    kept = ctx.uow.opinion_vectors.get(item.id)
    if kept is None:
        return []
    second = texts.SECOND_LOOK.format(
        second=round(together(item.risk, kept.chance)),
        risk=round(item.risk),
        chance=round(100 * kept.chance),
        share=round(100 * SHARE),
    )
    kin = _doubted(ctx, item, kept.kin)
    return [
        ("语义复核", second),
        ("疑似同一事件", _kin_in_words(ctx, item, kin, kept.likeness) if kin else ""),
    ]


def _doubted(ctx: Context, item: OpinionItem, kin_id: ItemId | None) -> OpinionItem | None:
    """Return the kin of an item, unless it is known whether they are about one event."""
    kin = ctx.uow.opinion.get(kin_id) if kin_id is not None else None
    if kin is None or item.case_id is None or kin.case_id is None:
        return kin
    pair = {item.case_id, kin.case_id}
    return None if len(pair) == 1 or ctx.uow.cases.denied(pair) else kin


def _kin_in_words(ctx: Context, item: OpinionItem, kin: OpinionItem, likeness: float) -> str:
    own = ctx.uow.cases.get(item.case_id) if item.case_id else None
    other = ctx.uow.cases.get(kin.case_id) if kin.case_id else None
    said = texts.KIN.format(
        name=texts.NAME.format(number=kin.number, title=kin.title),
        case=texts.KIN_CASE.format(number=other.number) if other else "",
        likeness=round(100 * likeness),
    )
    if own is None or other is None:
        return said
    return said + texts.MERGE_KIN.format(this=own.number, number=other.number)


@registry.on(ItemExplained)
def explain_meaning(ctx: Context, event: ItemExplained) -> str | None:
    """Say what the second look found, where there was one."""
    item = ctx.uow.opinion.get(event.item_id)
    seen = seen_again(ctx, item) if item is not None else []
    said = [texts.SEEN_AGAIN.format(name=name, value=value) for name, value in seen if value]
    return "\n".join(said) or None
