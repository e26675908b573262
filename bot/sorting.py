"""What becomes of leased rows before anything is sent: ended, put off, or joined into calls."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.channel.texts import TEXT_BYTES
from handlers.kit.listing import fitting
from handlers.kit.messages import CardUpdate, Content, MessageKind, Text, content_adapter
from handlers.rules.calendar import local, short_time
from handlers.rules.clipping import clipped
from handlers.rules.peace import Peace, free_from
from storage.models import OutboxMessage
from storage.queries.mailbox import AlertsHad
from storage.vocabulary import OutboxId, OutboxStatus, Outcome, Urgency, UserId

DIGEST = "您有{count}条提醒：\n{lines}"
DIGEST_LINE = "{number}. {text}"
TOGETHER = "有{count}件，一并告诉您：\n{lines}"
TOGETHER_ALERTS = "有{count}件，一并告诉您（警报请回复 收到 和编号，如 收到 07）：\n{lines}"
CROWD = (
    "一小时内警报已超过{limit}个，这{count}个合在一起，重的在前"
    "（请回复 收到 和编号，如 收到 07；发送 告警 看全部）：\n{lines}"
)
MANY = (
    "刚才警报较多，另有{count}个，重的在前"
    "（请回复 收到 和编号，如 收到 07；发送 告警 看全部）：\n{lines}"
)
CARD_LINE = "{title}：{words}"
MORE_LINES = "还有{count}条"
WHOLE = "全文："
CAUGHT_UP = "系统{span}中断，期间有{count}条没能按时发给您，请看现在要办的：\n{lines}"
WAS_DUE = "（原定{when}）"
DAILY = "daily budget"
"""The note of a routine row whose recipient has had as many as anybody gets in a day."""
SENDING = "sending"
"""The note of a row that must not be sent twice, from its lease until its record."""
CROWDED = "too many alerts"
"""The note of an alert whose recipient has just been told of many in one message."""
OVER_BUDGET = "over budget"
"""The note of a row whose recipient has had as many messages as he may get for now."""

_DIGEST_FROM = 3
_TOGETHER_FROM = 2
_BETWEEN_CROWDS = timedelta(minutes=5)
_CARDS_A_MINUTE = 8
_BETWEEN_MANY = timedelta(seconds=2)
"""So that what WeCom takes a minute is not used up by the first of a burst."""
_DIGEST_LINES = 10
_LINE_LENGTH = 70
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

    *routine_of* is how many routine messages a member has had today, of *routine_limit*; those
    beyond it wait until *morning*. *alerts_of* is how many alerts he has had within the hour, of
    *alert_limit*, how many within the minute, and when last several in one message. *outages* are
    times in which nothing was sent. *page_of* is the address where a member reads all he was told,
    empty where there are no pages. *peace_of* is what keeps messages from a member, *off* the
    topics that he does not want to hear of; *cards* are the rows that card updates refer to;
    *reserve* counts messages against the budget and returns, for those that may not go yet, from
    when they may.
    """

    now: datetime
    kinds: Mapping[str, MessageKind]
    peace_of: Callable[[UserId], Peace]
    off: Mapping[UserId, frozenset[str]]
    routine_of: Mapping[UserId, int]
    routine_limit: int
    morning: datetime
    alerts_of: Mapping[UserId, AlertsHad]
    alert_limit: int
    outages: Sequence[tuple[datetime, datetime]]
    page_of: Callable[[UserId], str]
    cards: Mapping[OutboxId, OutboxMessage]
    reserve: Callable[[Sequence[OutboxMessage]], Mapping[OutboxId, datetime]]


def sort(rows: Sequence[OutboxMessage], facts: Facts) -> Plan:
    """Decide, for each row, whether it ends, waits, or goes, and with which others.

    1. What came too late, is not wanted, or may already have been sent and must not be twice, ends.
    2. Routine messages wait for the end of the quiet hours, and for a working day, calm ones for
       the digest after them; all but alerts and answers for the end of a silence that the member
       asked for.
    3. Card updates find their card; they are no messages and cost no budget.
    4. What an outage kept from a member becomes one message that says so.
    5. Equal contents become one call, many routine ones to one member a digest, calm ones that go
       at the same time as well.
    6. Alerts of public opinion beyond what a member gets in an hour become one message, now and
       then; those of a burst beyond what he gets in a minute become one at once.
    7. Routine messages beyond what a member gets in a day wait for the next morning.
    8. What is over a member's budget waits until it may go.
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
    rest = [*_caught_up(wanted, facts, plan)]
    together = _together([*_digested(rest, facts, plan)], facts, plan)
    candidates = [*_joined(_uncrowded([*together], facts, plan), plan)]
    _within_budget([*_within_day(candidates, facts, plan)], facts, plan)
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


def _caught_up(
    rows: Sequence[OutboxMessage], facts: Facts, plan: Plan
) -> Iterable[OutboxMessage | Call]:
    """Join what should have been said to a member in an outage; yield the rest as it is."""
    late: dict[tuple[UserId, datetime, datetime], list[OutboxMessage]] = defaultdict(list)
    for row in rows:
        outage = next((one for one in facts.outages if one[0] <= row.due_at < one[1]), None)
        if outage is None or row.urgency is Urgency.ALERT or row.parts_sent or not _words(row):
            yield row
        else:
            late[row.recipient, *outage].append(row)
    for (member, began, ended), kept in late.items():
        fresh = sorted(_unlike(kept, plan), key=lambda row: row.due_at)
        span = f"{short_time(began, facts.now)}–{local(ended):%H:%M}"
        if local(began).date() != local(ended).date():
            span = f"{short_time(began, facts.now)}到{short_time(ended, facts.now)}"

        def said(row: OutboxMessage) -> str:
            return _words(row) + WAS_DUE.format(when=short_time(row.due_at, facts.now))

        heading = CAUGHT_UP.replace("{span}", span)
        yield from _summed(fresh, heading, said, facts.page_of(member))


def _words(row: OutboxMessage) -> str:
    """Return what a row says in words: of a card that asks for no decision its title."""
    content = row.content
    if content["type"] == "text":
        return str(content["text"])
    if content["type"] == "button_card" and all(
        button["style"] == "plain" for button in content["buttons"]
    ):
        return str(content["title"])
    return ""


def _unlike(rows: Sequence[OutboxMessage], plan: Plan) -> list[OutboxMessage]:
    """Return the rows of one member without those that say what another says; they end."""
    fresh = list({row.digest: row for row in rows}.values())
    plan.ended += [(row, Outcome.MERGED, "") for row in rows if row not in fresh]
    return sorted(fresh, key=lambda row: (row.created_at, row.id))


def _digested(
    items: Sequence[OutboxMessage | Call], facts: Facts, plan: Plan
) -> Iterable[OutboxMessage | Call]:
    """Join the routine texts of each member who has several; yield the rest as they are.

    Two are enough where one of them waited because he had had his day's share.
    """
    routine: dict[UserId, list[OutboxMessage]] = defaultdict(list)
    for row in items:
        if isinstance(row, Call):
            yield row
        elif (
            row.urgency is Urgency.ROUTINE and row.content["type"] == "text" and not row.parts_sent
        ):
            routine[row.recipient].append(row)
        else:
            yield row
    for member, waiting in routine.items():
        fresh = _unlike(waiting, plan)
        kept = any(row.note == DAILY for row in fresh)
        if len(fresh) < (_TOGETHER_FROM if kept else _DIGEST_FROM):
            yield from fresh
        else:
            yield from _summed(fresh, DIGEST, _words, facts.page_of(member))


def _together(
    items: Sequence[OutboxMessage | Call], facts: Facts, plan: Plan
) -> Iterable[OutboxMessage | Call]:
    """Join the calm messages of each member who has several; yield the rest as they are."""
    calm: dict[UserId, list[OutboxMessage]] = defaultdict(list)
    for row in items:
        if not isinstance(row, Call) and _joins(row):
            calm[row.recipient].append(row)
        else:
            yield row
    for member, waiting in calm.items():
        fresh = sorted(_unlike(waiting, plan), key=_rank, reverse=True)
        if len(fresh) < _TOGETHER_FROM:
            yield from fresh
        else:
            heading = TOGETHER_ALERTS if _rank(fresh[0]) else TOGETHER
            yield from _summed(fresh, heading, _line, facts.page_of(member))


def _joins(row: OutboxMessage) -> bool:
    """Tell whether a message has waited for a digest: what leaves at once keeps its buttons."""
    waited = row.urgency is Urgency.CALM and row.due_at > row.created_at and not row.parts_sent
    return waited and (row.content["type"] == "text" or _rank(row) > 0)


def _rank(row: OutboxMessage) -> int:
    return int(row.content.get("rank", 0))


def crowds(row: OutboxMessage) -> bool:
    """Tell whether a message is one of those alerts of which a member may get too many."""
    return row.urgency is Urgency.ALERT and _rank(row) > 0


def _line(row: OutboxMessage) -> str:
    """Return a message as one of several: of a card its title and what it is about."""
    content = row.content
    if content["type"] == "text":
        return str(content["text"])
    return CARD_LINE.format(title=content["title"], words=content["description"])


def _uncrowded(
    items: Sequence[OutboxMessage | Call], facts: Facts, plan: Plan
) -> Iterable[OutboxMessage | Call]:
    """Let the alerts beyond what a member gets in an hour, or a minute, be one message.

    The gravest come first. Who has had his hour's share hears of more now and then, others soon.
    """
    crowding: dict[UserId, list[OutboxMessage]] = defaultdict(list)
    for row in items:
        if facts.alert_limit and not isinstance(row, Call) and crowds(row):
            crowding[row.recipient].append(row)
        else:
            yield row
    for member, waiting in crowding.items():
        had = facts.alerts_of.get(member, AlertsHad())
        gravest = sorted(waiting, key=lambda row: (-_rank(row), row.created_at, row.id))
        of_hour, of_minute = facts.alert_limit - had.cards, _CARDS_A_MINUTE - had.lately
        room = max(min(of_hour, of_minute), 0)
        yield from gravest[:room]
        rest = gravest[room:]
        burst = of_hour > room
        last, between = had.together_at, _BETWEEN_MANY if burst else _BETWEEN_CROWDS
        if last is not None and last + between > facts.now:
            plan.put_off += [(row, last + between, CROWDED) for row in rest]
        elif rest:
            heading = MANY if burst else CROWD.replace("{limit}", str(facts.alert_limit))
            yield _digest(rest, _short(rest, heading, _line, facts.page_of(member)))


def _summed(
    rows: Sequence[OutboxMessage], heading: str, said: Callable[[OutboxMessage], str], page: str
) -> Iterable[OutboxMessage | Call]:
    """Make one message of rows to one member: a line for each and where the whole of it stands.

    Where there is no page, their texts whole, in as few messages as they fit.
    """
    if page:
        yield _digest(rows, _short(rows, heading, said, page))
        return
    pages = [[rows[0]]]
    for row in rows[1:]:
        if len(_full([*pages[-1], row], heading, said).encode()) > TEXT_BYTES:
            pages.append([])
        pages[-1].append(row)
    for each in pages:
        alone = len(each) == 1 and heading in {DIGEST, TOGETHER, TOGETHER_ALERTS}
        yield each[0] if alone else _digest(each, _full(each, heading, said))


def _digest(rows: Sequence[OutboxMessage], text: str) -> Call:
    return Call(content=Text(text=text), rows=tuple(rows), outcome=Outcome.DIGESTED)


def _full(rows: Sequence[OutboxMessage], heading: str, said: Callable[[OutboxMessage], str]) -> str:
    lines = [
        DIGEST_LINE.format(number=number, text=said(row)) for number, row in enumerate(rows, 1)
    ]
    return heading.format(count=len(rows), lines="\n".join(lines))


def _short(
    rows: Sequence[OutboxMessage], heading: str, said: Callable[[OutboxMessage], str], page: str
) -> str:
    lines = [
        DIGEST_LINE.format(number=number, text=clipped(said(row).partition("\n")[0], _LINE_LENGTH))
        for number, row in enumerate(rows, 1)
    ]
    shown = fitting(lines[:_DIGEST_LINES])
    more = [MORE_LINES.format(count=len(rows) - len(shown))] if len(shown) < len(rows) else []
    whole = [WHOLE + page] if page else []
    return heading.format(count=len(rows), lines="\n".join([*shown, *more, *whole]))


def _joined(items: Iterable[OutboxMessage | Call], plan: Plan) -> Iterable[Call]:
    """Make one call of rows with equal content; a second to the same member is merged away.

    What is several in one goes last: a list of alerts has the lighter ones.
    """
    alike: dict[tuple[str, str, int], dict[UserId, OutboxMessage]] = defaultdict(dict)
    lists = []
    for item in items:
        if isinstance(item, Call):
            lists.append(item)
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
    yield from lists


def _within_day(calls: Sequence[Call], facts: Facts, plan: Plan) -> Iterable[Call]:
    """Keep of routine calls the rows whose recipients have not had their day's share yet."""
    had = dict(facts.routine_of)
    for call in calls:
        if not facts.routine_limit or call.rows[0].urgency is not Urgency.ROUTINE:
            yield call
            continue
        going = []
        for row in call.rows:
            if had.get(row.recipient, 0) < facts.routine_limit:
                going.append(row)
            else:
                plan.put_off.append((row, facts.morning, DAILY))
        for member in {row.recipient for row in going}:
            had[member] = had.get(member, 0) + 1
        if going:
            yield replace(call, rows=tuple(going))


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
