"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.quotas import owing, ranking, warnings
from handlers.quotas.commands import Figures, figures_seen, registry
from handlers.quotas.progress import QuotaPolicy

__all__ = ["Figures", "QuotaPolicy", "figures_seen", "owing", "ranking", "registry", "warnings"]
