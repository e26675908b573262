"""What a bureau may set about reviews."""

from pydantic import BaseModel, ConfigDict, Field, model_validator

from storage.vocabulary import Role


class ReviewPolicy(BaseModel):
    """Patience. Hours and days are working ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _routes_are_rows(cls, given: object) -> object:
        if isinstance(given, dict) and "routes" in given:
            raise ValueError(
                "reviews.routes is no setting any more: write them as [[route]] into a file, and "
                "run `xinshi rules import FILE.toml` (docs/administration.md)"
            )
        return given

    first_reminder_hours: float = Field(
        default=4, gt=0, description="working hours until a reviewer is first reminded"
    )
    second_reminder_days: int = Field(
        default=1, ge=1, description="working days until he is reminded again"
    )
    may_stand_in: dict[Role, tuple[Role, ...]] = Field(
        default={Role.PRINCIPAL: (Role.DEPUTY,)},
        description="lower roles that may stand in for a role; an equal or higher one always may",
    )
    morning_digest: bool = Field(
        default=True,
        description="whoever has something waiting gets a list at nine on a working day",
    )
    return_days: int = Field(
        default=3,
        ge=0,
        le=30,
        description="working days until a returned draft is to come back; 0: no date",
    )
    hold_days: int = Field(
        default=3, ge=1, description="working days that a draft is put off for if nothing is said"
    )
    hold_at_most_days: int = Field(
        default=31, ge=1, description="days that a draft can be put off for"
    )
    escalate_after_hours: float = Field(
        default=4,
        gt=0,
        description="working hours after that until the substitute or next role is asked",
    )
