"""Whatever is done to an alert, in whatever order: it is never silent, never lower, told once."""

from collections import defaultdict
from datetime import timedelta
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select, update

from bot import scheduler
from bot.config import Config
from bot.services import Services
from handlers.kit.events import AlertAsked
from storage.models import Alert, AlertEntry, OutboxMessage, Timer
from storage.vocabulary import AlertAct, AlertStatus, Grade, OutboxStatus, Outcome, TimerStatus
from tests.harness.offline import Say, offline, saying
from tests.harness.service import ROSTER, import_rules

REPEAT = timedelta(minutes=10)
RULES = """\
[[alert_policy]]
kind = "life"
lease = "20m"
patience = "5m"
repeat = "10m"
step = [
  { tell = "section_head", wait = "10m" },
  { tell = "duty", wait = "10m" },
  { tell = ["office", "deputy"], wait = "15m" },
  { tell = "principal", wait = "10m" },
]
"""
PEOPLE = ("bob", "carol", "dan", "eve", "heidi")
NAMES = {"bob": "李强", "carol": "周敏", "dan": "刘伟", "eve": "黄建国", "heidi": "赵磊"}
KEYS = count()


class Life(RuleBasedStateMachine):
    """One alert, and everything that people and clocks do to it."""

    def __init__(self, services: Services, say: Say) -> None:
        super().__init__()
        self.services, self.say = services, say
        self.step = 0
        self.ended_by = ""

    def rows(self, model: Any, *where: Any) -> list[Any]:
        with self.services.database.reading() as uow:
            return list(uow._session.scalars(select(model).where(*where)))

    @property
    def alert(self) -> Alert:
        found: list[Alert] = self.rows(Alert, Alert.subject == f"life:{self.key}")
        return found[0]

    @property
    def standing(self) -> bool:
        return self.alert.status is not AlertStatus.ENDED

    def deliver(self) -> None:
        """Let every message arrive at once."""
        sent = {"status": OutboxStatus.ENDED, "outcome": Outcome.SENT}
        with self.services.database.begin() as uow:
            waiting = OutboxMessage.status == OutboxStatus.WAITING
            uow._session.execute(update(OutboxMessage).where(waiting).values(sent))

    @initialize()
    def raise_it(self) -> None:
        self.key = str(next(KEYS))
        self.ask()

    @rule()
    @precondition(lambda self: self.standing)
    def ask(self) -> None:
        """It comes, and comes again."""
        with self.services.database.begin() as uow:
            unit = uow.members.unit_at("区住建局/物业科")
            assert unit
            asked = AlertAsked(
                unit=unit.id,
                kind="life",
                key=self.key,
                grade=Grade.YELLOW,
                source="12345",
                title="停水",
                text="停水",
            )
            uow_ctx = self.services.context(uow)
            uow_ctx.emit(asked)
        self.deliver()

    @rule(who=st.sampled_from(PEOPLE), what=st.sampled_from(("收到", "处理不了", "延长")))
    @precondition(lambda self: self.standing)
    def answer(self, who: str, what: str) -> None:
        more = " 30分钟" if what == "延长" else ""
        self.say(who, f"{what} {self.alert.code}{more}")
        self.deliver()

    @rule()
    @precondition(lambda self: self.standing)
    def nobody_at_the_top_can(self) -> None:
        """The principal is told last, and passes it on."""
        self.answer("eve", "处理不了")

    @rule(who=st.sampled_from(PEOPLE), whom=st.sampled_from(PEOPLE))
    @precondition(lambda self: self.standing)
    def hand_over(self, who: str, whom: str) -> None:
        self.say(who, f"转警报 {self.alert.code} {NAMES[whom]}")
        self.deliver()

    @rule(twice=st.booleans())
    @precondition(lambda self: self.standing)
    def wait(self, *, twice: bool) -> None:
        """Let time go to the next clock, which may strike twice."""
        waiting = (Timer.status == TimerStatus.PENDING, Timer.subject.startswith(self.alert.id))
        due = min(self.rows(Timer, *waiting), key=lambda one: one.due_at)
        late = due.due_at - self.services.now()
        self.services.now.advance(max(late, timedelta(0)))  # type: ignore[attr-defined]  # offline's clock
        for _ in range(1 + twice):
            scheduler.fire(self.services, due.id)
        self.deliver()

    @rule(who=st.sampled_from(PEOPLE))
    @precondition(lambda self: self.alert.status is AlertStatus.HELD)
    def settle(self, who: str) -> None:
        self.say(who, f"解除 {self.alert.code} 已恢复")
        self.ended_by = who
        self.deliver()

    @rule(who=st.sampled_from(PEOPLE))
    @precondition(lambda self: not self.standing)
    def answer_late(self, who: str) -> None:
        self.say(who, f"收到 {self.alert.code}")
        self.deliver()

    @invariant()
    def is_never_silent_before_its_end(self) -> None:
        alert = self.alert
        pending = (Timer.status == TimerStatus.PENDING, Timer.subject == alert.id)
        clocks = self.rows(Timer, *pending)
        assert len(clocks) == (alert.status in {AlertStatus.OPEN, AlertStatus.HELD})
        assert all(one.due_at == alert.next_at for one in clocks)

    @invariant()
    def never_climbs_down(self) -> None:
        assert self.alert.step >= self.step
        self.step = self.alert.step

    @invariant()
    def nobody_is_told_twice_within_a_repetition(self) -> None:
        """But by a colleague who hands it to him."""
        handed = self.rows(AlertEntry, AlertEntry.act == AlertAct.HANDED_OVER)
        moments = {(person, one.at) for one in handed for person in one.people}
        told = defaultdict(list)
        cards = (OutboxMessage.subject == self.alert.id, OutboxMessage.kind == "alert")
        for card in self.rows(OutboxMessage, *cards):
            if (card.recipient, card.created_at) not in moments:
                told[card.recipient].append(card.created_at)
        for times in told.values():
            assert all(b - a >= REPEAT for a, b in pairwise(sorted(times)))

    @invariant()
    def all_who_were_told_hear_of_the_end_once(self) -> None:
        alert = self.alert
        messages = self.rows(OutboxMessage, OutboxMessage.subject == alert.id)
        told = {one.recipient for one in messages if one.kind == "alert"}
        ends = [one.recipient for one in messages if one.stage == "ended"]
        wanted = told - {alert.ended_by} if alert.status is AlertStatus.ENDED else set()
        assert sorted(ends) == sorted(wanted)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_the_life_of_an_alert(config: Config) -> None:
    with offline(config, ROSTER) as services:
        assert import_rules(services, RULES) == []
        say = saying(services)
        bounded = settings(
            max_examples=5,
            stateful_step_count=30,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(lambda: Life(services, say), settings=bounded)  # type: ignore[arg-type]  # a factory does
