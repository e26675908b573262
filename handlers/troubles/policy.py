"""What a bureau may set about troubles, and the page that shows them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field

from storage.vocabulary import UserId

_FOR_EACH_ACCOUNT = 200


class TroublePolicy(BaseModel):
    """When administrators are told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    patience_minutes: float = Field(
        default=5,
        ge=1,
        le=60,
        description="how long something must be wrong to be told, and good to be over",
    )
    daily_messages: int = Field(
        default=0,
        ge=0,
        description="messages a day that WeCom takes from the app; 0 is 200 for each member",
    )
    daily_warning: float = Field(
        default=0.8, gt=0, le=1, description="the part of them from which administrators are told"
    )

    heartbeat_url: str = Field(
        default="",
        pattern=r"^(https?://.*)?$",
        repr=False,
        description="a monitor's address, called every minute while what is due is done; empty: none",  # noqa: E501 - one line of the table of settings
    )

    @property
    def patience(self) -> timedelta:
        return timedelta(minutes=self.patience_minutes)

    def daily_limit(self, members: int) -> int:
        """Return how many messages a day may be sent; the corp has at least *members* accounts."""
        return self.daily_messages or members * _FOR_EACH_ACCOUNT


class CanaryPolicy(BaseModel):
    """When the service checks itself, with a draft and an alert that concern nobody."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: str = Field(
        default="09:10",
        pattern=r"^(([01]\d|2[0-3]):[0-5]\d)?$",
        description="on working days, from when on; empty: never by itself",
    )
    patience_minutes: float = Field(
        default=5, ge=1, le=60, description="how long a check may take before it is told"
    )
    address: str = Field(
        default="",
        pattern=r"^(https?://.*)?$",
        description="where a worker reaches the web process; empty: at `server.bind`",
    )

    @property
    def patience(self) -> timedelta:
        return timedelta(minutes=self.patience_minutes)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusPage:
    """*address* returns where a member may see the page for a while; empty when nowhere."""

    address: Callable[[UserId, datetime], str]
