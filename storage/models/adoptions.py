"""Where a signed draft went, who used it, and which leader wrote on it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column

from storage.models.base import Base
from storage.vocabulary import (
    NO_SHEET,
    NOBODY,
    AdoptionId,
    ChannelId,
    DispatchId,
    DispatchStatus,
    DraftId,
    EntryStatus,
    Family,
    Form,
    InstructionId,
    Level,
    Rank,
    Remark,
    SheetId,
    UnitId,
    UserId,
)

_COUNTS = text("status != 'taken_back'")
_PROPOSED = text("status = 'proposed'")
_SENT = text("status = 'sent'")
_STAGED = text("status = 'staged'")


class Channel(Base, kw_only=True, eq=False):
    """A place that a bureau reports to or publishes in; *outward*: the public can read it."""

    __tablename__ = "channels"
    __table_args__ = (UniqueConstraint("bureau", "name"),)

    id: Mapped[ChannelId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str]
    level: Mapped[Level]
    family: Mapped[Family]
    outward: Mapped[bool]
    aliases: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)


class Dispatch(Base, kw_only=True, eq=False):
    """A draft that was sent to a channel, and what the channel made of it.

    *reason* is why it was not used; *closed_by* said what became of it. *inferred*: nobody said
    that it was sent, but it was used there.
    """

    __tablename__ = "dispatches"
    __table_args__ = (
        Index(
            "uq_dispatches_counting",
            "draft",
            "channel",
            unique=True,
            sqlite_where=_COUNTS,
            postgresql_where=_COUNTS,
        ),
        Index(None, "dispatched_by", "dispatched_at"),
        Index("ix_dispatches_sent", "dispatched_at", sqlite_where=_SENT, postgresql_where=_SENT),
        Index(None, "closed_by", "closed_at"),
    )

    id: Mapped[DispatchId] = mapped_column(primary_key=True)
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"))
    channel: Mapped[ChannelId] = mapped_column(ForeignKey("channels.id"))
    dispatched_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    dispatched_at: Mapped[datetime]
    inferred: Mapped[bool] = mapped_column(default=False)
    status: Mapped[DispatchStatus] = mapped_column(default=DispatchStatus.SENT)
    reason: Mapped[str] = mapped_column(default="")
    closed_by: Mapped[UserId] = mapped_column(default=NOBODY)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)


class _Entry(MappedAsDataclass, kw_only=True, eq=False):
    """What every entry of the register has.

    *counts_in* is the month that it belongs to, as 2026-09, and *late* says that it was entered
    after that month's cut-off. Nothing is overwritten: a correction is an entry of its own that
    *replaces* another. *decided_by* confirmed or refused it, *reason* says why not. *sheet* is the
    one that it came in by, empty for none.
    """

    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    draft: Mapped[DraftId] = mapped_column(ForeignKey("drafts.id"))
    level: Mapped[Level]
    counts_in: Mapped[str]
    late: Mapped[bool]
    scan: Mapped[str]
    words: Mapped[str]
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    entered_at: Mapped[datetime]
    status: Mapped[EntryStatus]
    decided_by: Mapped[UserId] = mapped_column(default=NOBODY)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(default="")
    replaces: Mapped[str] = mapped_column(default="")
    sheet: Mapped[SheetId] = mapped_column(default=NO_SHEET)


class Adoption(_Entry, Base, kw_only=True, eq=False):
    """A channel used a draft. Evidence is a *url*, an *issue*, a *scan* (an attachment) or *words*.

    *level* and *family* are the channel's as they were entered; *flags* what else may count
    (headline, picture, forwarded). *edited* is the text as the channel printed it, if it is known.
    """

    __tablename__ = "adoptions"
    __table_args__ = (
        Index(None, "draft"),
        Index(None, "bureau", "counts_in"),
        Index(None, "unit", "counts_in"),
        Index(None, "decided_by", "decided_at"),
        Index("ix_adoptions_staged", "sheet", sqlite_where=_STAGED, postgresql_where=_STAGED),
        Index(
            "ix_adoptions_proposed",
            "bureau",
            sqlite_where=_PROPOSED,
            postgresql_where=_PROPOSED,
        ),
    )

    id: Mapped[AdoptionId] = mapped_column(primary_key=True)
    channel: Mapped[ChannelId] = mapped_column(ForeignKey("channels.id"))
    family: Mapped[Family]
    form: Mapped[Form]
    flags: Mapped[list[str]]
    adopted_on: Mapped[date]
    url: Mapped[str]
    issue: Mapped[str]
    edited: Mapped[str] = mapped_column(default="")


class AdoptionShare(Base, kw_only=True, eq=False):
    """One author's part in an adoption: his *weight* of the sum of all weights."""

    __tablename__ = "adoption_shares"
    __table_args__ = (Index(None, "unit", "adoption"),)

    adoption: Mapped[AdoptionId] = mapped_column(ForeignKey("adoptions.id"), primary_key=True)
    member: Mapped[UserId] = mapped_column(
        ForeignKey("members.userid"), primary_key=True, index=True
    )
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    weight: Mapped[int]


class Instruction(_Entry, Base, kw_only=True, eq=False):
    """A leader wrote on a draft, or circled it; *adoption* is the use that he read, if known.

    What was written is to be answered by *follow_up_on*; *answer* is what was done about it, as
    *answered_by* said at *answered_at*.
    """

    __tablename__ = "instructions"
    __table_args__ = (
        Index(None, "draft"),
        Index(None, "bureau", "counts_in"),
        Index(None, "unit", "counts_in"),
        Index(None, "decided_by", "decided_at"),
        Index("ix_instructions_staged", "sheet", sqlite_where=_STAGED, postgresql_where=_STAGED),
        Index(
            "ix_instructions_proposed",
            "bureau",
            sqlite_where=_PROPOSED,
            postgresql_where=_PROPOSED,
        ),
    )

    id: Mapped[InstructionId] = mapped_column(primary_key=True)
    leader: Mapped[str]
    rank: Mapped[Rank]
    remark: Mapped[Remark]
    given_on: Mapped[date]
    adoption: Mapped[str] = mapped_column(default="")
    follow_up_on: Mapped[date | None] = mapped_column(default=None)
    answer: Mapped[str] = mapped_column(default="")
    answered_by: Mapped[UserId] = mapped_column(default=NOBODY)
    answered_at: Mapped[datetime | None] = mapped_column(default=None)
