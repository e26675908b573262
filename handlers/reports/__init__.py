"""通报: the monthly notice, assessment sheets, the page about a unit."""

from handlers.reports import forms, reactions, reading, sheets
from handlers.reports.commands import registry
from handlers.reports.policy import ReportPolicy

__all__ = ["ReportPolicy", "forms", "reactions", "reading", "registry", "sheets"]
