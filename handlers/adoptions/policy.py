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
    cutoff_days: int = Field(
        default=3,
        ge=0,
        description="working days before the cut-off on which the office, and authors of what has no result, are asked for uses not registered; 0 for never",  # noqa: E501 - one line of the table of settings
    )
    retracted_counts: bool = Field(
        default=False, description="whether the uses of a draft that was taken down go on counting"
    )
