"""The way of a draft as its page tells it: who decided what and when, and who is waited for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.drafts.texts import STATUS
from handlers.kit.context import Context
from handlers.kit.finding import ROLE_NAMES, gate_name
from handlers.rules.calendar import short_time
from handlers.rules.routes import Stop
from storage.models import Draft
from storage.queries.pages import Opinion, Seat
from storage.vocabulary import DraftStatus, Handing, Passage, Verdict

VERDICTS = {Verdict.APPROVE: "通过", Verdict.RETURN: "退回"}
_TONES = {Verdict.APPROVE: "signed", Verdict.RETURN: "returned"}
_HANDED = {Handing.TRANSFER: "转交", Handing.COUNTERSIGN: "请会签", Handing.CONFIRM: "请核实确认"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One line; *tone* colours the *tag*, *words* are a reviewer's own."""

    who: str
    tag: str = ""
    tone: str = ""
    aside: str = ""
    words: str = ""


def steps(
    ctx: Context, draft: Draft, seats: Sequence[Seat], opinions: Sequence[Opinion]
) -> list[Step]:
    """Return what happened, first to last, and what is waited for."""
    happened = sorted([*_happened(ctx, draft, opinions)], key=lambda one: one[0])
    waits = [*_waits(ctx, draft, seats)]
    return [*(step for _, step in happened), *(waits or [Step(who=STATUS[draft.status])])]


def _happened(
    ctx: Context, draft: Draft, opinions: Sequence[Opinion]
) -> Iterator[tuple[datetime, Step]]:
    for one in opinions:
        yield one.decided_at, _decided(ctx, draft, one)
    versions = {one.task: one.version for one in opinions}
    for passed in ctx.uow.reviews.passes(draft.id, draft.version):
        gate = gate_name(Stop.read(draft.route[passed.gate]).gate)
        when = f"第{draft.version}稿 {short_time(passed.passed_at, ctx.now)}"
        if passed.how is Passage.CARRIED and passed.task in versions:
            said = f"{when}，第{versions[passed.task]}稿已通过，只改了文字"
            yield passed.passed_at, Step(who=gate, tag="沿用", tone="signed", aside=said)
        elif passed.how is Passage.SKIPPED:
            yield passed.passed_at, Step(who=gate, tag="跳过", aside=f"{when}，没有人")
    handovers = ctx.uow.reviews.handovers(draft.id)
    people = {u for h in handovers for u in (h.handed_by, h.handed_to)}
    names = ctx.uow.members.names(people) if people else {}
    for handed in handovers:
        who = f"{names[handed.handed_by]}{_HANDED[handed.kind]}{names[handed.handed_to]}"
        when = short_time(handed.handed_at, ctx.now)
        yield handed.handed_at, Step(who=who, aside=when, words=handed.reason)


def _decided(ctx: Context, draft: Draft, one: Opinion) -> Step:
    gate = gate_name(Stop.read(draft.route[one.gate]).gate)
    absent = f"（代{one.absent}）" if one.absent else ""
    return Step(
        who=f"{gate} {one.who}{absent}",
        tag=VERDICTS[one.verdict],
        tone=_TONES[one.verdict],
        aside=f"第{one.version}稿 {short_time(one.decided_at, ctx.now)}",
        words=one.reason,
    )


def _waits(ctx: Context, draft: Draft, seats: Sequence[Seat]) -> Iterator[Step]:
    """Give a line for each task: all who may decide it, since when, until when."""
    hold = ctx.uow.moves.held(draft.id) if draft.status is DraftStatus.ON_HOLD else None
    put_off = f"，已推迟到{short_time(hold.until, ctx.now)}" if hold else ""
    tasks: dict[str, list[Seat]] = {}
    for seat in seats:
        tasks.setdefault(seat.task, []).append(seat)
    for first, *rest in tasks.values():
        gate = Stop.read(draft.route[first.gate]).gate
        role = gate_name(gate) if first.role in gate.roles else ROLE_NAMES[first.role]
        who = "、".join(
            f"{one.who}（代{one.absent}）" if one.absent else one.who for one in [first, *rest]
        )
        late = first.due_at < ctx.now and not hold
        since, due = (short_time(at, ctx.now) for at in (first.opened_at, first.due_at))
        yield Step(
            who=f"等{role}{who}审核",
            tag="已超时" if late else "",
            tone="late" if late else "",
            aside=f"{since}起，{due}到期{put_off}",
        )
