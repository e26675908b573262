"""A bureau's own weights: in force, made anew from its marks, taken back, explained."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from handlers.kit.context import SYSTEM, Context
from handlers.kit.events import ItemExplained
from handlers.opinion import texts
from handlers.opinion.registry import registry
from handlers.rules.opinion.refit import MOST_LESSONS, Lesson, Outcome, Refit, refit
from handlers.rules.opinion.top import SHIPPED, Top
from storage.models import OpinionItem, OpinionModel
from storage.vocabulary import UnitId

_NEW_MARKS = 10
"""How many marks there have to be since the weights changed, for the monthly work to look."""
_FEW_BUREAUS = 64


def top_of(ctx: Context, bureau: UnitId) -> Top:
    """Return the weights that a bureau judges by. One query by its key."""
    return top_by(ctx.uow.opinion_marks.in_force(bureau))


def top_by(found: tuple[int, Mapping[str, Any]] | None) -> Top:
    """Return the weights of a version; without one those that ship."""
    return _read(found[0], json.dumps(found[1], sort_keys=True)) if found else SHIPPED


@lru_cache(_FEW_BUREAUS)
def _read(version: int, written: str) -> Top:
    return Top.read(version, json.loads(written))


def version_of(item: OpinionItem) -> int:
    """Return which weights an item was judged by; 0 are those that ship."""
    return int(item.weighed.get("model", 0))


def try_refit(ctx: Context, bureau: UnitId) -> Refit:
    """Make weights anew from the marks that stand, and measure them; nothing is changed."""
    marks = ctx.uow.opinion_marks.standing(bureau, MOST_LESSONS)
    read = (Lesson.read(one.group, one.by, one.verdict, one.grade, one.seen) for one in marks)
    return refit([lesson for lesson in read if lesson is not None], top_of(ctx, bureau))


def take_refit(ctx: Context, bureau: UnitId, tried: Refit) -> int:
    """Put weights in force that were kept; return their version."""
    figures = {"before": asdict(tried.before), "after": asdict(tried.after)}
    model = _add(
        ctx,
        bureau,
        tried.top,
        decisions=tried.decisions,
        figures={**figures, "held_back": tried.held_back},
    )
    ctx.audit("opinion_model:refit", bureau, after={"version": model.version, **figures})
    return model.version


def undo_refit(ctx: Context, bureau: UnitId) -> tuple[int, int] | None:
    """Take the weights in force back, for those before them, as a version of its own.

    Returns the version that was taken back and the new one; None where those that ship are in
    force, by themselves or because all others were taken back.
    """
    versions = {one.version: one for one in ctx.uow.opinion_marks.models(bureau)}
    undone = _made_as(versions, max(versions, default=0))
    if not undone:
        return None
    before = _made_as(versions, undone - 1)
    top = Top.read(before, versions[before].weights) if before else SHIPPED
    model = _add(ctx, bureau, top, decisions=0, figures={}, undoes=undone)
    ctx.audit("opinion_model:undo", bureau, after={"version": model.version, "undoes": undone})
    return undone, model.version


def _made_as(versions: Mapping[int, OpinionModel], version: int) -> int:
    """Return as which version the weights of a version were made; 0 are those that ship.

    One that takes another back has the weights of before that.
    """
    while version and versions[version].undoes:
        version = versions[version].undoes - 1
    return version


def _add(
    ctx: Context,
    bureau: UnitId,
    top: Top,
    *,
    decisions: int,
    figures: Mapping[str, object],
    undoes: int = 0,
) -> OpinionModel:
    in_force = ctx.uow.opinion_marks.in_force(bureau)
    model = OpinionModel(
        bureau=bureau,
        version=(in_force[0] if in_force else 0) + 1,
        weights=top.write(),
        marks=ctx.uow.opinion_marks.count_since(bureau, None),
        decisions=decisions,
        figures=dict(figures),
        undoes=undoes,
        made_at=ctx.now,
        made_by=ctx.me.userid if ctx.me is not None else SYSTEM,
    )
    ctx.uow.opinion_marks.add_model(model)
    return model


@registry.every("10 3 1 * *")
def refit_opinion_models(ctx: Context) -> None:
    """Make each bureau's weights anew, once a month, where it has marked enough since.

    What was taken back by hand so comes again only after more marks.
    """
    for bureau in ctx.uow.opinion_marks.bureaus():
        if ctx.uow.opinion_marks.count_since(bureau, _changed_at(ctx, bureau)) < _NEW_MARKS:
            continue
        tried = try_refit(ctx, bureau)
        if tried.outcome is Outcome.KEPT:
            take_refit(ctx, bureau, tried)


def _changed_at(ctx: Context, bureau: UnitId) -> datetime | None:
    models = ctx.uow.opinion_marks.models(bureau)
    return models[0].made_at if models else None


@registry.on(ItemExplained)
def explain_weights(ctx: Context, event: ItemExplained) -> str | None:
    """Say how an item's parts were weighed, by the weights of its time."""
    item = ctx.uow.opinion.get(event.item_id)
    if item is None or "points" not in item.weighed:
        return None
    version = version_of(item)
    model = ctx.uow.opinion_marks.model(item.bureau, version) if version else None
    top = Top.read(version, model.weights) if model is not None else SHIPPED
    return weights_in_words(top, item)


def weights_in_words(top: Top, item: OpinionItem) -> str:
    """Say how the parts of an item were weighed, and what its points came to."""
    added = item.weighed["added"]
    return texts.WEIGHED.format(
        version=version_name(top.version),
        weights=top_in_words(top),
        points=item.weighed["points"],
        added=texts.ADDED.format(added=added) if added else "",
    )


def top_in_words(top: Top) -> str:
    """Say how weights weigh, and from where on."""
    shares = ((name, f"{100 * weight:.0f}") for name, weight in top.weights.items())
    lifts = ((name, f"{lift:.1f}") for name, lift in top.lifts.items() if round(lift, 1))
    yellow, orange, red = top.steps
    return texts.TOP.format(
        weights="、".join(texts.WEIGHT.format(name=name, share=share) for name, share in shares),
        doubt=texts.DOUBT.format(doubt=top.doubt) if top.doubt else "",
        line=f"{top.line:g}",
        lifts="".join(texts.LIFT.format(name=name, lift=lift) for name, lift in lifts),
        yellow=f"{yellow:g}",
        orange=f"{orange:g}",
        red=f"{red:g}",
    )


def version_name(version: int) -> str:
    return texts.VERSION.format(version=version) if version else texts.VERSION_SHIPPED
