"""配额: how many drafts a unit owes, how many it has handed in, and its place."""

from handlers.quotas.commands import Figures, QuotaPolicy, figures_seen, registry

__all__ = ["Figures", "QuotaPolicy", "figures_seen", "registry"]
