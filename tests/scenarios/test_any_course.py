"""Officers, reviewers, substitutes and the clock in any order: the rules that never bend hold.

A machine of Hypothesis makes up the course of a bureau and looks at the tables after each step.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from redis import Redis

from bot.simulator.cards import presses
from bot.simulator.phones import GreyedCardError, NoSuchButtonError
from handlers.rules.seats import is_confirmation
from storage.vocabulary import DraftStatus, OutboxStatus, TaskStatus
from tests.harness.databases import CAST, Postgres, Sqlite
from tests.harness.rows import Rows, all_rows
from tests.harness.service import Chat, chat, settings

MORE_PEOPLE = """\
userid,name,unit,roles,aliases
chris,何静,区住建局/办公室,office|officer,
frank,马超,区住建局/物业科,officer|section_head|office,
"""
AUTHORS = ("alice", "mallory", "chris", "frank")
REVIEWERS = ("bob", "heidi", "carol", "chris", "dan", "eve", "frank")
EVERYBODY = tuple(sorted({*AUTHORS, *REVIEWERS, "root"}))
WORDS = (
    "通过 {n}",
    "退回 {n} 数据不准",
    "{n}号可以，发吧",
    "{n}号通过了没",
    "先别通过{n}号",
    "{n}号收到",
    "{n}号先放一放，周三再说",
    "{n}号继续审",
    "{n}号原则同意，请再核",
    "{n}号可以发，但把检查改成巡查",
    "{n}号转给刘伟审",
    "都过",
    "是",
    "1",
    "撤销",
    "取消",
    "待审",
)
AUTHORS_WORDS = (
    "修改 {n}\n9月21日，区住建局检查{n}8家。",
    "撤稿 {n}",
    "是",
    "通过 {n}",
    "{n}号卡在谁那里",
    "稿件 {n}",
)
MOST_DRAFTS = 6
WITHIN = (DraftStatus.IN_REVIEW, DraftStatus.ON_HOLD)
SIGNED = (DraftStatus.SIGNED, DraftStatus.EDITED, DraftStatus.DISPATCHED)


class Course(RuleBasedStateMachine):
    """What may happen to a bureau in some days; *fresh* makes one."""

    fresh: Any

    def __init__(self) -> None:
        super().__init__()
        self._open = ExitStack()
        self.bureau: Chat = self._open.enter_context(self.fresh())
        self.bureau.enrol(MORE_PEOPLE)
        self.drafts = 0

    def teardown(self) -> None:
        self._open.close()

    @initialize(authors=st.lists(st.sampled_from(AUTHORS), min_size=3, max_size=4))
    def some_are_handed_in(self, authors: list[str]) -> None:
        for place, author in enumerate(authors):
            self.hands_in(author, major=place == 0)

    @precondition(lambda self: self.drafts < MOST_DRAFTS)
    @rule(author=st.sampled_from(AUTHORS), major=st.booleans())
    def hands_in(self, author: str, *, major: bool) -> None:
        phone = self.bureau.phone(author)
        self.drafts += 1
        phone.says("取消")
        phone.says(
            f"投稿 {'【重大】' if major else ''}燃气检查之{self.drafts}\n9月20日，检查38家。"
        )
        phone.says("完成")
        phone.says("是")

    @rule(data=st.data(), who=st.sampled_from(REVIEWERS), words=st.sampled_from(WORDS))
    def decides(self, data: st.DataObject, who: str, words: str) -> None:
        number = data.draw(st.integers(1, self.drafts), label="number")
        self.bureau.phone(who).says(words.format(n=number))

    @rule(data=st.data(), steps=st.integers(1, 4))
    def who_is_asked_passes(self, data: st.DataObject, steps: int) -> None:
        """Let drafts move on, so that courses reach the last gate and what comes after it."""
        for _ in range(steps):
            self._asked_says(data, "通过 {n}")

    @rule(data=st.data(), words=st.sampled_from(WORDS))
    def who_is_asked_decides(self, data: st.DataObject, words: str) -> None:
        self._asked_says(data, words)

    def _asked_says(self, data: st.DataObject, words: str) -> None:
        if asked := self._asked():
            who, number = data.draw(st.sampled_from(asked), label="asked")
            self.bureau.phone(who).says(words.format(n=number))

    def _asked(self) -> list[tuple[str, int]]:
        rows = all_rows(self.bureau.services.database)
        numbers = {row["id"]: row["number"] for row in rows["drafts"]}
        waiting = {
            row["id"]: numbers[row["draft"]]
            for row in rows["review_tasks"]
            if row["status"] == TaskStatus.OPEN
        }
        return sorted(
            (row["member"], waiting[row["task"]])
            for row in rows["review_holders"]
            if row["task"] in waiting
        )

    @rule(data=st.data(), who=st.sampled_from(AUTHORS), words=st.sampled_from(AUTHORS_WORDS))
    def speaks_as_author(self, data: st.DataObject, who: str, words: str) -> None:
        number = data.draw(st.integers(1, self.drafts), label="number")
        phone = self.bureau.phone(who)
        phone.says(words.format(n=number))
        if words.startswith("修改"):
            phone.says("完成")

    @rule(data=st.data(), who=st.sampled_from(REVIEWERS), label=st.sampled_from(["通过", "退回"]))
    def presses(self, data: st.DataObject, who: str, label: str) -> None:
        """Press a card, also one that was overtaken and is not grey yet."""
        self.bureau.settle()
        phone = self.bureau.phone(who)
        cards = [
            one for one in phone.received() if one.payload.get("card_type") and presses(one.payload)
        ]
        if not cards:
            return
        card = data.draw(st.sampled_from(cards), label="card")
        try:
            phone.simulated.clicks(card, label)
        except (GreyedCardError, NoSuchButtonError):
            return
        if label == "退回":
            phone.says("请补充参加单位")

    @rule(copies=st.integers(1, 3), late=st.booleans())
    def network_is_bad(self, copies: int, *, late: bool) -> None:
        """What comes next arrives more than once, or after what comes after it."""
        self.bureau.wecom.faults.duplicate_callbacks(copies)
        if late:
            self.bureau.wecom.faults.reorder_next_callback()

    @rule(absent=st.sampled_from(REVIEWERS), substitute=st.sampled_from(EVERYBODY))
    def goes_away(self, absent: str, substitute: str) -> None:
        if absent != substitute:
            self.bureau.delegate(absent, substitute, days=2)

    @rule(hours=st.sampled_from([1, 5, 26]))
    def time_passes(self, hours: int) -> None:
        self.bureau.wecom.courier.release()
        self.bureau.advance(hours=hours)

    @invariant()
    def rules_hold(self) -> None:
        self.bureau.settle()
        rows = all_rows(self.bureau.services.database)
        drafts = {row["id"]: row for row in rows["drafts"]}
        _nobody_acts_at_two_gates(rows, drafts)
        _decisions_name_the_text_that_was_read(rows)
        _what_is_signed_was_passed_by_every_gate(rows, drafts)
        _tasks_wait_where_the_draft_is(rows, drafts)
        _substitutes_act_inside_their_time(rows)
        assert not [row for row in rows["inbound"] if row["status"] != "handled"]
        _everything_promised_has_ended(rows, self.bureau.clock())


def _nobody_acts_at_two_gates(rows: Rows, drafts: dict[str, Any]) -> None:
    """To confirm the condition of another's approval is no act at a gate of one's own."""
    gates: dict[tuple[str, str], set[int]] = defaultdict(set)
    confirming = {row["id"] for row in rows["review_tasks"] if is_confirmation(row["seat"])}
    for row in _standing(rows):
        assert row["decided_by"] != drafts[row["draft"]]["author"], "an author decided"
        if row["task"] in confirming:
            continue
        gates[row["draft"], row["decided_by"]].add(row["gate"])
    assert all(len(found) == 1 for found in gates.values()), gates


def _decisions_name_the_text_that_was_read(rows: Rows) -> None:
    hashes = {(row["draft"], row["number"]): row["sha256"] for row in rows["draft_versions"]}
    for row in rows["review_decisions"]:
        assert row["sha256"] == hashes[row["draft"], row["version"]]


def _what_is_signed_was_passed_by_every_gate(rows: Rows, drafts: dict[str, Any]) -> None:
    passed: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row in rows["gate_passes"]:
        passed[row["draft"], row["version"]].add(row["gate"])
    for row in drafts.values():
        if row["status"] in SIGNED:
            versions = [row["version"]]
            if row["status"] != DraftStatus.SIGNED:  # the office may have edited it since
                versions = [*range(1, row["version"] + 1)]
            every = {*range(len(row["route"]))}
            assert any(passed[row["id"], version] == every for version in versions), row["number"]


def _tasks_wait_where_the_draft_is(rows: Rows, drafts: dict[str, Any]) -> None:
    waiting = [row for row in rows["review_tasks"] if row["status"] == TaskStatus.OPEN]
    seats = [(row["draft"], row["gate"], row["seat"]) for row in waiting]
    assert len(seats) == len({*seats}), "two tasks for one seat"
    for row in waiting:
        draft = drafts[row["draft"]]
        assert draft["status"] in WITHIN, "a task of a draft that waits for nobody"
        assert (row["version"], row["gate"]) == (draft["version"], draft["gate"])
    for draft in drafts.values():
        if draft["status"] == DraftStatus.IN_REVIEW:
            assert draft["id"] in {row["draft"] for row in waiting}, "a draft that nobody is asked"


def _substitutes_act_inside_their_time(rows: Rows) -> None:
    for row in _standing(rows):
        if row["on_behalf_of"]:
            assert any(
                one["absent"] == row["on_behalf_of"]
                and one["substitute"] == row["decided_by"]
                and one["starts_at"] <= row["decided_at"]
                for one in rows["delegations"]
            ), "a substitute without a delegation"


def _everything_promised_has_ended(rows: Rows, now: datetime) -> None:
    late = [
        (row["kind"], row["recipient"], row["note"])
        for row in rows["outbox"]
        if row["status"] != OutboxStatus.ENDED and row["due_at"] <= now
    ]
    assert not late


def _standing(rows: Rows) -> Iterator[dict[str, Any]]:
    for row in rows["review_decisions"]:
        if row["undone_at"] is None:
            yield row


def _folders(parent: Path) -> Iterator[Path]:
    for number in count():
        folder = parent / str(number)
        folder.mkdir()
        yield folder


@pytest.mark.parametrize(("kind", "courses"), [("sqlite", 5), ("postgresql", 2)])
def test_the_rules_that_never_bend_hold_in_any_course(
    kind: str, courses: int, request: pytest.FixtureRequest, redis_socket: Path, tmp_path: Path
) -> None:
    folders = _folders(tmp_path)

    copies: Sqlite | Postgres = request.getfixturevalue(f"{kind}_copies")

    @contextmanager
    def fresh() -> Iterator[Chat]:
        folder = next(folders)
        with chat(settings(copies.anew(CAST), redis_socket, folder)) as bureau:
            yield bureau
        with Redis(unix_socket_path=str(redis_socket)) as redis:
            redis.flushall()

    class Bureau(Course):
        pass

    Bureau.fresh = staticmethod(fresh)
    run_state_machine_as_test(
        Bureau,
        settings=hypothesis_settings(
            max_examples=courses,
            stateful_step_count=20,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.explicit, Phase.generate],
        ),
    )
