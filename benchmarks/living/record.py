"""What the checker looks at: the tables at the end, and what people and WeCom saw on the way."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Row, select

from benchmarks.living import days
from benchmarks.living.habits import Claimed, Habits, HandedIn, Reminder, Silence
from benchmarks.living.manners import MANNERS, Manner
from benchmarks.living.meetings import Asked
from benchmarks.living.people import Bureau
from benchmarks.living.wecom import Sending
from benchmarks.living.world import Outage, Said
from bot.services import Services
from storage.models import (
    Alert,
    AlertEntry,
    AlertRecipient,
    AuditEntry,
    Briefing,
    Call,
    CallPart,
    Case,
    CaseEvent,
    Channel,
    Delegation,
    Dispatch,
    Draft,
    DutyLog,
    DutyShift,
    DutySwap,
    Gathering,
    GatheringGuest,
    Incident,
    OutboxMessage,
    PlanItem,
    PlanNode,
    PlanOwner,
    ReviewDecision,
    ReviewHold,
    ReviewHolder,
    ReviewTask,
    ScheduledRun,
    SensitivePeriod,
    Timer,
    Unit,
)
from storage.models.base import Base
from storage.queries.tables import table_of
from storage.vocabulary import UserId

Rows = Sequence[Row[Any]]


@dataclass(frozen=True, kw_only=True)
class Record:
    """A stretch of life, from *since* to *until*.

    The rows are those of the tables of the same name; *left* says who has left, and when.
    """

    since: datetime
    until: datetime
    bureau: Bureau
    sendings: Sequence[Sending]
    said: Sequence[Said]
    outages: Sequence[Outage]
    wiped: Sequence[datetime]
    left: Mapping[UserId, datetime]
    reminders: Sequence[Reminder]
    handed_in: Sequence[HandedIn]
    silences: Sequence[Silence]
    claimed: Sequence[Claimed]
    meetings: Sequence[Asked]
    outbox: Rows
    timers: Rows
    runs: Rows
    drafts: Rows
    tasks: Rows
    holders: Rows
    decisions: Rows
    holds: Rows
    units: Rows
    calls: Rows
    parts: Rows
    shifts: Rows
    swaps: Rows
    duty_log: Rows
    periods: Rows
    delegations: Rows
    plan_items: Rows
    plan_units: Rows
    plan_nodes: Rows
    alerts: Rows
    entries: Rows
    recipients: Rows
    gatherings: Rows
    guests: Rows
    incidents: Rows
    cases: Rows
    case_events: Rows
    channels: Rows
    dispatches: Rows
    audits: Rows
    briefings: Rows

    @cached_property
    def wholes(self) -> Mapping[str, tuple[Sending, ...]]:
        """Each message that WeCom took in parts, by the last part's id: the promise knows that."""
        by_id = {sending.message_id: place for place, sending in enumerate(self.sendings)}
        found: dict[str, tuple[Sending, ...]] = {}
        for row in self.outbox:
            if row.message_id in by_id and row.parts_sent:
                last, parts = by_id[row.message_id], row.parts_sent
                his = [one for one in self.sendings[: last + 1] if row.recipient in one.reached]
                found[row.message_id] = tuple(his[-1 - parts :])
        return found

    @cached_property
    def shares(self) -> Mapping[tuple[str, date], Collection[datetime]]:
        """When each member got a message that was not urgent, on each day; a digest is one."""
        found: dict[tuple[str, date], dict[str, datetime]] = defaultdict(dict)
        for row in self.outbox:
            if row.sent_at is not None and MANNERS.get(row.kind) is Manner.IN_GOOD_TIME:
                found[row.recipient, days.day_of(row.sent_at)][row.message_id] = row.sent_at
        return {key: [*messages.values()] for key, messages in found.items()}

    @cached_property
    def calm_alerts(self) -> Mapping[str, str]:
        """Return the grade of each alert for which nobody is woken."""
        return {
            alert.id: alert.grade
            for alert in self.alerts
            if alert.kind in {"case", "case_task"} and alert.grade in {"blue", "yellow"}
        }

    def here(self, who: UserId, moment: datetime) -> bool:
        """Tell whether somebody has not left at a moment."""
        return who not in self.left or moment < self.left[who]

    def awake(self, moment: datetime) -> datetime:
        """Return when scheduler and worker are next at work: they still are as an outage begins."""
        for outage in self.outages:
            if outage.what == "service" and outage.since < moment < outage.until:
                return outage.until
        return moment


def rows_of(services: Services) -> Mapping[str, Rows]:
    """Return all rows of the tables that are checked, by their names in a record."""
    models: Mapping[str, type[Base]] = {
        "outbox": OutboxMessage,
        "timers": Timer,
        "runs": ScheduledRun,
        "drafts": Draft,
        "tasks": ReviewTask,
        "holders": ReviewHolder,
        "decisions": ReviewDecision,
        "holds": ReviewHold,
        "units": Unit,
        "calls": Call,
        "parts": CallPart,
        "shifts": DutyShift,
        "swaps": DutySwap,
        "duty_log": DutyLog,
        "periods": SensitivePeriod,
        "delegations": Delegation,
        "plan_items": PlanItem,
        "plan_units": PlanOwner,
        "plan_nodes": PlanNode,
        "alerts": Alert,
        "entries": AlertEntry,
        "recipients": AlertRecipient,
        "gatherings": Gathering,
        "guests": GatheringGuest,
        "incidents": Incident,
        "cases": Case,
        "case_events": CaseEvent,
        "channels": Channel,
        "dispatches": Dispatch,
        "audits": AuditEntry,
        "briefings": Briefing,
    }
    with services.database.engine.connect() as connection:
        return {
            name: connection.execute(select(table_of(model))).all()
            for name, model in models.items()
        }


def recorded(habits: Habits, since: datetime) -> Record:
    """Return what is known of the stretch from *since* until now."""
    world = habits.world
    return Record(
        since=since,
        until=world.now,
        bureau=world.bureau,
        sendings=world.wecom.sendings,
        said=world.said,
        outages=world.outages,
        wiped=world.wiped,
        left=world.left,
        reminders=habits.reminders,
        handed_in=habits.handed_in,
        silences=habits.silences,
        claimed=habits.claimed,
        meetings=habits.meetings.asked,
        **rows_of(world.services),
    )
