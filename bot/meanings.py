"""Everything that can be meant: what all capabilities declare, joined.

Nothing of what they do is imported for it: a database, pages and their libraries take longer to
load than everything that is said takes to be understood.
"""

from collections.abc import Sequence
from functools import cache

from bot.language.understanding import Understanding
from handlers.adoptions.meanings import DECLARED as ADOPTIONS
from handlers.alerts.meanings import DECLARED as ALERTS
from handlers.briefings.meanings import DECLARED as BRIEFINGS
from handlers.bulletins.meanings import DECLARED as BULLETINS
from handlers.calls.meanings import DECLARED as CALLS
from handlers.cases.meanings import DECLARED as CASES
from handlers.clues.meanings import DECLARED as CLUES
from handlers.contingencies.meanings import DECLARED as CONTINGENCIES
from handlers.deliveries.meanings import DECLARED as DELIVERIES
from handlers.drafts.meanings import DECLARED as DRAFTS
from handlers.duty.meanings import DECLARED as DUTY
from handlers.feeds.meanings import DECLARED as FEEDS
from handlers.gatherings.meanings import DECLARED as GATHERINGS
from handlers.help.meanings import DECLARED as ASSISTANCE
from handlers.incidents.meanings import DECLARED as INCIDENTS
from handlers.kit.examples import Example, read_examples
from handlers.library.meanings import DECLARED as LIBRARY
from handlers.opinion.meanings import DECLARED as OPINION
from handlers.outside.meanings import DECLARED as OUTSIDE
from handlers.plans.meanings import DECLARED as PLANS
from handlers.profiles.meanings import DECLARED as PROFILES
from handlers.quotas.meanings import DECLARED as QUOTAS
from handlers.reminders.meanings import DECLARED as REMINDERS
from handlers.reports.meanings import DECLARED as REPORTS
from handlers.reviews.meanings import DECLARED as REVIEWS
from handlers.scores.meanings import DECLARED as SCORES
from handlers.zero_reports.meanings import DECLARED as ZERO_REPORTS

DECLARED = (
    DRAFTS,
    REVIEWS,
    QUOTAS,
    ZERO_REPORTS,
    CALLS,
    PLANS,
    ALERTS,
    INCIDENTS,
    OPINION,
    CASES,
    FEEDS,
    BRIEFINGS,
    CLUES,
    CONTINGENCIES,
    DUTY,
    ADOPTIONS,
    LIBRARY,
    BULLETINS,
    SCORES,
    REPORTS,
    OUTSIDE,
    REMINDERS,
    DELIVERIES,
    GATHERINGS,
    PROFILES,
    ASSISTANCE,
)


def examples() -> Sequence[Example]:
    """Read what people said, of all capabilities."""
    return [example for each in DECLARED for example in read_examples(each.examples)]


@cache
def understanding() -> Understanding:
    """Return the finder of meanings; made once in a process."""
    return Understanding((meaning for each in DECLARED for meaning in each.meanings), examples())
