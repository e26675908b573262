"""配额: how many drafts a unit owes, how many it has handed in, and its place."""

from handlers.quotas.commands import QuotaPolicy, registry

__all__ = ["QuotaPolicy", "registry"]
