"""Everything that can be asked of the service: all capabilities, joined."""

from handlers.adoptions.capability import registry as adoptions
from handlers.alerts.capability import registry as alerts
from handlers.bulletins.capability import registry as bulletins
from handlers.calls.capability import registry as calls
from handlers.deliveries.capability import registry as deliveries
from handlers.drafts.capability import registry as drafts
from handlers.duty.capability import registry as duty
from handlers.gatherings.capability import registry as gatherings
from handlers.help.capability import registry as assistance
from handlers.kit.registry import Registry, join
from handlers.library.capability import registry as library
from handlers.opinion.capability import registry as opinion
from handlers.outside.capability import registry as outside
from handlers.profiles.capability import registry as profiles
from handlers.quotas.capability import registry as quotas
from handlers.recalls.capability import registry as recalls
from handlers.reminders.capability import registry as reminders
from handlers.reports.capability import registry as reports
from handlers.reviews.capability import registry as reviews
from handlers.scores.capability import registry as scores
from handlers.troubles.capability import registry as troubles


def all_capabilities() -> Registry:
    """Return everything that the service can do."""
    return join(
        [
            drafts,
            reviews,
            recalls,
            quotas,
            calls,
            alerts,
            opinion,
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
