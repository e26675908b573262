"""For how long it is known what was found."""

from pydantic import BaseModel, ConfigDict, Field


class OpinionPolicy(BaseModel):
    """For how long it is known what was found."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep_hours_days: int = Field(
        default=400,
        ge=30,
        le=3_660,
        description="for how many days it is known how many posts of a topic came in which hour",
    )
