"""What a bureau may set about its register of adoptions."""

from pydantic import BaseModel, ConfigDict, Field


class AdoptionPolicy(BaseModel):
    """Patience, in working days."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    confirm_days: int = Field(
        default=1, ge=1, description="working days until who is to confirm an entry is reminded"
    )
    follow_up_days: int = Field(
        default=10, ge=1, description="working days until what a leader asked for is to be answered"
    )
    retracted_counts: bool = Field(
        default=False, description="whether the uses of a draft that was taken down go on counting"
    )
