"""Everything that can be asked of the service: all capabilities, joined."""

from handlers.adoptions.capability import registry as adoptions
from handlers.alerts.capability import registry as alerts
from handlers.briefings.capability import registry as briefings
from handlers.bulletins.capability import registry as bulletins
from handlers.calls.capability import registry as calls
from handlers.cases.capability import registry as cases
from handlers.clues.capability import registry as clues
from handlers.contingencies.capability import registry as contingencies
from handlers.deliveries.capability import registry as deliveries
from handlers.drafts.capability import registry as drafts
from handlers.duty.capability import registry as duty
from handlers.feeds.capability import registry as feeds
from handlers.gatherings.capability import registry as gatherings
from handlers.help.capability import registry as assistance
from handlers.incidents.capability import registry as incidents
from handlers.kit.registry import Registry, join
from handlers.library.capability import registry as library
from handlers.opinion.capability import registry as opinion
from handlers.outside.capability import registry as outside
from handlers.plans.capability import registry as plans
from handlers.profiles.capability import registry as profiles
from handlers.quotas.capability import registry as quotas
from handlers.recalls.capability import registry as recalls
from handlers.reminders.capability import registry as reminders
from handlers.reports.capability import registry as reports
from handlers.reviews.capability import registry as reviews
from handlers.scores.capability import registry as scores
from handlers.troubles.capability import registry as troubles
from handlers.zero_reports.capability import registry as zero_reports


def all_capabilities() -> Registry:
    """Return everything that the service can do."""
    return join(
        [
            drafts,
            reviews,
            recalls,
            quotas,
            zero_reports,
            calls,
            plans,
            alerts,
            incidents,
            contingencies,
            opinion,
            cases,
            feeds,
            briefings,
            clues,
            duty,
            adoptions,
            library,
            bulletins,
            scores,
            outside,
            reports,
            reminders,
            deliveries,
            gatherings,
            profiles,
            assistance,
            troubles,
        ]
    )
