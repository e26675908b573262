"""The official days off and working weekends of these years, by the package chinesecalendar."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from chinese_calendar import holidays, workdays

_FIRST_YEAR = 2024  # what was due before has no clock any more

OFFICIAL_DAYS: Mapping[date, bool] = MappingProxyType(
    {
        day: workday
        for days, workday in ((holidays, False), (workdays, True))
        for day in days
        if day.year >= _FIRST_YEAR
    }
)
"""Is it a working day? Every day off of a holiday is among them, weekends included."""
