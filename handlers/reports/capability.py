"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.reports import forms, quarters, reactions, reading, sheets
from handlers.reports.commands import registry
from handlers.reports.policy import ReportPolicy

__all__ = ["ReportPolicy", "forms", "quarters", "reactions", "reading", "registry", "sheets"]
