"""What a bureau may set about the plan of its year."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

_Days = Annotated[int, Field(ge=0, le=60)]


class PlanPolicy(BaseModel):
    """How many working days before a node something happens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    remind_days: tuple[_Days, ...] = Field(
        default=(10, 3),
        description="how many working days before a node its units are reminded; on the day that opens a call, its notice is the reminder",  # noqa: E501 - one line of the table of settings
    )
    call_days: _Days = Field(
        default=10,
        description="how many working days before a node it calls upon its units for drafts, where its item does so by itself",  # noqa: E501 - one line of the table of settings
    )
