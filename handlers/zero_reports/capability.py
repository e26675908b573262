"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.zero_reports import jobs, undoing
from handlers.zero_reports.commands import has_nothing_yet, seen
from handlers.zero_reports.policy import ZeroReportPolicy
from handlers.zero_reports.registry import registry

__all__ = [
    "ZeroReportPolicy",
    "has_nothing_yet",
    "jobs",
    "registry",
    "seen",
    "undoing",
]
