"""An approval that asks for more: 但把A改成B, 原则同意请再核, 拟同意请王局审定."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import gate_name, named
from handlers.kit.people import called
from handlers.kit.rewriting import EDITS, rewritten
from handlers.reviews import texts, way
from handlers.reviews.benches import barred, bench_of
from handlers.reviews.deciding import close_task, decide, task_of
from handlers.reviews.editing import edit_in_review
from handlers.rules.reviewers import may_take_over
from handlers.rules.seats import is_confirmation, seat_of_confirmation, seat_of_member
from storage.models import Draft, ReviewDecision, ReviewHandover, ReviewTask
from storage.queries.members import Named
from storage.vocabulary import Handing, Role, UserId, Verdict

BEYOND = frozenset({*EDITS, "conditional", "escalate_to"})
"""The slots by which an approval asks for more than itself."""

_LONGEST_TITLE = 100


def approve_with_more(ctx: Context, draft: Draft, said: str, slots: Mapping[str, Any]) -> str:
    """Approve the draft and do what the approval asks for besides; all of it or nothing.

    1. Edits make a version of the sender's, and that is what he approves.
    2. A condition keeps his gate open until those whom it names, else the office, confirm it.
    3. Whoever is to have the last word is asked too, unless a later gate is his anyway.

    *said* are his own words where they hold a condition; they are recorded with his approval.

    Raises:
        UserError: he may not decide, or something that he asks for cannot be done.
    """
    task, _ = task_of(ctx, draft)
    done, after = "", ""
    if EDITS & slots.keys():
        done = _edit(ctx, draft, slots)
        task, _ = task_of(ctx, draft)
    notes = [texts.NOTE_EDITED] if done else []
    if slots.get("conditional"):
        _ask_confirmation(ctx, draft, task, said)
        notes.append(said)
    if who := slots.get("escalate_to"):
        note, after = _ask_above(ctx, draft, task, str(who))
        notes.append(note)
    answer = decide(ctx, draft, Verdict.APPROVE, reason="，".join(notes))
    return done + answer + after


def approve_rewritten(ctx: Context, draft: Draft, title: str, body: str, note: str) -> str:
    """Approve the draft with this title and text, which make a version of the sender's.

    Raises:
        UserError: he may not decide, nothing was changed, or the text cannot be taken.
    """
    done = _rewrite(ctx, draft, title, body)
    reason = "，".join(filter(None, (texts.NOTE_EDITED, note)))
    return done + decide(ctx, draft, Verdict.APPROVE, reason=reason)


def forget_asked(ctx: Context, draft: Draft, decision: ReviewDecision) -> None:
    """Ask nobody any more whom an approval asked for besides, now that it is undone.

    Whom its reviewer had asked to countersign before he approved is still asked.
    """
    asked = [
        one
        for one in ctx.uow.reviews.handovers(draft.id)
        if one.task == decision.task and one.handed_at == decision.decided_at
    ]
    if not asked:
        return
    stop = way.stop_at(draft, decision.gate)
    out = {seat_of_member(one.handed_to) for one in asked}
    out |= {seat for seat in stop.countersigners if is_confirmation(seat)}
    for waiting in ctx.uow.reviews.open_tasks(draft.id):
        if waiting.gate == decision.gate and waiting.seat in out:
            close_task(ctx, waiting, texts.CARD_UNDONE)
    left = tuple(seat for seat in stop.countersigners if seat not in out)
    way.set_stop(draft, decision.gate, replace(stop, countersigners=left))


def _edit(ctx: Context, draft: Draft, slots: Mapping[str, Any]) -> str:
    body = ctx.uow.drafts.version(draft.id, draft.version).body
    return _rewrite(ctx, draft, *rewritten(draft.title, body, slots))


def _rewrite(ctx: Context, draft: Draft, title: str, body: str) -> str:
    if len(title) > _LONGEST_TITLE:
        raise UserError(texts.TITLE_TOO_LONG.format(limit=_LONGEST_TITLE))
    was = named(draft)
    return texts.EDITED.format(name=was, changes=edit_in_review(ctx, draft, title=title, body=body))


def _ask_confirmation(ctx: Context, draft: Draft, task: ReviewTask, said: str) -> None:
    """Let the gate wait for whoever is to see that the condition is met."""
    named_ones = [member for name in _people_in(ctx, said) for member in called(ctx, name)]
    inner = seat_of_member(named_ones[0].userid) if len(named_ones) == 1 else ""
    seat = seat_of_confirmation(inner)
    _add_seat(ctx, draft, task, seat)
    asked = bench_of(ctx, draft, way.stop_at(draft, task.gate), seat).holders
    if not asked:
        raise UserError(texts.NOBODY_CONFIRMS.format(name=named(draft)))
    for holder in asked:
        _record(ctx, draft, task, holder.member, Handing.CONFIRM, said)


def _people_in(ctx: Context, said: str) -> list[str]:
    """Return the full names of colleagues that a condition holds."""
    everybody = ctx.uow.members.names_in(ctx.sender.bureau)
    return [name for name in everybody if name in said and name != ctx.sender.name]


def _ask_above(ctx: Context, draft: Draft, task: ReviewTask, said: str) -> tuple[str, str]:
    """Let somebody above have the last word; return the note and what else is to be said.

    Where a later gate is his, nobody else is asked, and it is said who comes before him.
    """
    above = _meant(ctx, said)
    roles = ctx.uow.members.roles_of(above.userid)
    lineage = ctx.uow.members.lineage(draft.unit)
    held = {role for role, scopes in roles.items() if set(scopes) & set(lineage)}
    note = texts.NOTE_ABOVE.format(who=above.name)
    for place, stop in enumerate(way.stops(draft)):
        if place > task.gate and held & set(stop.gate.roles):
            words = texts.HIS_GATE.format(who=above.name, gate=gate_name(stop.gate))
            return note, "" if place == task.gate + 1 else words
    stop = way.stop_at(draft, task.gate)
    if not held & may_take_over(stop.gate.roles):
        raise UserError(texts.NOT_ABOVE.format(who=above.name, gate=gate_name(stop.gate)))
    if above.userid in barred(ctx, draft):
        raise UserError(texts.ACTED_BEFORE.format(who=above.name, name=named(draft)))
    _add_seat(ctx, draft, task, seat_of_member(above.userid))
    _record(ctx, draft, task, above.userid, Handing.COUNTERSIGN, note)
    return note, ""


def _meant(ctx: Context, said: str) -> Named:
    """Return the one leader who is called so.

    Raises:
        UserError: nobody is, or several; nothing was approved.
    """
    found = called(ctx, said)
    leaders = {
        member
        for role in (Role.DEPUTY, Role.PRINCIPAL)
        for member in ctx.uow.members.anywhere(role)
    }
    found = [one for one in found if one.userid in leaders] or found
    if len(found) == 1:
        return found[0]
    words = texts.WHO_ABOVE if found else texts.NOBODY_ABOVE
    raise UserError(words.format(who=said, names="、".join(one.name for one in found)))


def _add_seat(ctx: Context, draft: Draft, task: ReviewTask, seat: str) -> None:
    stop = way.stop_at(draft, task.gate)
    if seat not in stop.needed:
        added = replace(stop, countersigners=(*stop.countersigners, seat))
        way.set_stop(draft, task.gate, added)
        ctx.audit("review:ask", draft.id, after={"gate": task.gate, "seat": seat})


def _record(
    ctx: Context, draft: Draft, task: ReviewTask, to: UserId, kind: Handing, reason: str
) -> None:
    ctx.uow.reviews.hand_over(
        ReviewHandover(
            draft=draft.id,
            task=task.id,
            gate=task.gate,
            kind=kind,
            handed_by=ctx.sender.userid,
            handed_to=to,
            reason=reason,
            handed_at=ctx.now,
        )
    )
