"""The whole of it: all that it registers, and what pages and programs use."""

from handlers.briefings import commands, forms, jobs, reading, releasing, reports
from handlers.briefings.curves import picture_paper
from handlers.briefings.drafting import daily_paper
from handlers.briefings.forms import (
    ReportOnPage,
    report_on_page,
    reports_on_page,
    special_reports_of,
)
from handlers.briefings.keeping import briefing_paper
from handlers.briefings.policy import BriefingPolicy
from handlers.briefings.registry import registry

__all__ = [
    "BriefingPolicy",
    "ReportOnPage",
    "briefing_paper",
    "commands",
    "daily_paper",
    "forms",
    "jobs",
    "picture_paper",
    "reading",
    "registry",
    "releasing",
    "report_on_page",
    "reports",
    "reports_on_page",
    "special_reports_of",
]
