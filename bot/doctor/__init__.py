"""xinshi doctor: what is wrong with this installation, and what to do about it."""

from bot.doctor.examination import examine
from bot.doctor.findings import Finding, Level

__all__ = ["Finding", "Level", "examine"]
