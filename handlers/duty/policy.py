"""How a bureau keeps its duty."""

from datetime import time
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from handlers.kit.context import Context
from handlers.kit.own_settings import settings_of
from handlers.rules.rota import Pattern
from storage.vocabulary import UnitId

FARTHEST = 30
"""Days before a legal holiday from which on its roster can be of interest."""
TABLE = "duty"
"""The table of a file of rules with a bureau's own settings."""


class DutyPolicy(BaseModel):
    """Hours, how many are on, and when the office is reminded of the roster."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    day_begins: time = Field(
        default=time(8, 30), description="when the day shift takes over from the night"
    )
    night_begins: time = Field(default=time(17, 30), description="when the night shift takes over")
    whole: bool = Field(
        default=False,
        description="on days off one person has all 24 hours, instead of a day and a night shift",
    )
    backup: bool = Field(default=False, description="on days off somebody else stands by (备班)")
    lead: bool = Field(default=True, description="a leader (带班) stands behind every duty")
    double_lead: bool = Field(
        default=True,
        description="two leaders (双带班) on legal holidays and on weekends that are worked",
    )
    phone: str = Field(
        default="",
        max_length=40,
        description="the number that is answered on duty, where the roster names no other",
    )
    send_up_days: int = Field(
        default=5,
        ge=0,
        le=FARTHEST,
        description="days before a legal holiday at which the office is told to send its roster up; 0: never",  # noqa: E501 - one line of the table of settings
    )
    make_days: int = Field(
        default=2,
        ge=0,
        le=FARTHEST,
        description="days before a legal holiday at which the office is told what is still missing on its roster; 0: never",  # noqa: E501 - one line of the table of settings
    )
    free_days: int = Field(
        default=1,
        ge=0,
        le=30,
        description="days that somebody has free at least between two duties when a roster is worked out",  # noqa: E501 - one line of the table of settings
    )
    remind_at: time = Field(
        default=time(17), description="when on the day before who is on is reminded"
    )
    remind_minutes: int = Field(
        default=60,
        ge=0,
        le=720,
        description="minutes before a shift at which who is on is reminded again; 0: not",
    )
    swap_hours: int = Field(
        default=48,
        ge=1,
        le=240,
        description="hours after which a swap that nobody decided on is over",
    )

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.day_begins >= self.night_begins:
            raise ValueError("day_begins must come before night_begins")
        return self

    @property
    def pattern(self) -> Pattern:
        return Pattern(
            day_begins=self.day_begins,
            night_begins=self.night_begins,
            whole=self.whole,
            backup=self.backup,
            lead=self.lead,
            double_lead=self.double_lead,
            free_days=self.free_days,
        )


def policy_of(ctx: Context, bureau: UnitId) -> DutyPolicy:
    """Return how a bureau keeps its duty: by its own settings, else as configured."""
    return settings_of(ctx, DutyPolicy, TABLE, bureau)
