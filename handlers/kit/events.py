"""What happened, for other capabilities to react to in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from storage.vocabulary import (
    NOBODY,
    AdoptionId,
    CallId,
    CallOutcome,
    CallPartId,
    CaseId,
    CaseState,
    ChannelId,
    DraftId,
    Grade,
    IncidentId,
    InstructionId,
    ItemId,
    PlanItemId,
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
class Deadline:
    """Something is due *at* a moment; *line* names it and says who has to do what."""

    at: datetime
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinesAsked:
    """The sender asks what is due; whoever keeps something due for him adds it to *found*.

    With *number* he asks about one thing alone, whoever has to do it: *kind* says of which kind.
    *whole* asks for all of his bureau, where he oversees it.
    """

    found: list[Deadline]
    kind: Literal["", "draft", "call", "case"] = ""
    number: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAnswered:
    """The sender is about to read the answer to what he sent; reactions are put in front of it."""

    member: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelsAsked:
    """The names of a bureau's channels are about to be read: who keeps them sees that there are."""

    bureau: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportersAsked:
    """Which units owe something of which the time ends with a bureau's *month* (2026-09)?

    Whoever keeps it adds them to *since*, each with the first day of that time.
    """

    bureau: UnitId
    month: str
    since: dict[UnitId, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class NothingToReport:
    """The sender says that a unit of his has nothing, not of what.

    A reaction that knows what was wanted of the unit takes it as an answer, and returns what is
    said.
    """

    unit: UnitId


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
class CallAsked:
    """An item of the year's plan calls upon *units* of its bureau for drafts, by the clock.

    *by* is in whose name. A reaction issues the call and returns its id.
    """

    bureau: UnitId
    by: UserId
    item: PlanItemId
    topic: str
    angle: str
    due_at: datetime
    units: tuple[UnitId, ...]
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallMoved:
    """What a call was issued for was put off or brought forward, and the sender wants it to follow.

    A reaction gives whoever still owes it until *due_at*, and returns what is said.
    """

    call: CallId
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CallDropped:
    """What a call was issued for is no more, and the sender wants nothing written for it.

    A reaction cancels what is still owed, and returns what is said.
    """

    call: CallId
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerChosen:
    """The author of a draft says on a page which call it answers; NO_CALL: none."""

    draft: DraftId
    call: CallId


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChanged:
    """Days became working days or days off: what is counted back from a day has other moments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionReportAsked:
    """The sender asked in free words for a report of public opinion, which is returned.

    *form* is `daily_report`, `weekly_report` or `monthly_report`; *period* the day, week or month
    that it is of, empty where none was named.
    """

    form: str
    period: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthSummedUp:
    """The office is told of a bureau's *month* (2026-09) that is over, for the notice of it.

    What reactions return is said with it.
    """

    bureau: UnitId
    month: str


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
    """The alert about *subject* (kind:key) has ended; *by_hand*: somebody said so to the alert."""

    subject: str
    why: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertSubjectHeard:
    """There is news of what alerts about *subject* are about: whoever has one need not be asked."""

    bureau: UnitId
    subject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseGraded:
    """A named person decided the grade of a case of public opinion."""

    case_id: CaseId
    bureau: UnitId
    grade: Grade
    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseAssigned:
    """A case of public opinion was given to a section."""

    case_id: CaseId
    unit: UnitId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClosed:
    """A case of public opinion has ended, in one of the ways that it may; *by* decided it."""

    case_id: CaseId
    bureau: UnitId
    state: CaseState
    by: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened:
    """A case of public opinion that had ended goes on."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseActUndone:
    """What somebody had done to a case *at* a moment was taken back.

    *merged_into*: that was its merging, and the case that has what was its own by now; *runs* are
    the emergency plans that ran for it until then.
    """

    case_id: CaseId
    at: datetime
    merged_into: CaseId | None = None
    runs: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RunsOfCaseAsked:
    """Which emergency plans run for a case; what has them adds to *found* by what each is known."""

    case_id: CaseId
    found: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemExplained:
    """The sender asks what the suggestion for an item comes from; what is returned is added."""

    item_id: ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertClosingAsked:
    """The sender says that a matter is over; one who has an alert before him may mean that.

    The reaction that ends it returns what is said.
    """

    numbers: tuple[int, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFound:
    """Something that is said in public was found, by *finder* or, where he is nobody, a machine.

    *source* is who says it there: an outlet, an account, a hotline; empty where nobody knows.
    *heat* counts views, likes, comments and reposts by these names. *weight* is what the word of
    who brought it is worth, 0 to 100, where the bureau has said so. *media* are the stored pictures
    that came with it. *section* is the one that the finder named: whose finding it is, or who is
    *to_handle* it. What reactions return is said to the finder.
    """

    bureau: UnitId
    words: str
    found_at: datetime
    title: str = ""
    finder: UserId = NOBODY
    source: str = ""
    platform: str = ""
    url: str = ""
    posted_at: datetime | None = None
    heat: Mapping[str, int] = field(default_factory=dict)
    weight: int | None = None
    media: tuple[str, ...] = ()
    section: UnitId | None = None
    to_handle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsFound:
    """Posts that came together, in their order: to be taken in at once, which costs least."""

    items: tuple[ItemFound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsAwaited:
    """Posts will be handed on together: what their words say may be read before, and nothing kept.

    Whoever reads holds nobody up; the transaction that takes them in does.
    """

    items: tuple[ItemFound, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """A post as far as a first look goes; *source* is who says it, *heat* its largest count."""

    title: str
    words: str
    source: str = ""
    heat: int = 0


NOT_GRAVE = 50
"""Posts that seem grave by a first look have a lower rank than this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstLookAsked:
    """A source brought posts that will wait: whoever judges them says whose turn is when.

    He adds to *ranks* one number for each, the lower the earlier.
    """

    bureau: UnitId
    posts: tuple[Glimpse, ...]
    ranks: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettings:
    """What is set for a topic: which units and people are told of it, and how many a day; 0 all."""

    name: str
    routes: tuple[str, ...]
    cap: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSettingsAsked:
    """Somebody has to know what is set for topics of a bureau, by their names.

    Whoever keeps the topics adds to *found* those that route or cap, the gravest first.
    """

    bureau: UnitId
    topics: tuple[str, ...]
    found: list[TopicSettings]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemJudged:
    """An item was stored with what the machine thinks of it; who keeps the cases goes on from here.

    *newest*: it has just come, and what else came with it is not known yet. *case_id* is the case
    that it belongs to, *perhaps* one that it may belong to (疑似同一事件).
    *repost_of* is the item that says the same. *alarming*: by itself it is worth a case, as is
    everything that a member reports. *risk* is 0 to 100, *relevance* 0, .3, .6 or 1: whether it is
    the bureau's own. *why* says in words what the grade comes from. *section* and *to_handle* are
    what the finder said of whose it is. What reactions return is said
    to the finder; a case that is opened for it is noted with `uow.opinion.assign`.
    """

    item_id: ItemId
    bureau: UnitId
    finder: UserId
    newest: bool
    case_id: CaseId | None
    perhaps: CaseId | None
    repost_of: ItemId | None
    suggested_grade: Grade
    relevance: float
    risk: float
    topics: tuple[str, ...]
    place: str
    why: tuple[str, ...]
    alarming: bool
    section: UnitId | None = None
    to_handle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesAlike:
    """What was found in two cases may be about one event; who keeps them asks whoever may say."""

    case_id: CaseId
    other: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersLeft:
    """Those members are within the app's range no longer: nothing can be asked of them."""

    members: tuple[UserId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLost:
    """A push did not reach its recipient and will not be tried again."""

    kind: str
    subject: str
    recipient: UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftWanted:
    """The sender wants to write about something; what reactions return is said with the answer."""

    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallWanted:
    """The sender wants drafts about something from units; what reactions return asks for more.

    *units* and the *deadline* are as he said them, as far as he did.
    """

    topic: str
    units: Sequence[str] = ()
    deadline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EmergencySaid:
    """The sender reports an emergency in free words, which belongs to no draft.

    The reaction that takes it returns what is said.
    """

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentGraded:
    """An incident counts as of *grade* from now on: it was registered, or is graver or lighter.

    *words* is all that is known of it in one text. Reactions return what is said with the answer.
    """

    incident_id: IncidentId
    grade: Grade
    bureau: UnitId
    unit: UnitId
    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLinkAsked:
    """The sender says that an incident belongs to a case of public opinion, or (*on*) does not.

    The reaction that notes it returns how the incident is called; it refuses what is not his.
    """

    case_id: CaseId
    case_name: str
    number: int
    on: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLinked:
    """An incident that has just been reported belongs to a case; *name* is how it is called."""

    case_id: CaseId
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsOfCaseAsked:
    """The sender looks at a case; reactions return the incidents that belong to it, in words."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOfIncidentAsked:
    """The sender looks at an incident; reactions return the case that it belongs to, in words."""

    case_id: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class EitherSaid:
    """What the sender says may be an emergency as well as something that is said in public.

    The reaction that asks him which returns the question, and takes care that nothing is lost.
    """

    words: str
    slots: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class PicturesKept:
    """Pictures that were sent before it was settled what they belong to, and are kept by *key*.

    Whoever keeps what he has just reported takes them, and says so.
    """

    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentEnded:
    """An incident is over, and how: closed, or none at all."""

    incident_id: IncidentId
    bureau: UnitId
    why: str
