"""Three weeks around the National Day, lived through by a small bureau, and then looked over.

`python -m benchmarks.year` does the same with a whole year and 2,000 people.
"""

from datetime import date, timedelta
from random import Random

from benchmarks.living import days
from benchmarks.living.duties import DUTIES
from benchmarks.living.habits import Habits, Scale, quotas
from benchmarks.living.invariants import RULES, broken
from benchmarks.living.people import founded
from benchmarks.living.record import recorded
from benchmarks.living.world import open_world
from bot.config import Config
from handlers.quotas.capability import QuotaPolicy
from handlers.reports.capability import ReportPolicy
from handlers.reviews.capability import ReviewPolicy
from handlers.zero_reports.capability import ZeroReportPolicy
from tests.harness.databases import on_sqlite

FIRST, LAST = date(2026, 9, 22), date(2026, 10, 11)
SCALE = Scale(
    drafts_a_month=15,
    reminders=150,
    delegations=60,
    leavers=60,
    silences=60,
    calls=40,
    alerts=40,
    gatherings=30,
    cases=60,
)


@on_sqlite
def test_everything_due_comes_once_at_its_time_and_nothing_else_does(config: Config) -> None:
    """On the eve of the holiday the service is down for three hours, then Redis is wiped."""
    usual = {"reviews": ReviewPolicy(), "quotas": QuotaPolicy(), "reports": ReportPolicy()}
    config = config.model_copy(update={**usual, "zero_reports": ZeroReportPolicy()})
    bureau = founded(units=6, people=40)
    world = open_world(config, bureau, days.at(FIRST, 0), quotas(bureau.sections))
    habits = Habits(world=world, first=FIRST, last=LAST, scale=SCALE, random=Random(7))
    habits.plan()
    world.at(days.at(date(2026, 9, 30), 14), lambda: world.service_fails(timedelta(hours=3)))
    world.at(days.at(date(2026, 10, 8), 8, 59), world.wipe_redis)
    world.live(days.at(LAST + days.DAY, 0))
    world.services.close()
    record = recorded(habits, days.at(FIRST, 0))
    assert not broken(record, RULES + DUTIES)
    kinds = {row.kind for row in record.outbox}
    assert {
        *("personal_reminder", "review_reminder", "review_digest", "secrecy_summary"),
        *("alert", "duty_reminder", "duty_swap", "duty_handover", "gathering_reminder"),
    } <= kinds
