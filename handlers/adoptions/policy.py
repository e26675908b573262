"""What a bureau may set about its register of adoptions."""

from pydantic import BaseModel, ConfigDict, Field


class AdoptionPolicy(BaseModel):
    """Cut-off and patience. Days of waiting are working days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    cutoff_day: int = Field(
        default=5,
        ge=1,
        le=28,
        description="day of the next month until which a month's adoptions are entered in time",
    )
    confirm_days: int = Field(
        default=1, ge=1, description="working days until who is to confirm an entry is reminded"
    )
    follow_up_days: int = Field(
        default=10, ge=1, description="working days until what a leader asked for is to be answered"
    )
    retracted_counts: bool = Field(
        default=False, description="whether the uses of a draft that was taken down go on counting"
    )
