"""What a bureau may set about drafts that are handed in."""

from pydantic import BaseModel, ConfigDict, Field


class DuplicatePolicy(BaseModel):
    """From where on two drafts count as nearly the same, and how far back is looked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    shared_from: float = Field(
        default=0.4,
        gt=0,
        le=1,
        description="share of pairs of characters, of those in either, from which two are alike",
    )
    contained_from: float = Field(
        default=0.45,
        gt=0,
        le=1,
        description="share of the shorter text that the longer one holds, from which they are",
    )
    look_back_days: int = Field(default=730, ge=1, description="how many days back is looked")
    shown: int = Field(default=3, ge=1, le=8, description="how many are named to the author")
