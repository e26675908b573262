"""What becomes of leased rows before anything is sent: ended, put off, or joined into calls."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channel.texts import TEXT_BYTES
from handlers.kit.messages import CardUpdate, Content, MessageKind, Text, content_adapter
from handlers.rules.peace import Peace, free_from
from storage.models import OutboxMessage
from storage.vocabulary import OutboxId, OutboxStatus, Outcome, Urgency, UserId

DIGEST = "您有{count}条提醒：\n{lines}"
SENDING = "sending"
"""The note of a row that must not be sent twice, from its lease until its record."""
OVER_BUDGET = "over budget"
"""The note of a row whose recipient has had as many messages as he may get for now."""

_DIGEST_FROM = 3
_MOST_RECIPIENTS = 1000
_CARD_PATIENCE = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to the channel: the same content to one or many, or a digest to one."""

    content: Content
    rows: tuple[OutboxMessage, ...]
    outcome: Outcome = Outcome.SENT
    response_code: str = ""

    @property
    def recipients(self) -> list[UserId]:
        return list(dict.fromkeys(row.recipient for row in self.rows))


@dataclass(slots=True)
class Plan:
    """*ended* and *put_off* are settled before the calls are made."""

    calls: list[Call] = field(default_factory=list)
    ended: list[tuple[OutboxMessage, Outcome, str]] = field(default_factory=list)
    put_off: list[tuple[OutboxMessage, datetime, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the sorting must know.

    *peace_of* is what keeps messages from a member, *off* the topics that he does not want to hear
    of; *cards* are the rows that card updates refer to; *reserve* counts messages against the
    budget and returns, for those that may not go yet, from when they may.
    """

    now: datetime
    kinds: Mapping[str, MessageKind]
    peace_of: Callable[[UserId], Peace]
    off: Mapping[UserId, frozenset[str]]
    cards: Mapping[OutboxId, OutboxMessage]
    reserve: Callable[[Sequence[OutboxMessage]], Mapping[OutboxId, datetime]]


def sort(rows: Sequence[OutboxMessage], facts: Facts) -> Plan:
    """Decide, for each row, whether it ends, waits, or goes, and with which others.

    1. What came too late, is not wanted, or may already have been sent and must not be twice, ends.
    2. Routine messages wait for the end of the quiet hours, and for a working day; all but alerts
       and answers for the end of a silence that the member asked for.
    3. Card updates find their card; they are no messages and cost no budget.
    4. Equal contents become one call, many routine ones to one member a digest.
    5. What is over a member's budget waits until it may go.
    """
    plan = Plan()
    wanted: list[OutboxMessage] = []
    for row in rows:
        if ending := _ending(row, facts):
            plan.ended.append((row, *ending))
        elif kept := _kept(row, facts):
            plan.put_off.append((row, *kept))
        elif row.content["type"] == "card_update":
            _find_card(row, facts, plan)
        else:
            wanted.append(row)
    candidates = [*_joined(_digested(wanted, plan), plan)]
    _within_budget(candidates, facts, plan)
    return plan


def _ending(row: OutboxMessage, facts: Facts) -> tuple[Outcome, str] | None:
    kind = facts.kinds.get(row.kind)
    if kind is None:
        return Outcome.FAILED, "a kind that this version does not know"
    if row.note == SENDING and not kind.resend_when_unsure:
        return Outcome.UNCONFIRMED, "its sender died, it may have been sent"
    if row.expires_at <= facts.now:
        return Outcome.EXPIRED, ""
    if kind.topic in facts.off.get(row.recipient, ()) and row.urgency is not Urgency.ALERT:
        return Outcome.MUTED, ""
    return None


def _kept(row: OutboxMessage, facts: Facts) -> tuple[datetime, str] | None:
    """Return until when and why a message is kept; None if it may go."""
    mutable = facts.kinds[row.kind].mutable
    until, why = free_from(facts.now, row.urgency, facts.peace_of(row.recipient), mutable=mutable)
    return None if why is None else (until, why.value)


def _find_card(row: OutboxMessage, facts: Facts, plan: Plan) -> None:
    update = content_adapter.validate_python(row.content)
    if not isinstance(update, CardUpdate):
        raise TypeError(f"{row.kind} is no card update")
    code = update.response_code
    if not code:
        card = facts.cards.get(OutboxId(update.card))
        if card is not None and card.status is not OutboxStatus.ENDED:
            plan.put_off.append((row, facts.now + _CARD_PATIENCE, "its card is under way"))
            return
        code = card.response_code if card is not None else ""
    if code:
        plan.calls.append(Call(content=update, rows=(row,), response_code=code))
    else:
        plan.ended.append((row, Outcome.OBSOLETE, "its card was never shown"))


def _digested(rows: Sequence[OutboxMessage], plan: Plan) -> Iterable[OutboxMessage | Call]:
    """Join the routine texts of each member who has several; yield the rest as they are."""
    routine: dict[UserId, list[OutboxMessage]] = defaultdict(list)
    for row in rows:
        if row.urgency is Urgency.ROUTINE and row.content["type"] == "text" and not row.parts_sent:
            routine[row.recipient].append(row)
        else:
            yield row
    for waiting in routine.values():
        fresh = list({row.digest: row for row in waiting}.values())
        plan.ended += [(row, Outcome.MERGED, "") for row in waiting if row not in fresh]
        if len(fresh) < _DIGEST_FROM:
            yield from fresh
            continue
        for page in _pages(fresh):
            if len(page) == 1:
                yield page[0]
            else:
                text = Text(text=_digest(page))
                yield Call(content=text, rows=tuple(page), outcome=Outcome.DIGESTED)


def _pages(rows: Sequence[OutboxMessage]) -> list[list[OutboxMessage]]:
    """Deal rows into digests that are one message each: such a one arrives whole or not at all."""
    pages = [[rows[0]]]
    for row in rows[1:]:
        if len(_digest([*pages[-1], row]).encode()) > TEXT_BYTES:
            pages.append([])
        pages[-1].append(row)
    return pages


def _digest(rows: Sequence[OutboxMessage]) -> str:
    lines = "\n".join(f"{n}. {row.content['text']}" for n, row in enumerate(rows, 1))
    return DIGEST.format(count=len(rows), lines=lines)


def _joined(items: Iterable[OutboxMessage | Call], plan: Plan) -> Iterable[Call]:
    """Make one call of rows with equal content; a second to the same member is merged away."""
    alike: dict[tuple[str, str, int], dict[UserId, OutboxMessage]] = defaultdict(dict)
    for item in items:
        if isinstance(item, Call):
            yield item
            continue
        group = alike[item.digest, item.kind, item.parts_sent]
        if item.recipient in group:
            plan.ended.append((item, Outcome.MERGED, f"as {group[item.recipient].id}"))
        else:
            group[item.recipient] = item
    for group in alike.values():
        rows = list(group.values())
        for start in range(0, len(rows), _MOST_RECIPIENTS):
            part = tuple(rows[start : start + _MOST_RECIPIENTS])
            yield Call(content=content_adapter.validate_python(part[0].content), rows=part)


def _within_budget(calls: Sequence[Call], facts: Facts, plan: Plan) -> None:
    """Keep of each call the rows that may go now; a digest counts as one message."""
    counted = [row for call in calls for row in (call.rows if _is_plain(call) else call.rows[:1])]
    wait = facts.reserve(counted)
    for call in calls:
        if not _is_plain(call) and (until := wait.get(call.rows[0].id)):
            plan.put_off += [(row, until, OVER_BUDGET) for row in call.rows]
            continue
        plan.put_off += [(row, wait[row.id], OVER_BUDGET) for row in call.rows if row.id in wait]
        going = tuple(row for row in call.rows if row.id not in wait)
        if going:
            plan.calls.append(Call(content=call.content, rows=going, outcome=call.outcome))


def _is_plain(call: Call) -> bool:
    return call.outcome is Outcome.SENT
