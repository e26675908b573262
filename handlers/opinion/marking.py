"""条目12 误报: what somebody says of the machine's judgement of an item, kept beside it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from handlers.kit.agreement import NAMES
from handlers.kit.asked import Asked, Form, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import (
    CaseActUndone,
    CaseClosed,
    CaseGraded,
    CaseReopened,
    ItemJudged,
    LastActAsked,
    UndoAsked,
)
from handlers.kit.on_duty import is_on_duty
from handlers.opinion import meanings, texts
from handlers.opinion.registry import registry
from handlers.opinion.second_look import seen_again
from handlers.opinion.weighing import version_of
from handlers.rules.calendar import short_time
from handlers.rules.escalation import rank
from handlers.rules.opinion.said import Said, grade_in, read_said
from storage.models import Case, OpinionItem, OpinionMark
from storage.vocabulary import NOBODY, CaseState, Grade, ItemId, ItemVerdict, Role

MARKERS = frozenset(
    {
        Role.OFFICE,
        Role.OPINION_LIAISON,
        Role.DUTY,
        Role.LEAD_DUTY,
        Role.DEPUTY,
        Role.PRINCIPAL,
    }
)
"""Who marks items, as does whoever is on duty: all of them see every case of the bureau."""

_LINK = re.compile(r"https?://\S*")
_MOST_OF_CASE = 200
_LONGEST = 200
_ENDS = {
    CaseState.FALSE_ALARM: ItemVerdict.FALSE_ALARM,
    CaseState.NOT_OURS: ItemVerdict.NOT_LOCAL,
}
_NOTHING = frozenset({ItemVerdict.FALSE_ALARM, ItemVerdict.NOT_LOCAL})


def may_mark(ctx: Context) -> bool:
    """Tell whether the sender marks the items of his bureau."""
    me = ctx.sender
    if MARKERS & ctx.uow.members.roles_of(me.userid).keys():
        return True
    return is_on_duty(ctx)


@registry.command(
    "条目",
    "标注条目",
    takes=Takes.WORDS,
    usage="条目12 误报 旧视频（或：条目12 漏报 橙色、条目12 调级 黄色、条目12 非本地）",
    purpose="看一个条目；标注机器研判得不对的",
    shown_to=MARKERS,
    means=meanings.mark,
)
def mark_item(ctx: Context, asked: Asked) -> str:
    """Show an item, or keep what is said of its judgement.

    Raises:
        UserError: it is not the sender's to see, there is none, or it cannot be said of it.
    """
    said = read_said(asked.text)
    if said is None:
        raise UserError(texts.ITEM_FORM)
    item = _numbered(ctx, said.number)
    if said.unclear:
        raise UserError(texts.MARK_FORM.format(number=item.number))
    return show_item(ctx, item) if said.verdict is None else _mark(ctx, item, said)


@registry.form("item")
def mark_by_form(ctx: Context, form: Form) -> str:
    """Do ``do`` to ``item``, with a ``grade`` and ``words``, from a page.

    Raises:
        UserError: as `mark_item`.
    """
    item = ctx.uow.opinion.get(ItemId(int(form.fields["item"])))
    if item is None or item.bureau != ctx.sender.bureau or not may_mark(ctx):
        raise UserError(texts.NO_ITEM.format(number=""))
    verdict = ItemVerdict(form.fields["do"])
    grade, _ = grade_in(form.fields["grade"])
    said = Said(
        number=item.number, verdict=verdict, grade=grade, reason=form.fields["words"].strip()
    )
    return _mark(ctx, item, said)


def _numbered(ctx: Context, number: int) -> OpinionItem:
    item = ctx.uow.opinion.latest_numbered(ctx.sender.bureau, number) if may_mark(ctx) else None
    if item is None:
        raise UserError(texts.NO_ITEM.format(number=number))
    return item


def _mark(ctx: Context, item: OpinionItem, said: Said) -> str:
    """Keep what is said of an item; what was missed is opened as if it had been reported."""
    verdict, grade = _decided(item, said)
    if len(said.reason) > _LONGEST:
        raise UserError(texts.REASON_TOO_LONG.format(most=_LONGEST))
    _refuse_again(ctx, item, verdict, grade)
    suggested = suggestion_of(item)
    ctx.uow.opinion_marks.add(
        _rows(ctx, [item], verdict, grade, suggested=suggested, reason=said.reason)
    )
    ctx.audit(
        "opinion_item:mark",
        str(item.id),
        before={"suggested": suggested},
        after={"verdict": verdict, "grade": grade, "reason": said.reason},
    )
    done = texts.MARKED.format(
        name=named(item),
        verdict=texts.VERDICTS[verdict],
        grade=f"，{texts.GRADES[grade]}" if grade else "",
        suggested=NAMES[suggested],
    )
    if verdict is ItemVerdict.MISSED and item.case_id is None and grade is not None:
        return done + "\n".join(_open(ctx, item, grade, said.reason))
    return done + _of_its_case(ctx, item, verdict)


def _decided(item: OpinionItem, said: Said) -> tuple[ItemVerdict, Grade | None]:
    """Return what is meant, and the grade that it should have had.

    Raises:
        UserError: a grade is missing, or the machine had not done what it is blamed for.
    """
    verdict, suggested = said.verdict, suggestion_of(item)
    if verdict in _NOTHING:
        if suggested is None and verdict is ItemVerdict.FALSE_ALARM:
            raise UserError(texts.NOT_RAISED.format(name=named(item)))
        return ItemVerdict(verdict), None
    if verdict is ItemVerdict.MISSED:
        grade = said.grade or item.suggested
        if suggested is not None and rank(grade) <= rank(suggested):
            raise UserError(
                texts.NOT_MISSED.format(
                    name=named(item), grade=texts.GRADES[suggested], number=item.number
                )
            )
        return ItemVerdict.MISSED, grade
    if said.grade is None:
        raise UserError(texts.WHICH_GRADE.format(number=item.number))
    right = said.grade is suggested
    return (ItemVerdict.RIGHT if right else ItemVerdict.REGRADED), said.grade


def _refuse_again(
    ctx: Context, item: OpinionItem, verdict: ItemVerdict, grade: Grade | None
) -> None:
    mine = [one for one in _by_hand(ctx, item) if one.by == ctx.sender.userid]
    if mine and (mine[-1].verdict, mine[-1].grade) == (verdict, grade):
        raise UserError(texts.MARKED_BEFORE.format(name=named(item)))


def _open(ctx: Context, item: OpinionItem, grade: Grade, reason: str) -> list[str]:
    """Let an item that the machine had left be taken up, at the grade that a person gives it."""
    why = texts.MISSED_WHY.format(who=ctx.sender.name, grade=texts.GRADES[grade])
    return ctx.emit(
        ItemJudged(
            item_id=item.id,
            bureau=item.bureau,
            finder=ctx.sender.userid,
            newest=False,
            case_id=None,
            perhaps=item.perhaps,
            repost_of=item.repost_of,
            suggested_grade=max(grade, item.suggested, key=rank),
            relevance=item.relevance,
            risk=item.risk,
            topics=tuple(item.topics),
            place=item.place,
            why=(*item.why, f"{why}（{reason}）" if reason else why),
            alarming=True,
        )
    )


def _of_its_case(ctx: Context, item: OpinionItem, verdict: ItemVerdict) -> str:
    """Say what becomes of the case that an item is in: nothing by itself."""
    case = ctx.uow.cases.get(item.case_id) if item.case_id else None
    if case is None:
        return ""
    return texts.OF_CASE[verdict].format(number=case.number)


def suggestion_of(item: OpinionItem) -> Grade | None:
    """Return what the machine had suggested of an item: None where it had raised nothing."""
    return item.suggested if item.alarming or item.case_id else None


def named(item: OpinionItem) -> str:
    title = _LINK.sub("", item.title).strip() or item.title
    return texts.NAME.format(number=item.number, title=title)


def _rows(  # noqa: PLR0913 - each is a column of the mark
    ctx: Context,
    items: Iterable[OpinionItem],
    verdict: ItemVerdict,
    grade: Grade | None,
    *,
    suggested: Grade | None,
    reason: str = "",
    case: Case | None = None,
) -> list[Mapping[str, Any]]:
    """Return marks of items with what the machine had gone by."""
    bureau = case.bureau if case else ctx.sender.bureau
    rules = ctx.uow.opinion.topics_version(bureau)
    return [
        {
            "bureau": bureau,
            "item": item.id,
            "case_id": case.id if case else item.case_id,
            "of_case": case is not None,
            "verdict": verdict,
            "grade": grade,
            "suggested": suggested,
            "seen": {
                "relevance": item.relevance,
                "reported": item.finder != NOBODY,
                "parts": item.parts,
                **item.weighed,
            },
            "rules": rules,
            "model": version_of(item),
            "reason": reason,
            "by": ctx.me.userid if ctx.me is not None else NOBODY,
            "at": ctx.now,
        }
        for item in items
    ]


# --- what is decided about a case is said of its items -------------------------------------------


@registry.on(CaseGraded)
def learn_grade(ctx: Context, event: CaseGraded) -> None:
    """Note of a case's items what grade a person decided for it."""
    case = ctx.uow.cases.get(event.case_id)
    if case is not None:
        right = event.grade is case.suggested
        verdict = ItemVerdict.RIGHT if right else ItemVerdict.REGRADED
        _note_decision(ctx, case, verdict, event.grade)


@registry.on(CaseClosed)
def learn_end(ctx: Context, event: CaseClosed) -> None:
    """Note of a case's items that nothing was behind it, or that it was somebody else's."""
    case = ctx.uow.cases.get(event.case_id)
    if case is not None and event.state in _ENDS:
        _note_decision(ctx, case, _ENDS[event.state], None)


@registry.on(CaseReopened)
def unlearn_end(ctx: Context, event: CaseReopened) -> None:
    ctx.uow.opinion_marks.forget_ends(event.case_id)


@registry.on(CaseActUndone)
def unlearn(ctx: Context, event: CaseActUndone) -> None:
    ctx.uow.opinion_marks.forget_decision(event.case_id, event.at)


def _note_decision(ctx: Context, case: Case, verdict: ItemVerdict, grade: Grade | None) -> None:
    """Note it of the gravest items; the ledger of the case has who decided, and its audit."""
    gravest = ctx.uow.opinion.gravest_in(case.id, _MOST_OF_CASE)
    ctx.uow.opinion_marks.add(
        _rows(ctx, gravest, verdict, grade, suggested=case.suggested, case=case)
    )


# --- taken back ----------------------------------------------------------------------------------


@registry.on(LastActAsked)
def when_last(ctx: Context, event: LastActAsked) -> str | None:
    mark = _last(ctx, event.since)
    return mark.at.isoformat() if mark is not None else None


@registry.on(UndoAsked)
def undo(ctx: Context, event: UndoAsked) -> str | None:
    """Take back the sender's last mark; a case that it opened stays, for people were alerted."""
    mark = _last(ctx, event.since)
    item = ctx.uow.opinion.get(mark.item) if mark is not None else None
    if mark is None or item is None:
        return None
    opened = mark.verdict is ItemVerdict.MISSED and mark.case_id is None
    ctx.uow.opinion_marks.take_back(mark)
    ctx.audit(
        "opinion_item:unmark",
        str(item.id),
        before={"verdict": mark.verdict, "grade": mark.grade, "reason": mark.reason},
    )
    done = texts.UNMARKED.format(name=named(item), verdict=texts.VERDICTS[mark.verdict])
    case = ctx.uow.cases.get(item.case_id) if opened and item.case_id else None
    return done + (texts.CASE_STAYS.format(number=case.number) if case else "")


def _last(ctx: Context, since: datetime) -> OpinionMark | None:
    return ctx.uow.opinion_marks.last_by(ctx.sender.bureau, ctx.sender.userid, since)


# --- shown ---------------------------------------------------------------------------------------


def show_item(ctx: Context, item: OpinionItem) -> str:
    """Show one item: where it is from, what the machine thinks of it, what people said of that."""
    facts = "\n".join(f"{name}：{value}" for name, value in facts_of(ctx, item) if value)
    shown = texts.ITEM.format(name=named(item), facts=facts, number=item.number)
    return ctx.with_link(shown, f"items/{item.id}")


def facts_of(ctx: Context, item: OpinionItem) -> list[tuple[str, str]]:
    """Return what is known of an item, by names; empty where nothing is."""
    case = ctx.uow.cases.get(item.case_id) if item.case_id else None
    words = item.words if item.words != item.title else ""
    return [
        ("来源", " ".join(filter(None, (item.platform, item.source, item.url)))),
        ("发现", short_time(item.found_at, ctx.now)),
        ("内容", words[:_LONGEST]),
        ("建议", NAMES[suggestion_of(item)]),
        ("依据", "，".join(item.why)),
        (
            "风险",
            texts.ITEM_RISK.format(risk=round(item.risk), relevance=round(item.relevance * 100)),
        ),
        *seen_again(ctx, item),
        ("舆情", texts.IN_CASE.format(number=case.number, title=case.title) if case else ""),
        ("标注", "；".join(said_of(ctx, item))),
    ]


def said_of(ctx: Context, item: OpinionItem) -> list[str]:
    """Return what people decided about an item, the earliest first."""
    marks = ctx.uow.opinion_marks.of_item(item.id)
    names = ctx.uow.members.names({one.by for one in marks if one.by != NOBODY})
    return [mark_in_words(one, names.get(one.by, texts.SYSTEM)) for one in marks]


def mark_in_words(mark: OpinionMark, who: str) -> str:
    return texts.MARK_LINE.format(
        who=who,
        verdict=texts.VERDICTS[mark.verdict],
        grade=f"，{NAMES[mark.grade]}" if mark.grade else "",
        of_case=texts.BY_CASE if mark.of_case else "",
        reason=f"：{mark.reason}" if mark.reason else "",
    )


def _by_hand(ctx: Context, item: OpinionItem) -> Sequence[OpinionMark]:
    return [one for one in ctx.uow.opinion_marks.of_item(item.id) if not one.of_case]


def item_seen(ctx: Context, item: int) -> OpinionItem | None:
    """Return an item that the visitor may mark; None where there is none."""
    found = ctx.uow.opinion.get(ItemId(item))
    if found is None or found.bureau != ctx.sender.bureau or not may_mark(ctx):
        return None
    return found
