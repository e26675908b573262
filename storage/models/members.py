"""Units in a tree, the people in them, and what each may do where."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import NOBODY, Role, UnitId, UnitKind, UserId


class Unit(Base, kw_only=True, eq=False):
    """A bureau or a section; *path* is its full name, such as 区住建局/物业科."""

    __tablename__ = "units"

    id: Mapped[UnitId] = mapped_column(primary_key=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), index=True)
    parent: Mapped[UnitId | None] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[UnitKind]
    name: Mapped[str]
    path: Mapped[str] = mapped_column(unique=True)


class Member(Base, kw_only=True, eq=False):
    """Somebody whom the bot knows; *userid* is WeCom's, in lower case."""

    __tablename__ = "members"

    userid: Mapped[UserId] = mapped_column(primary_key=True)
    name: Mapped[str]
    unit: Mapped[UnitId] = mapped_column(ForeignKey("units.id"), index=True)
    bureau: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))
    aliases: Mapped[list[str]]
    active: Mapped[bool] = mapped_column(default=True)
    reachable: Mapped[bool] = mapped_column(default=True)


class RoleAssignment(Base, kw_only=True, eq=False):
    """A role that somebody holds over a unit and everything below it."""

    __tablename__ = "role_assignments"
    __table_args__ = (
        UniqueConstraint("member", "role", "scope"),
        Index(None, "role", "scope"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    role: Mapped[Role]
    scope: Mapped[UnitId] = mapped_column(ForeignKey("units.id"))


class Delegation(Base, kw_only=True, eq=False):
    """For a time, *substitute* may decide what waits for *absent*.

    *made_by* is nobody where an administrator entered it at the shell. One that is ended early
    gets the moment as its *ends_at*.
    """

    __tablename__ = "delegations"
    __table_args__ = (Index(None, "absent", "ends_at"), Index(None, "substitute", "ends_at"))

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    absent: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    substitute: Mapped[UserId] = mapped_column(ForeignKey("members.userid"))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    made_by: Mapped[UserId] = mapped_column(default=NOBODY, server_default="")


class MemberPreference(Base, kw_only=True, eq=False):
    """What a member asked of the bot for himself.

    *quiet_from* and *quiet_until* are his own quiet hours (21:00), empty where he has none; *off*
    are the topics that he does not want to hear of.
    """

    __tablename__ = "member_preferences"

    member: Mapped[UserId] = mapped_column(ForeignKey("members.userid"), primary_key=True)
    muted_until: Mapped[datetime | None] = mapped_column(default=None)
    quiet_from: Mapped[str] = mapped_column(default="", server_default="")
    quiet_until: Mapped[str] = mapped_column(default="", server_default="")
    off: Mapped[list[str]] = mapped_column(default_factory=list, server_default=text("'[]'"))
