"""Limits of cases as an installation may set them."""

from pydantic import BaseModel, ConfigDict, Field, field_validator

from handlers.rules.cases.limits import LIMITS, Limits
from handlers.rules.escalation import is_wait
from storage.vocabulary import Grade


class CasePolicy(BaseModel):
    """`[cases]`: what differs from the limits that ship, for example `red = { facts = "20m" }`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    blue: dict[str, str] = Field(default={}, description="Limits of blue cases (一般).")
    yellow: dict[str, str] = Field(default={}, description="Limits of yellow cases (较大).")
    orange: dict[str, str] = Field(default={}, description="Limits of orange cases (重大).")
    red: dict[str, str] = Field(default={}, description="Limits of red cases (特别重大).")

    @field_validator("blue", "yellow", "orange", "red")
    @classmethod
    def _known(cls, limits: dict[str, str]) -> dict[str, str]:
        names = Limits.__dataclass_fields__
        for name, wait in limits.items():
            if name not in names:
                raise ValueError(f"{name}: known are {', '.join(names)}")
            if not is_wait(wait) and not (name == "progress" and not wait):
                raise ValueError(f"{name}: a time is written 15m, 2h, 1d or 4wh (working hours)")
        return limits

    def of(self, grade: Grade) -> Limits:
        own: dict[str, str] = getattr(self, grade.value)
        shipped = LIMITS[grade]
        names = Limits.__dataclass_fields__
        return Limits(**{name: own.get(name, getattr(shipped, name)) for name in names})
