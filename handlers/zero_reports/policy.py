"""What a bureau may set about zero reports."""

from pydantic import BaseModel, ConfigDict, Field

TABLE = "zero_reports"
"""The table of a file of rules with a bureau's own settings."""


class ZeroReportPolicy(BaseModel):
    """Whether a bureau has zero reports (零报告) at all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    on: bool = Field(
        default=True,
        description="units with a quota that have handed in nothing are asked for a zero report on the last working day of a month, and the office is told of them on the next one",  # noqa: E501 - one line of the table of settings
    )
