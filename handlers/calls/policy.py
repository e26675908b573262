"""What a bureau may set about calls for drafts."""

from pydantic import BaseModel, ConfigDict, Field


class CallPolicy(BaseModel):
    """Patience, in working hours; in hours where a call is urgent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    unclaimed_hours: float = Field(
        default=2,
        gt=0,
        description="working hours until the heads of a unit hear that nobody has claimed its part of a call, and as many more until the office does",  # noqa: E501 - one line of the table of settings
    )
    overdue_days: int = Field(
        default=10,
        ge=1,
        description="how often, once a working day, a unit and the office are told of a draft that is overdue",  # noqa: E501 - one line of the table of settings
    )
