"""Who is on duty when; swaps, the log, sensitive periods, feeds."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Select, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.orm import Session

from storage.models import (
    CalendarFeed,
    Delegation,
    DutyAbsence,
    DutyGap,
    DutyLog,
    DutyShift,
    DutySwap,
    Member,
    SensitivePeriod,
)
from storage.vocabulary import (
    NOBODY,
    DutyPosition,
    LogKind,
    ShiftId,
    ShiftKind,
    SwapId,
    SwapStatus,
    UnitId,
    UserId,
)

_LONGEST = timedelta(days=2)
_UNSETTLED = (SwapStatus.ASKED, SwapStatus.AGREED)
_ORDER = (DutyShift.day, DutyShift.begins_at, DutyShift.position, DutyShift.seat)
# Built once: to build one costs more than to run it, and each post or alert asks for them.
_ON_DUTY = (
    select(
        DutyShift.member,
        Member.name,
        DutyShift.position,
        DutyShift.kind,
        DutyShift.begins_at,
        DutyShift.ends_at,
        DutyShift.phone,
        Member.reachable,
    )
    .join(Member, Member.userid == DutyShift.member)
    .where(
        DutyShift.bureau == bindparam("bureau"),
        DutyShift.begins_at > bindparam("earliest"),
        DutyShift.begins_at <= bindparam("moment"),
        DutyShift.ends_at > bindparam("moment"),
        Member.active,
    )
    .order_by(DutyShift.position, DutyShift.seat)
)
_PERIODS = (
    select(SensitivePeriod)
    .where(
        SensitivePeriod.bureau == bindparam("bureau"),
        SensitivePeriod.last >= bindparam("since"),
        SensitivePeriod.first <= bindparam("until"),
        SensitivePeriod.cancelled_at.is_(None),
    )
    .order_by(SensitivePeriod.first, SensitivePeriod.id)
)


class OnDuty(NamedTuple):
    """An active member who is on, and until when; *phone* is empty where it is the usual one."""

    member: UserId
    name: str
    position: DutyPosition
    kind: ShiftKind
    begins_at: datetime
    ends_at: datetime
    phone: str
    reachable: bool


class Placed(NamedTuple):
    """A shift with the name of whoever has it."""

    shift: DutyShift
    name: str


class Duty:
    """The duty of bureaus."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def on_duty(self, bureau: UnitId, moment: datetime) -> Sequence[OnDuty]:
        """Return who is on at a moment, those who left the bureau excepted."""
        asked = {"bureau": bureau, "earliest": moment - _LONGEST, "moment": moment}
        rows = self._session.execute(_ON_DUTY, asked)
        return [OnDuty(*row) for row in rows]

    def in_sensitive_period(self, bureau: UnitId, day: date) -> SensitivePeriod | None:
        """Return the sensitive period that a day in Shanghai is in, if it is in one."""
        found = self.sensitive_periods(bureau, day, day)
        return found[0] if found else None

    def sensitive_periods(
        self, bureau: UnitId, first: date, last: date
    ) -> Sequence[SensitivePeriod]:
        """Return the periods that have a day in common with that stretch, the earliest first."""
        asked = {"bureau": bureau, "since": first, "until": last}
        return self._session.scalars(_PERIODS, asked).all()

    def sensitive_period(self, number: int) -> SensitivePeriod | None:
        return self._session.get(SensitivePeriod, number)

    def periods_touched(self, bureau: UnitId, since: datetime) -> Sequence[SensitivePeriod]:
        """Return the periods that were declared or called off from a moment on."""
        return self._session.scalars(
            select(SensitivePeriod).where(
                SensitivePeriod.bureau == bureau,
                or_(SensitivePeriod.declared_at >= since, SensitivePeriod.cancelled_at >= since),
            )
        ).all()

    def roster(self, bureau: UnitId, first: date, last: date) -> Sequence[Placed]:
        """Return the shifts that begin on those days, both within it, with names."""
        rows = self._session.execute(
            select(DutyShift, Member.name)
            .join(Member, Member.userid == DutyShift.member)
            .where(DutyShift.bureau == bureau, DutyShift.day >= first, DutyShift.day <= last)
            .order_by(*_ORDER)
        )
        return [Placed(*row) for row in rows]

    def of_member(self, member: UserId, since: datetime, until: datetime) -> Sequence[DutyShift]:
        """Return a member's shifts that are not over by *since* and begin before *until*."""
        return self._session.scalars(
            select(DutyShift)
            .where(
                DutyShift.member == member,
                DutyShift.begins_at > since - _LONGEST,
                DutyShift.ends_at > since,
                DutyShift.begins_at < until,
            )
            .order_by(DutyShift.begins_at, DutyShift.position)
        ).all()

    def following(self, bureau: UnitId, moment: datetime) -> Sequence[Placed]:
        """Return who comes on next: the shifts that begin first at or after a moment."""
        first = (
            select(func.min(DutyShift.begins_at))
            .where(DutyShift.bureau == bureau, DutyShift.begins_at >= moment)
            .scalar_subquery()
        )
        rows = self._session.execute(
            select(DutyShift, Member.name)
            .join(Member, Member.userid == DutyShift.member)
            .where(DutyShift.bureau == bureau, DutyShift.begins_at == first)
            .order_by(*_ORDER)
        )
        return [Placed(*row) for row in rows]

    def shift(self, shift: ShiftId) -> DutyShift | None:
        return self._session.get(DutyShift, shift)

    def shifts(self, shifts: Collection[ShiftId]) -> Mapping[ShiftId, DutyShift]:
        rows = self._session.scalars(select(DutyShift).where(DutyShift.id.in_(shifts)))
        return {row.id: row for row in rows}

    def lock(self, shift: ShiftId) -> DutyShift | None:
        return self._session.scalar(
            select(DutyShift).where(DutyShift.id == shift).with_for_update(of=DutyShift)
        )

    def add_shifts(self, shifts: Collection[DutyShift]) -> None:
        self._session.add_all(shifts)

    def clear(self, bureau: UnitId, days: Collection[date]) -> Sequence[ShiftId]:
        """Take the shifts of whole days off the roster, and every swap of them; return which."""
        which = select(DutyShift.id).where(DutyShift.bureau == bureau, DutyShift.day.in_(days))
        self._session.execute(
            delete(DutySwap).where(or_(DutySwap.shift.in_(which), DutySwap.back.in_(which)))
        )
        return self._session.scalars(
            delete(DutyShift)
            .where(DutyShift.bureau == bureau, DutyShift.day.in_(days))
            .returning(DutyShift.id)
        ).all()

    def gaps(self, bureau: UnitId, first: date, last: date) -> Mapping[date, DutyGap]:
        """Return the days of that stretch on which nobody need be on."""
        rows = self._session.scalars(
            select(DutyGap).where(
                DutyGap.bureau == bureau, DutyGap.day >= first, DutyGap.day <= last
            )
        )
        return {row.day: row for row in rows}

    def declare_gap(self, gap: DutyGap) -> None:
        self._session.merge(gap)

    def absences(
        self, bureau: UnitId, first: date, last: date
    ) -> Sequence[tuple[UserId, date, date]]:
        """Return who is away in that stretch, from which day to which, both within it."""
        rows = self._session.execute(
            select(DutyAbsence.member, DutyAbsence.first, DutyAbsence.last).where(
                DutyAbsence.bureau == bureau,
                DutyAbsence.last >= first,
                DutyAbsence.first <= last,
            )
        )
        return [(row.member, row.first, row.last) for row in rows]

    def standing_down(
        self, bureau: UnitId, since: datetime, until: datetime
    ) -> Sequence[tuple[UserId, datetime, datetime]]:
        """Return who of a bureau let somebody else decide for him, from when to when."""
        rows = self._session.execute(
            select(Delegation.absent, Delegation.starts_at, Delegation.ends_at)
            .join(Member, Member.userid == Delegation.absent)
            .where(
                Member.bureau == bureau, Delegation.starts_at < until, Delegation.ends_at > since
            )
        )
        return [(row.absent, row.starts_at, row.ends_at) for row in rows]

    def add(self, row: DutyAbsence | DutySwap | DutyLog | SensitivePeriod | CalendarFeed) -> None:
        self._session.add(row)
        self._session.flush()

    def swap(self, swap: SwapId) -> DutySwap | None:
        """Return a swap, locked for this transaction."""
        return self._session.scalar(self._locked_swaps().where(DutySwap.id == swap))

    def swap_numbered(self, bureau: UnitId, number: int) -> DutySwap | None:
        """Return the latest swap of that number, locked for this transaction."""
        return self._session.scalar(
            self._locked_swaps()
            .where(DutySwap.bureau == bureau, DutySwap.number == number)
            .order_by(DutySwap.year.desc())
            .limit(1)
        )

    def swaps_asking(self, member: UserId) -> Sequence[DutySwap]:
        """Return the swaps that wait for a member's word."""
        return self._session.scalars(
            select(DutySwap)
            .where(DutySwap.asks == member, DutySwap.status == SwapStatus.ASKED)
            .order_by(DutySwap.asked_at)
        ).all()

    def swaps_agreed(self, bureau: UnitId) -> Sequence[DutySwap]:
        """Return the swaps that wait for an approval."""
        return self._session.scalars(
            select(DutySwap)
            .where(DutySwap.bureau == bureau, DutySwap.status == SwapStatus.AGREED)
            .order_by(DutySwap.agreed_at)
        ).all()

    def swap_unsettled(self, shifts: Collection[ShiftId]) -> DutySwap | None:
        """Return a swap that is under way of one of those shifts."""
        return self._session.scalar(
            select(DutySwap)
            .where(
                or_(
                    and_(DutySwap.shift.in_(shifts), DutySwap.status.in_(_UNSETTLED)),
                    and_(DutySwap.back.in_(shifts), DutySwap.status.in_(_UNSETTLED)),
                )
            )
            .limit(1)
        )

    @staticmethod
    def _locked_swaps() -> Select[DutySwap]:
        return select(DutySwap).with_for_update(of=DutySwap)

    def log_since(self, bureau: UnitId, since: datetime, limit: int) -> Sequence[DutyLog]:
        """Return the latest lines of the log from a moment on, the latest last."""
        rows = self._session.scalars(
            select(DutyLog)
            .where(DutyLog.bureau == bureau, DutyLog.at >= since)
            .order_by(DutyLog.at.desc(), DutyLog.id.desc())
            .limit(limit)
        ).all()
        return list(reversed(rows))

    def log_open(self, bureau: UnitId) -> Sequence[DutyLog]:
        """Return what is not done yet, whoever has it, the oldest first."""
        return self._session.scalars(
            select(DutyLog)
            .where(DutyLog.bureau == bureau, DutyLog.open)
            .order_by(DutyLog.at, DutyLog.id)
        ).all()

    def log_numbered(self, bureau: UnitId, number: int) -> DutyLog | None:
        return self._session.scalar(
            select(DutyLog)
            .where(DutyLog.bureau == bureau, DutyLog.number == number)
            .order_by(DutyLog.year.desc())
            .limit(1)
        )

    def log_line(self, line: int) -> DutyLog | None:
        return self._session.get(DutyLog, line)

    def log_written(self, bureau: UnitId, member: UserId, since: datetime) -> Sequence[DutyLog]:
        """Return what a member wrote into the log from a moment on."""
        return self._session.scalars(
            select(DutyLog)
            .where(DutyLog.bureau == bureau, DutyLog.at >= since, DutyLog.written_by == member)
            .order_by(DutyLog.id)
        ).all()

    def last_handover(self, bureau: UnitId, since: datetime) -> DutyLog | None:
        """Return the latest handing over from a moment on."""
        return self._session.scalar(
            select(DutyLog)
            .where(DutyLog.bureau == bureau, DutyLog.at >= since, DutyLog.kind == LogKind.HANDOVER)
            .order_by(DutyLog.at.desc(), DutyLog.id.desc())
            .limit(1)
        )

    def hand_on(self, bureau: UnitId) -> None:
        """Let everything open wait for the next shift."""
        self._session.flush()
        self._session.execute(
            update(DutyLog)
            .where(DutyLog.bureau == bureau, DutyLog.open)
            .values(taken_by=NOBODY, taken_at=None)
        )

    def take_over(self, bureau: UnitId, member: UserId, now: datetime) -> Sequence[int]:
        """Let a member have everything open that waits; return the numbers."""
        self._session.flush()
        return sorted(
            self._session.scalars(
                update(DutyLog)
                .where(DutyLog.bureau == bureau, DutyLog.open, DutyLog.taken_by == NOBODY)
                .values(taken_by=member, taken_at=now)
                .returning(DutyLog.number)
            ).all()
        )

    def feed(self, sha256: str) -> CalendarFeed | None:
        """Return the feed of that secret, unless it is closed."""
        feed = self._session.get(CalendarFeed, sha256)
        return feed if feed is not None and feed.revoked_at is None else None

    def revoke_feeds(self, member: UserId, now: datetime) -> int:
        """Close every feed of a member; return how many were open."""
        closed = self._session.scalars(
            update(CalendarFeed)
            .where(CalendarFeed.member == member, CalendarFeed.revoked_at.is_(None))
            .values(revoked_at=now)
            .returning(CalendarFeed.sha256)
        )
        return len(closed.all())
