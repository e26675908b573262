"""研判准不准: how often people decided what the machine had suggested, month by month."""

import re
from dataclasses import dataclass, replace

from handlers.kit.agreement import agreement_in_words, agreement_of, agreement_table
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import MonthSummedUp
from handlers.opinion import meanings, texts
from handlers.opinion.marking import MARKERS, mark_in_words, may_mark, named
from handlers.opinion.registry import registry
from handlers.opinion.weighing import top_in_words, version_name
from handlers.rules.calendar import local, period_bounds
from handlers.rules.notices.figures import month_before, period_name, short_name
from handlers.rules.opinion.top import Top
from storage.models import OpinionModel
from storage.vocabulary import UnitId

_MONTH = re.compile(r"(?:(\d{4})\s*年)?\s*(1[0-2]|0?[1-9])\s*月份?")
_LAST = re.compile(r"上个?月")
_THIS = re.compile(r"(?:本|这个?)月|")
_MOST = 12


@registry.command(
    "研判准不准",
    "研判情况",
    "本月研判情况",
    takes=Takes.WORDS,
    usage="研判准不准（或：研判情况 上月）",
    purpose="看机器研判和人定的一致多少",
    shown_to=MARKERS,
    means=meanings.agreeing,
    reads=lambda heard: month_named(heard.plain),
    changes=False,
)
def show_agreement(ctx: Context, asked: Asked) -> str:
    """Say how often the machine's suggestions were decided so, in a month.

    Raises:
        UserError: it is not the sender's to read, or the month cannot be told.
    """
    if not may_mark(ctx):
        raise UserError(texts.NOT_YOURS_TO_READ)
    month = month_said(asked.text, f"{local(ctx.now):%Y-%m}")
    if not month:
        raise UserError(texts.WHICH_MONTH)
    said = agreement_in_words(ctx, ctx.sender.bureau, *period_bounds(month))
    shown = (texts.AGREED if said else texts.NOTHING_DECIDED).format(
        month=period_name(month), said=said, weights=in_force_in_words(ctx, ctx.sender.bureau)
    )
    return ctx.with_link(shown, f"marks/{month}")


@registry.command(
    "上月研判情况",
    takes=Takes.NOTHING,
    usage="上月研判情况",
    purpose="看上个月机器研判和人定的一致多少",
    shown_to=MARKERS,
    changes=False,
)
def show_last_agreement(ctx: Context, asked: Asked) -> str:
    return show_agreement(ctx, replace(asked, text="上月"))


def month_said(words: str, today: str) -> str:
    """Return the month (2026-09) that is meant in the month *today*; empty if none is.

    A month without a year is the last one of that name.
    """
    plain = words.strip(" 的?？。")
    if _THIS.fullmatch(plain):
        return today
    if _LAST.fullmatch(plain):
        return month_before(today)
    found = _MONTH.fullmatch(plain)
    if found is None:
        return ""
    if found[1]:
        return f"{found[1]}-{int(found[2]):02}"
    year = int(today[:4]) - (int(found[2]) > int(today[5:]))
    return f"{year}-{int(found[2]):02}"


def month_named(plain: str) -> str:
    """Return the words for a month that free words hold; empty where they name none."""
    found = _LAST.search(plain) or _MONTH.search(plain)
    return found[0] if found else ""


def in_force_in_words(ctx: Context, bureau: UnitId) -> str:
    """Say which weights are in force, and what they were made from."""
    models = ctx.uow.opinion_marks.models(bureau)
    return _said(models[0]) if models else texts.SHIPPED


def _said(model: OpinionModel) -> str:
    when = local(model.made_at)
    form = texts.TAKEN_BACK if model.undoes else texts.REFITTED
    return form.format(
        version=model.version,
        day=f"{when.month}月{when.day}日",
        decisions=model.decisions,
        undoes=model.undoes,
    )


@registry.on(MonthSummedUp)
def sum_up(ctx: Context, event: MonthSummedUp) -> str:
    """Say to the office how good the month's suggestions were; nothing without decisions."""
    said = agreement_in_words(ctx, event.bureau, *period_bounds(event.month))
    return texts.MONTH_SUMMARY.format(month=short_name(event.month), said=said) if said else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """Weights that a bureau had: what they are called, since when, and how they weigh."""

    name: str
    said: str
    parts: str
    figures: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementOnPage:
    """A month's suggestions beside what was decided, the weights, and the newest marks."""

    month: str
    name: str
    before: str
    said: str
    table: tuple[tuple[str, ...], ...]
    weights: list[Weights]
    marks: list[tuple[int, str, str]]


def agreement_on_page(ctx: Context, month: str) -> AgreementOnPage | None:
    """Return what the visitor may read of a month (2026-09); None where that is nothing.

    Raises:
        ValueError: it is no month.
    """
    if not may_mark(ctx):
        return None
    bureau, bounds = ctx.sender.bureau, period_bounds(month)
    counted = agreement_of(ctx, bureau, *bounds)
    return AgreementOnPage(
        month=month,
        name=period_name(month),
        before=month_before(month),
        said=agreement_in_words(ctx, bureau, *bounds),
        table=agreement_table(counted) if counted.count else (),
        weights=_weights(ctx, bureau),
        marks=_marks(ctx, bureau),
    )


def _weights(ctx: Context, bureau: UnitId) -> list[Weights]:
    models = ctx.uow.opinion_marks.models(bureau)[:_MOST]
    return [
        Weights(
            name=version_name(one.version),
            said=_said(one),
            parts=top_in_words(Top.read(one.version, one.weights)),
            figures=_figures(one),
        )
        for one in models
    ]


def _figures(model: OpinionModel) -> str:
    if not model.figures:
        return ""
    before, after = model.figures["before"], model.figures["after"]
    return texts.FIGURES.format(
        held_back=model.figures["held_back"],
        exact=f"{before['exact']:.0%}→{after['exact']:.0%}",
        ap=f"{before['ap']:.2f}→{after['ap']:.2f}",
    )


def _marks(ctx: Context, bureau: UnitId) -> list[tuple[int, str, str]]:
    """Return the newest marks: the item's id, what it is called, what was said of it."""
    found = ctx.uow.opinion_marks.lately(bureau, _MOST)
    names = ctx.uow.members.names({mark.by for mark, _ in found})
    return [
        (item.id, named(item), mark_in_words(mark, names.get(mark.by, texts.SYSTEM)))
        for mark, item in found
    ]
