"""The declarative base: column types by annotation, UTC datetimes only."""

import enum
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum, Integer, MetaData, String, Text, types
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, MappedAsDataclass

from storage import vocabulary

_ID_LENGTH = 64


class UTCDateTime(types.TypeDecorator[datetime]):
    """An aware datetime, stored as UTC; a naive one is refused.

    Raises:
        ValueError: a datetime without a time zone was given.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive datetime: {value!r}")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def _values(words: type[enum.Enum]) -> list[str]:
    return [str(word.value) for word in words]


class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False):
    """Tables with typed constructors; two rows are equal only when they are the same row."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - the name is SQLAlchemy's
        datetime: UTCDateTime,
        enum.Enum: Enum(enum.Enum, native_enum=False, length=24, values_callable=_values),
        str: Text,
        vocabulary.UserId: String(_ID_LENGTH),
        vocabulary.UnitId: String(_ID_LENGTH),
        vocabulary.DraftId: String(_ID_LENGTH),
        vocabulary.TaskId: String(_ID_LENGTH),
        vocabulary.OutboxId: String(_ID_LENGTH),
        vocabulary.TimerId: String(_ID_LENGTH),
        vocabulary.InboundId: String(_ID_LENGTH),
        vocabulary.TroubleId: String(_ID_LENGTH),
        vocabulary.ChannelId: String(_ID_LENGTH),
        vocabulary.DispatchId: String(_ID_LENGTH),
        vocabulary.AdoptionId: String(_ID_LENGTH),
        vocabulary.InstructionId: String(_ID_LENGTH),
        vocabulary.HoldId: String(_ID_LENGTH),
        vocabulary.RecallId: String(_ID_LENGTH),
        vocabulary.SeriesId: String(_ID_LENGTH),
        vocabulary.IssueId: String(_ID_LENGTH),
        vocabulary.ReminderId: String(_ID_LENGTH),
        vocabulary.GatheringId: String(_ID_LENGTH),
        vocabulary.CallId: String(_ID_LENGTH),
        vocabulary.CallPartId: String(_ID_LENGTH),
        vocabulary.PlanItemId: String(_ID_LENGTH),
        vocabulary.PlanNodeId: String(_ID_LENGTH),
        vocabulary.RuleSetId: String(_ID_LENGTH),
        vocabulary.SheetId: String(_ID_LENGTH),
        vocabulary.NoticeId: String(_ID_LENGTH),
        vocabulary.ShiftId: String(_ID_LENGTH),
        vocabulary.SwapId: String(_ID_LENGTH),
        vocabulary.DeductionId: String(_ID_LENGTH),
        vocabulary.AppealId: String(_ID_LENGTH),
        vocabulary.AlertId: String(_ID_LENGTH),
        vocabulary.SilenceId: String(_ID_LENGTH),
        vocabulary.PictureId: String(_ID_LENGTH),
        vocabulary.ItemId: Integer(),
        vocabulary.CaseId: String(_ID_LENGTH),
        vocabulary.SourceId: String(_ID_LENGTH),
        vocabulary.IncidentId: String(_ID_LENGTH),
        vocabulary.IncidentReportId: String(_ID_LENGTH),
        vocabulary.BriefingId: String(_ID_LENGTH),
        vocabulary.ContingencyId: String(_ID_LENGTH),
        vocabulary.TaskOfPlanId: String(_ID_LENGTH),
        vocabulary.ClueId: String(_ID_LENGTH),
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
        list[dict[str, Any]]: JSON().with_variant(JSONB(), "postgresql"),
        list[str]: JSON().with_variant(JSONB(), "postgresql"),
    }
