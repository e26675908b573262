"""What a bureau may set about its notices."""

from pydantic import BaseModel, ConfigDict, Field


class ReportPolicy(BaseModel):
    """How notices (通报) are made and what they tell."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    signed_by: str = Field(
        default="",
        description="who signs a notice; empty: the bureau's name and 办公室",
    )
    left_out: tuple[str, ...] = Field(
        default=(),
        description="units that are not counted in notices and sheets, by their full path",
    )
    quarterly: bool = Field(
        default=True,
        description="in a quarter's first ten days the office is reminded of the quarterly notice",
    )
