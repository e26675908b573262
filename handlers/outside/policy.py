"""What a bureau takes over from elsewhere."""

from pydantic import BaseModel, ConfigDict, Field


class OutsidePolicy(BaseModel):
    """Sources, and whether more than contributions is taken over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sources: tuple[str, ...] = Field(
        default=("学习强国",),
        min_length=1,
        description="systems whose monthly figures the office takes over, by name; the first is meant where a sheet names none",  # noqa: E501 - one line of the table of settings
    )
    use_of_app: bool = Field(
        default=False,
        description="also take over registrations, log-ins and points there; off, such columns are refused",  # noqa: E501 - one line of the table of settings
    )
