"""The demo's past: lived through its own phones and rules, here two days of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.config import Config
from bot.demo import HistoryClock, Past, live_through, members_csv, run_simulator
from bot.demo.bureau import OFFICERS
from bot.demo.listening import happenings
from bot.demo.matters import MATTERS, SERVICES, Step
from bot.demo.stories import STORIES
from tests.faults.callbacks import free_port
from tests.harness.databases import on_sqlite
from tests.harness.offline import offline
from tests.harness.rows import all_rows

DAY = tuple(
    tuple(replace(step, back=1) for step in matter)
    for matter in MATTERS
    if len({step.back for step in matter}) == 1
)
"""What lasts no longer than a day, on the day before the demo."""


@on_sqlite
def test_the_bureau_writes_reviews_and_is_arranged_by_its_own_phones(config: Config) -> None:
    page, web = free_port(), f"127.0.0.1:{free_port()}"
    server = config.server.model_copy(
        update={"bind": web, "public_url": f"http://{web}", "secret_key": "k3y" * 12}
    )
    wecom = config.wecom.model_copy(update={"api_base_url": f"http://127.0.0.1:{page}"})
    config = config.model_copy(update={"server": server, "wecom": wecom})
    told: list[str] = []
    with offline(config, members_csv()) as services:
        clock = HistoryClock(services.now)
        with run_simulator(services, page, clock, told.append) as simulator:
            past = Past(days=3, stories=STORIES[:5], matters=DAY)
            live_through(services, simulator.world, clock, told.append, past)
        rows = all_rows(services.database)
    assert told == ["09-18 09:20", "09-18 11:10", "09-18 14:40", "09-18 16:50", "09-21 09:20"]
    assert len(rows["drafts"]) == 5
    assert {"composing", "in_review"} <= {draft["status"] for draft in rows["drafts"]}
    assert rows["review_decisions"], "somebody has decided"
    assert min(str(shift["begins_at"]) for shift in rows["duty_shifts"]).startswith("2026-09-19")
    assert {case["state"] for case in rows["cases"]} == {"false_alarm", "not_ours", "clue"}
    assert {item["source"] for item in rows["opinion_items"]} >= {*SERVICES}
    assert [run["exercise"] for run in rows["contingency_runs"]] == [True]
    assert rows["contingency_runs"][0]["ended_at"]
    assert {one["kind"]: one["status"] for one in rows["briefings"]} == {
        "daily": "sent",
        "weekly": "sent",
    }
    assert len(rows["plan_items"]) == 3
    assert {one["name"] for one in rows["rule_tables"]} == {"contingency"}
    assert rows["rule_sets"]
    assert rows["opinion_topics"]
    assert {push["status"] for push in rows["outbox"]} == {"ended"}, "all that was to be said was"
    assert clock.moment is None


def test_the_story_of_public_opinion_has_of_everything_that_the_pages_show() -> None:
    said = [step for matter in MATTERS for step in matter if step.words]
    for words in (
        "误报 ",
        "转出舆情 ",
        "办结舆情 ",
        "专报 ",
        "演练 ",
        "紧急信息：",
        "终报紧急 ",
        "线索：",
    ):
        assert [step for step in said if step.words.startswith(words)], words
    people = {userid for userid, _ in OFFICERS}
    assert {step.who for step in said} & people
    assert all(matter == tuple(sorted(matter, key=_when)) for matter in MATTERS)


def _when(step: Step) -> tuple[int, time]:
    return -step.back, step.at


def test_a_matter_that_began_before_the_first_day_is_left_out_whole() -> None:
    days = [date(2026, 9, day) for day in range(1, 22)]
    workdays = [day for day in days if day.weekday() < 5]
    now = datetime(2026, 9, 21, 3, tzinfo=UTC)
    lived = {
        place for steps in happenings(MATTERS, days, workdays, now).values() for place, _ in steps
    }
    assert lived == {-1, *range(len(MATTERS))}
    few = happenings(MATTERS, days[-4:], workdays[-2:], now)
    assert {place for steps in few.values() for place, _ in steps} == {-1}
    assert max(few) < now
