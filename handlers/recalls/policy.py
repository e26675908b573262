"""What a bureau may set about drafts whose life has ended."""

from pydantic import BaseModel, ConfigDict, Field


class RecallPolicy(BaseModel):
    """When what has ended goes to the archive."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    archive_after_days: int = Field(
        default=400,
        ge=30,
        description="days from a draft's beginning until, its life over, it goes to the archive",
    )
