"""配额, 排名: what a unit owes, how far it is, who is warned, and its place."""

from handlers.quotas import ranking, warnings
from handlers.quotas.commands import Figures, figures_seen, registry
from handlers.quotas.progress import QuotaPolicy

__all__ = ["Figures", "QuotaPolicy", "figures_seen", "ranking", "registry", "warnings"]
