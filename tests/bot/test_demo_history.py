"""The demo's past: lived through its own phones and rules, here two days of it."""

from bot.config import Config
from bot.demo import HistoryClock, live_through, members_csv, run_simulator
from bot.demo.stories import STORIES
from tests.faults.callbacks import free_port
from tests.harness.databases import on_sqlite
from tests.harness.offline import offline
from tests.harness.rows import all_rows


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
            live_through(services, simulator.world, clock, told.append, days=3, stories=STORIES[:5])
        rows = all_rows(services.database)
    assert told == ["09-18 09:20", "09-18 11:10", "09-18 14:40", "09-18 16:50", "09-21 09:20"]
    assert len(rows["drafts"]) == 5
    assert {"composing", "in_review"} <= {draft["status"] for draft in rows["drafts"]}
    assert rows["review_decisions"], "somebody has decided"
    assert min(str(shift["begins_at"]) for shift in rows["duty_shifts"]).startswith("2026-09-19")
    assert len(rows["plan_items"]) == 3
    assert {one["name"] for one in rows["rule_tables"]} == {"contingency"}
    assert rows["rule_sets"]
    assert rows["opinion_topics"]
    assert {push["status"] for push in rows["outbox"]} == {"ended"}, "all that was to be said was"
    assert clock.moment is None
