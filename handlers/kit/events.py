"""What happened, for other capabilities to react to in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from storage.vocabulary import (
    AdoptionId,
    CallId,
    CallOutcome,
    CallPartId,
    ChannelId,
    DraftId,
    Grade,
    InstructionId,
    RecallId,
    UnitId,
    UserId,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSubmitted:
    """A version of a draft was handed in and waits for its first gate."""

    draft: DraftId
    author: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWithdrawn:
    """Nobody needs to decide on the draft any more."""

    draft: DraftId
    withdrawn_by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRetracted:
    """The draft was taken down wherever it had been published, and the sign-off role agreed.

    What reactions return is said with the answer.
    """

    draft: DraftId
    recall: RecallId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftTakenDown:
    """The draft was taken down just now; that it was right to may still have to be agreed to."""

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftCorrected:
    """What had been published of the draft was put right: it has another text now."""

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class PuttingOffAsked:
    """The sender wants to see those drafts again later and said nothing else about it.

    Whoever takes it answers; *until* is unknown where no time was said.
    """

    numbers: tuple[int, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftShown:
    """Somebody who may see the draft reads of it; what reactions return is shown with it."""

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftSigned:
    """The last gate of its route let the draft through."""

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningUndone:
    """The draft's last signature was taken back."""

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAdopted:
    """An adoption of the draft counts: it was entered or confirmed by the office."""

    draft: DraftId
    adoption: AdoptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFilled:
    """Many adoptions and remarks of a bureau count: a sheet of them was entered.

    *months* names for each month (2026-09) the units that had part in one.
    """

    bureau: UnitId
    drafts: frozenset[DraftId]
    months: Mapping[str, frozenset[UnitId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideFiguresEntered:
    """Figures of other systems were taken over; *months* names the units of each month."""

    bureau: UnitId
    months: Mapping[str, frozenset[UnitId]]


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionRecorded:
    """A leader's remark on the draft counts."""

    draft: DraftId
    instruction: InstructionId


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedTextKept:
    """The text of the draft as a channel printed it is known now, or known better."""

    draft: DraftId
    adoption: AdoptionId


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A draft with the text in which it was printed."""

    draft: DraftId
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinDistributed:
    """An issue of the bureau's own bulletin left; *issue* is what people call it.

    Reactions may tell the authors; what they return is said with the answer.
    """

    channel: ChannelId
    issue: str
    day: date
    items: tuple[Printed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryVoided:
    """An adoption or a remark counts no longer: taken back, or replaced by a correction."""

    draft: DraftId
    entry: AdoptionId | InstructionId


@dataclass(frozen=True, slots=True, kw_only=True)
class LastActAsked:
    """The sender takes back his last act: each says when it last did one for him from *since* on.

    A reaction returns that moment in ISO form; the latest of all is then undone.
    """

    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoAsked:
    """The sender takes back his last act; whose it is, and not before *since*, undoes it.

    The one that undoes something returns what is said; nobody else then does.
    """

    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAnswered:
    """The sender is about to read the answer to what he sent; reactions are put in front of it."""

    member: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsAsked:
    """The names of a bureau's channels are about to be read: who keeps them sees that there are."""

    bureau: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class ClocksRecounted:
    """The calendar changed, and clocks that were counted by it have other moments.

    *moments* are the new ones by kind, subject and stage; a stage is whatever the timer's payload
    calls `stage_no`, nothing where it has none.
    """

    moments: Mapping[tuple[str, str, int | None], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCounted:
    """A bureau's *month* (2026-09) was counted after its cut-off; the ledger holds its lines.

    It happens once for a month, when the office opens on the first working day after the cut-off.
    What is registered later still counts, and changes the ledger.
    """

    bureau: UnitId
    month: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallIssued:
    """Units were called upon to write: their parts in it are owed from now on."""

    call: CallId
    bureau: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class CallSettled:
    """A unit's part in a call ended, or ended differently than was thought.

    It counts in the month of *due_at*; *weight* says how many times. *moment* is when it was
    settled: when the last of its drafts was handed in, or when somebody decided it.
    """

    call: CallId
    part: CallPartId
    bureau: UnitId
    unit: UnitId
    outcome: CallOutcome
    weight: int
    due_at: datetime
    moment: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReopened:
    """A unit's part in a call that had ended is owed again: its draft was withdrawn, say."""

    call: CallId
    part: CallPartId
    bureau: UnitId
    unit: UnitId
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertAsked:
    """Something has happened that somebody has to take; an alert is raised, or joined.

    *kind* and *key* say what it is about; *unit* whose matter it is; *source* where it came from;
    *named* are the members that a policy's word ``named`` stands for. A reaction returns the name
    of the alert that speaks for it now.
    """

    unit: UnitId
    kind: str
    key: str
    grade: Grade
    source: str
    title: str
    text: str
    named: tuple[UserId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSubjectSettled:
    """What alerts about *subject* (kind:key) of a bureau were about is over, and how."""

    bureau: UnitId
    subject: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTaken:
    """The sender has taken the alert about *subject* (kind:key)."""

    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertEnded:
    """The alert about *subject* (kind:key) has ended."""

    subject: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertClosingAsked:
    """The sender says that a matter is over; one who has an alert before him may mean that.

    The reaction that ends it returns what is said.
    """

    numbers: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLost:
    """A push did not reach its recipient and will not be tried again."""

    kind: str
    subject: str
    recipient: UserId
