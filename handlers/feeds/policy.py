"""How feeds are asked."""

from pydantic import BaseModel, ConfigDict, Field


class FeedPolicy(BaseModel):
    """How often feeds are asked, and what one answer may cost."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    every_minutes: int = Field(
        default=15,
        ge=1,
        le=1440,
        description="how many minutes lie between two questions to a feed",
    )
    host_pause_seconds: int = Field(
        default=10, ge=0, le=3600, description="least pause between two questions to one host"
    )
    seconds: float = Field(
        default=20.0, gt=0, le=120, description="how long one question may take in all"
    )
    largest_mib: int = Field(
        default=4, ge=1, le=64, description="how large an answer may be when it is unpacked"
    )
    push_largest_mib: int = Field(
        default=8, ge=1, le=64, description="how large a call of a monitoring service may be"
    )
    push_items_per_minute: int = Field(
        default=10_000,
        ge=60,
        le=1_000_000,
        description="how many posts one monitoring service may send in a minute",
    )
    old_secret_hours: int = Field(
        default=72,
        ge=0,
        le=720,
        description="for how long after a change the secret before it is good",
    )
    keep_days: int = Field(
        default=90,
        ge=31,
        le=3_660,
        description="for how many days it is known which posts were brought (those without a date for two years)",  # noqa: E501 - one line of the table of settings
    )
    inside: tuple[str, ...] = Field(
        default=(),
        description='hosts of networks of your own ("10.1.2.3", "feeds.example.gov.cn:8080") that may be asked; all other private addresses are refused',  # noqa: E501 - one line of the table of settings
    )
