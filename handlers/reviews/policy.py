"""What a bureau may set about reviews."""

from pydantic import BaseModel, ConfigDict, Field

from storage.vocabulary import Importance, Role

_FIRST_TO_LAST = (Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY)


class Route(BaseModel):
    """The gates that a draft passes, first to last, and which drafts take it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gates: tuple[Role, ...] = Field(
        min_length=1, description="roles in order, such as section_head, office, deputy"
    )
    importance: tuple[Importance, ...] = Field(
        default=(), description="drafts of which importance take it; empty means all"
    )


class ReviewPolicy(BaseModel):
    """Routes and patience. Hours and days are working ones."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    routes: tuple[Route, ...] = Field(
        default=(
            Route(importance=(Importance.MAJOR,), gates=(*_FIRST_TO_LAST, Role.PRINCIPAL)),
            Route(gates=_FIRST_TO_LAST),
        ),
        min_length=1,
        description="the first route that fits a draft is taken",
    )
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
