"""The words that go into columns: enums with explicit values and typed identifiers."""

from enum import StrEnum, unique
from typing import NewType

UserId = NewType("UserId", str)
UnitId = NewType("UnitId", str)
DraftId = NewType("DraftId", str)
TaskId = NewType("TaskId", str)
OutboxId = NewType("OutboxId", str)
TimerId = NewType("TimerId", str)
InboundId = NewType("InboundId", str)
TroubleId = NewType("TroubleId", str)
ChannelId = NewType("ChannelId", str)
DispatchId = NewType("DispatchId", str)
AdoptionId = NewType("AdoptionId", str)
InstructionId = NewType("InstructionId", str)
RuleSetId = NewType("RuleSetId", str)
HoldId = NewType("HoldId", str)
RecallId = NewType("RecallId", str)
SheetId = NewType("SheetId", str)
NoticeId = NewType("NoticeId", str)
DeductionId = NewType("DeductionId", str)
AppealId = NewType("AppealId", str)
SeriesId = NewType("SeriesId", str)
IssueId = NewType("IssueId", str)
ShiftId = NewType("ShiftId", str)
SwapId = NewType("SwapId", str)
ReminderId = NewType("ReminderId", str)
GatheringId = NewType("GatheringId", str)
CallId = NewType("CallId", str)
CallPartId = NewType("CallPartId", str)
PlanItemId = NewType("PlanItemId", str)
PlanNodeId = NewType("PlanNodeId", str)
AlertId = NewType("AlertId", str)
SilenceId = NewType("SilenceId", str)
PictureId = NewType("PictureId", str)
ItemId = NewType("ItemId", int)
CaseId = NewType("CaseId", str)
SourceId = NewType("SourceId", str)
IncidentId = NewType("IncidentId", str)
IncidentReportId = NewType("IncidentReportId", str)
BriefingId = NewType("BriefingId", str)
ContingencyId = NewType("ContingencyId", str)
TaskOfPlanId = NewType("TaskOfPlanId", str)
ClueId = NewType("ClueId", str)

NOBODY = UserId("")
NO_SHEET = SheetId("")
NO_SHIFT = ShiftId("")
NO_DRAFT = DraftId("")
NO_CALL = CallId("")
NO_PLAN = PlanItemId("")
NO_DEDUCTION = DeductionId("")


@unique
class Role(StrEnum):
    """Who somebody is in the flow of a draft; the words of the members' CSV."""

    OFFICER = "officer"
    SECTION_HEAD = "section_head"
    OFFICE = "office"
    SECRECY_REVIEWER = "secrecy_reviewer"
    LEGAL_REVIEWER = "legal_reviewer"
    DEPUTY = "deputy"
    PRINCIPAL = "principal"
    DUTY = "duty"
    LEAD_DUTY = "lead_duty"
    OPINION_LIAISON = "opinion_liaison"
    ADMIN = "admin"


@unique
class UnitKind(StrEnum):
    """A *canary* is the bureau of the daily self-check, which is none of the bureaus."""

    BUREAU = "bureau"
    SECTION = "section"
    CANARY = "canary"


CANARY = UnitId("xinshi-canary")
"""The bureau in which the service checks itself: nothing of it is anybody's, or counts."""
CANARY_SECTION = UnitId("xinshi-canary-section")
CANARY_AUTHOR = UserId("xinshi-canary-author")
CANARY_REVIEWER = UserId("xinshi-canary-reviewer")
CANARY_LEADER = UserId("xinshi-canary-leader")
CANARIES = frozenset({CANARY_AUTHOR, CANARY_REVIEWER, CANARY_LEADER})
"""Its members, who are nobody: what they are sent goes all the way and is not handed to WeCom."""


@unique
class DraftStatus(StrEnum):
    COMPOSING = "composing"
    IN_REVIEW = "in_review"
    ON_HOLD = "on_hold"
    RETURNED = "returned"
    SIGNED = "signed"
    EDITED = "edited"
    DISPATCHED = "dispatched"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


@unique
class Importance(StrEnum):
    ORDINARY = "ordinary"
    MAJOR = "major"


@unique
class DraftKind(StrEnum):
    """What sort of item a draft is; its route, its length and its points may depend on it."""

    DYNAMIC = "dynamic"
    PRACTICE = "practice"
    RESEARCH = "research"
    PROBLEM = "problem"
    PUBLIC_FEEDBACK = "public_feedback"
    EMERGENCY = "emergency"
    PARTY_BUILDING = "party_building"


@unique
class AttachmentKind(StrEnum):
    """A picture is kept; a file is read, and then only what was in it is there.

    Evidence shows what became of a draft and is no part of it: a picture or a PDF, kept as it is.
    """

    PICTURE = "picture"
    FILE = "file"
    EVIDENCE = "evidence"


@unique
class GateMode(StrEnum):
    """Who must agree at a gate: the one who is asked, anybody who holds it, or all of them."""

    SINGLE = "single"
    ANY = "any"
    ALL = "all"


@unique
class Passage(StrEnum):
    """Why a seat of a gate counts as passed for one version of a draft."""

    DECIDED = "decided"
    CARRIED = "carried"
    SKIPPED = "skipped"


@unique
class Handing(StrEnum):
    """What a reviewer did with his part: gave it to somebody, or asked for one more signature."""

    TRANSFER = "transfer"
    COUNTERSIGN = "countersign"
    CONFIRM = "confirm"


@unique
class Verdict(StrEnum):
    APPROVE = "approve"
    RETURN = "return"


@unique
class TaskStatus(StrEnum):
    OPEN = "open"
    APPROVED = "approved"
    RETURNED = "returned"
    CANCELLED = "cancelled"


@unique
class Standing(StrEnum):
    """Why somebody may decide a review task."""

    HOLDER = "holder"
    SUBSTITUTE = "substitute"
    ESCALATED = "escalated"
    TRANSFERRED = "transferred"
    COUNTERSIGNER = "countersigner"
    CONFIRMER = "confirmer"


@unique
class Level(StrEnum):
    """How high a channel or a leader stands; the lowest first."""

    OWN = "own"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    NATION = "nation"


@unique
class Family(StrEnum):
    """Whose a channel is."""

    PARTY_OFFICE = "party_office"
    GOV_OFFICE = "gov_office"
    LINE_DEPT = "line_dept"
    MEDIA = "media"
    SITE = "site"
    ACCOUNT = "account"
    PLATFORM = "platform"
    OTHER = "other"


@unique
class DispatchStatus(StrEnum):
    """What a channel made of a draft, as far as the office knows."""

    SENT = "sent"
    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    TAKEN_BACK = "taken_back"


@unique
class Form(StrEnum):
    """In which form a channel used a draft."""

    FULL = "full"
    ITEM = "item"
    COMBINED = "combined"
    BRIEF = "brief"
    SPECIAL = "special"
    HEADLINE = "headline"
    REPOST = "repost"


@unique
class AppealStatus(StrEnum):
    """What became of an objection to a score that was announced."""

    OPEN = "open"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@unique
class EntryStatus(StrEnum):
    """How far an entry of the office's register counts; only a confirmed one does.

    *STAGED*: a sheet is being entered, and what it adds is out of sight until all of it is there.
    *RETRACTED*: it was there until its draft was taken down.
    """

    STAGED = "staged"
    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    REPLACED = "replaced"
    TAKEN_BACK = "taken_back"
    RETRACTED = "retracted"


@unique
class SheetStatus(StrEnum):
    """How far a sheet that was handed in is; one with a fault is not entered, nor half of it."""

    STAGING = "staging"
    CHECKING = "checking"
    READY = "ready"
    FAULTY = "faulty"
    ENTERING = "entering"
    ENTERED = "entered"


@unique
class RowVerdict(StrEnum):
    """What a row of a sheet would do: add something, nothing, or it cannot be taken."""

    UNREAD = "unread"
    FRESH = "fresh"
    KNOWN = "known"
    FAULT = "fault"


@unique
class OutsideMeasure(StrEnum):
    """What another system counted: contributions that it used; the use of its app, if wanted."""

    ADOPTED = "adopted"
    REGISTERED = "registered"
    ACTIVE = "active"
    POINTS = "points"


@unique
class Rank(StrEnum):
    """Of a leader: the first of his level, or another."""

    PRINCIPAL = "principal"
    OTHER = "other"


@unique
class Remark(StrEnum):
    """What a leader did to an item: wrote on it, or only circled his name."""

    WRITTEN = "written"
    CIRCLED = "circled"


@unique
class RecallKind(StrEnum):
    """What is wanted for something that was published and is wrong."""

    RETRACT = "retract"
    CORRECT = "correct"


@unique
class RecallStatus(StrEnum):
    """How far a recall is; *down*: it was urgent, is done, and the approval is still to come."""

    ASKED = "asked"
    APPROVED = "approved"
    DOWN = "down"
    DONE = "done"
    REFUSED = "refused"


@unique
class IssueStatus(StrEnum):
    """How far an issue of a bulletin is."""

    DRAFTING = "drafting"
    SIGNED = "signed"
    DISTRIBUTED = "distributed"


@unique
class CallStatus(StrEnum):
    """How far a call for drafts is; *settled*: no unit owes anything to it any more."""

    OPEN = "open"
    SETTLED = "settled"
    CANCELLED = "cancelled"


@unique
class PartState(StrEnum):
    """What a unit made of its part in a call; whether it is overdue is seen from the clock."""

    RECEIVED = "received"
    CLAIMED = "claimed"
    DECLINED = "declined"
    NO_CONTENT = "no_content"
    SUBMITTED = "submitted"
    LATE = "late"
    MISSED = "missed"
    EXCUSED = "excused"
    REASSIGNED = "reassigned"
    CANCELLED = "cancelled"


@unique
class CallOutcome(StrEnum):
    """How a unit's part in a call ended, in the words of a rule set and a few more."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    DECLINED = "declined"
    NO_CONTENT = "no_content"
    EXCUSED = "excused"
    CANCELLED = "cancelled"


@unique
class NodeStatus(StrEnum):
    """How far a node of the year's plan is; whether it is overdue is seen from the clock."""

    PLANNED = "planned"
    CALLED = "called"
    DONE = "done"
    CANCELLED = "cancelled"


@unique
class TimerStatus(StrEnum):
    PENDING = "pending"
    PAUSED = "paused"
    FIRED = "fired"
    CANCELLED = "cancelled"
    FAILED = "failed"


@unique
class ReminderStatus(StrEnum):
    """How far a reminder of somebody's is; one that comes again waits until it is cancelled."""

    WAITING = "waiting"
    TOLD = "told"
    CANCELLED = "cancelled"


@unique
class GatheringStatus(StrEnum):
    PLANNED = "planned"
    CANCELLED = "cancelled"


@unique
class GuestAnswer(StrEnum):
    """What somebody who is asked to a gathering said so far."""

    OPEN = "open"
    COMING = "coming"
    EXCUSED = "excused"


@unique
class Topic(StrEnum):
    """What somebody may ask not to be told of at all, until he takes it back."""

    REMINDER = "reminder"
    RANKING = "ranking"
    DAILY_REPORT = "daily_report"
    WEEKLY_REPORT = "weekly_report"
    OPINION = "opinion"
    CALL = "call"
    REVIEW = "review"


@unique
class InboundStatus(StrEnum):
    HANDLED = "handled"
    FAILED = "failed"
    GIVEN_UP = "given_up"


@unique
class Urgency(StrEnum):
    """How soon a push must leave: alerts first and always, routine ones in office hours.

    A calm one leaves at once by day; by night it waits for the next digest.
    """

    ALERT = "alert"
    PROMPT = "prompt"
    CALM = "calm"
    ROUTINE = "routine"


@unique
class OutboxStatus(StrEnum):
    WAITING = "waiting"
    LEASED = "leased"
    ENDED = "ended"


@unique
class Outcome(StrEnum):
    """How a push ended, so that "who was not told, and why" has an answer."""

    SENT = "sent"
    MERGED = "merged"
    DIGESTED = "digested"
    MUTED = "muted"
    OBSOLETE = "obsolete"
    INVALID_MEMBER = "invalid_member"
    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"
    FAILED = "failed"


@unique
class ConversationState(StrEnum):
    IDLE = "idle"
    COMPOSING = "composing"
    ASKING_REASON = "asking_reason"
    CHOOSING = "choosing"
    ASKING = "asking"


@unique
class TroubleKind(StrEnum):
    """What can be wrong with the service itself, the gravest first."""

    CREDENTIALS = "credentials"
    ADDRESS = "address"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    LIMITED = "limited"
    WORKER = "worker"
    SCHEDULER = "scheduler"
    TIMERS = "timers"
    REDIS = "redis"
    DISK = "disk"
    MEDIA = "media"
    DAILY_CAP = "daily_cap"
    CANARY = "canary"


@unique
class CanaryStep(StrEnum):
    """Where a self-check stands: what is to be done, or waited for, next."""

    ENTER = "enter"
    CARD = "card"
    DECIDE = "decide"
    RESULT = "result"
    WITHDRAW = "withdraw"
    TIMER = "timer"
    ALERT = "alert"
    ACKNOWLEDGE = "acknowledge"


@unique
class TroubleStatus(StrEnum):
    """A trouble is suspected until it has lasted; nobody hears of one that did not."""

    SUSPECTED = "suspected"
    OPEN = "open"
    OVER = "over"


@unique
class Alike(StrEnum):
    """In which way a draft that is handed in is like an older one."""

    SAME = "same"
    EDITED = "edited"
    PART_OF = "part_of"
    HOLDS = "holds"


@unique
class NoticeStatus(StrEnum):
    """A notice is the office's to read and change until it is released, once."""

    DRAFTED = "drafted"
    RELEASED = "released"


@unique
class PaperKind(StrEnum):
    """A document that the service makes."""

    APPROVAL_FORM = "approval_form"
    ARTICLE = "article"
    NOTICE = "notice"
    NOTICE_SHEET = "notice_sheet"
    NOTICE_PICTURE = "notice_picture"
    ASSESSMENT = "assessment"
    ASSESSMENT_SHEET = "assessment_sheet"
    ONE_PAGE = "one_page"
    BULLETIN = "bulletin"
    DUTY_ROSTER = "duty_roster"
    DUTY_ROSTER_SHEET = "duty_roster_sheet"
    INCIDENT_REPORT = "incident_report"
    INCIDENT_LEDGER = "incident_ledger"
    OPINION_DAILY = "opinion_daily"
    OPINION_REPORT = "opinion_report"
    OPINION_PICTURE = "opinion_picture"


@unique
class ShiftKind(StrEnum):
    """Which part of the 24 hours from one morning to the next a duty is."""

    DAY = "day"
    NIGHT = "night"
    WHOLE = "whole"


@unique
class DutyPosition(StrEnum):
    """What somebody on the duty roster is there for: 值班, 带班, 备班."""

    DUTY = "duty"
    LEAD = "lead_duty"
    BACKUP = "backup"


@unique
class SwapStatus(StrEnum):
    """How far a swap is: the other agrees first, then the roster's keeper approves."""

    ASKED = "asked"
    AGREED = "agreed"
    APPROVED = "approved"
    DECLINED = "declined"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


@unique
class LogKind(StrEnum):
    """A line of the duty log: something that came in, or the shift's handing over."""

    ENTRY = "entry"
    HANDOVER = "handover"


@unique
class Grade(StrEnum):
    """How grave a matter is; the lightest first."""

    BLUE = "blue"
    YELLOW = "yellow"
    ORANGE = "orange"
    RED = "red"


@unique
class ItemVerdict(StrEnum):
    """What somebody says of the machine's judgement of an item."""

    RIGHT = "right"
    FALSE_ALARM = "false_alarm"
    MISSED = "missed"
    REGRADED = "regraded"
    NOT_LOCAL = "not_local"


@unique
class AlertStatus(StrEnum):
    """How far an alert is.

    *OPEN*: it climbs until somebody takes it. *HELD*: somebody has it, for as long as his lease
    lasts. *INHIBITED*: a graver one about the same subject speaks for it. *SILENCED*: it waits for
    the end of a silence.
    """

    OPEN = "open"
    HELD = "held"
    INHIBITED = "inhibited"
    SILENCED = "silenced"
    ENDED = "ended"


@unique
class AlertAct(StrEnum):
    """What a line of an alert's log is about."""

    RAISED = "raised"
    TOLD = "told"
    AGAIN = "again"
    SKIPPED = "skipped"
    UNREACHED = "unreached"
    ACKNOWLEDGED = "acknowledged"
    ASKED = "asked"
    EXTENDED = "extended"
    LAPSED = "lapsed"
    DECLINED = "declined"
    HANDED_OVER = "handed_over"
    JOINED = "joined"
    INHIBITED = "inhibited"
    SILENCED = "silenced"
    ENDED = "ended"


@unique
class CaseState(StrEnum):
    """How far a case of public opinion is (domain-rules §6.5).

    *CLUE*: a machine found it, and nobody says yet that it is one. *WATCHING*: it was dealt with,
    and whether it stays calm is looked at for a while.
    """

    CLUE = "clue"
    REGISTERED = "registered"
    GRADED = "graded"
    ASSIGNED = "assigned"
    ACKED = "acked"
    HANDLING = "handling"
    RESPONDED = "responded"
    WATCHING = "watching"
    CLOSED = "closed"
    MERGED = "merged"
    FALSE_ALARM = "false_alarm"
    NOT_OURS = "not_ours"
    REOPENED = "reopened"


@unique
class CaseMove(StrEnum):
    """What is done to a case: each one is a line of its ledger."""

    REGISTER = "register"
    ADD = "add"
    ALERT = "alert"
    PROPOSE = "propose"
    GRADE = "grade"
    ASSIGN = "assign"
    ACK = "ack"
    FACTS = "facts"
    PROGRESS = "progress"
    WORDING = "wording"
    APPROVE = "approve"
    REFUSE = "refuse"
    ANSWER = "answer"
    REPORT_UP = "report_up"
    INSTRUCT = "instruct"
    ASK_CLOSING = "ask_closing"
    WATCH = "watch"
    CLOSE = "close"
    FALSE_ALARM = "false_alarm"
    FORWARD = "forward"
    MERGE = "merge"
    SPLIT = "split"
    DIFFER = "differ"
    REOPEN = "reopen"
    OVERDUE = "overdue"
    EXPLAIN = "explain"
    LINK = "link"
    UNDO = "undo"


@unique
class CaseStep(StrEnum):
    """What has to be done about a case within a time that its grade says (domain-rules §6.4)."""

    GRADE = "grade"
    ACK = "ack"
    FACTS = "facts"
    PLAN = "plan"
    ANSWER = "answer"
    PROGRESS = "progress"


@unique
class Truth(StrEnum):
    """Whether what is said in public is so."""

    UNKNOWN = "unknown"
    TRUE = "true"
    PARTLY = "partly"
    UNTRUE = "untrue"


@unique
class SourceKind(StrEnum):
    """How a source of posts comes to us: it is asked, it sends, or the office hands in sheets."""

    FEED = "feed"
    PUSH = "push"
    SHEET = "sheet"


@unique
class SourceFault(StrEnum):
    """Why a feed could not be read, or what a service sent was not taken."""

    ADDRESS = "address"
    UNREACHABLE = "unreachable"
    TIME = "time"
    SIZE = "size"
    STATUS = "status"
    CERTIFICATE = "certificate"
    REDIRECTS = "redirects"
    PACKING = "packing"
    NO_FEED = "no_feed"
    SIGNATURE = "signature"
    CLOCK = "clock"
    BODY = "body"


@unique
class FoundStatus(StrEnum):
    """How far a post is that a source brought: handed on, or not even after several tries.

    *STAGED* is what a sheet brings that is not entered to its end.
    """

    STAGED = "staged"
    WAITING = "waiting"
    TAKEN = "taken"
    FAILED = "failed"


class IncidentStatus(StrEnum):
    """*WITHDRAWN*: it turned out to be none."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@unique
class IncidentElement(StrEnum):
    """What a report of an incident has to say, in the order in which it is asked for.

    *EVENT* is what happened in a few words, and is never asked for: it is the first line.
    """

    EVENT = "event"
    PLACE = "place"
    HAPPENED = "happened"
    CASUALTIES = "casualties"
    NATURE = "nature"
    MEASURES = "measures"
    SCOPE = "scope"
    LOSS = "loss"
    TREND = "trend"
    LEADERS = "leaders"
    SOURCE = "source"
    REQUEST = "request"
    CONTACT = "contact"


@unique
class IncidentReportKind(StrEnum):
    INITIAL = "initial"
    FOLLOW_UP = "follow_up"
    FINAL = "final"


@unique
class IncidentReportStatus(StrEnum):
    """*DRAFT*: it says what is known by now. *SIGNED*: its words stand. *SENT*: it was sent up."""

    DRAFT = "draft"
    SIGNED = "signed"
    SENT = "sent"


@unique
class IncidentAct(StrEnum):
    """What a line of an incident's log is about."""

    REPORTED = "reported"
    ADDED = "added"
    MOVED = "moved"
    PROPOSED = "proposed"
    GRADED = "graded"
    TAKEN = "taken"
    PHONED = "phoned"
    OVERDUE = "overdue"
    EXPLAINED = "explained"
    BEGUN = "begun"
    SIGNED = "signed"
    UNSIGNED = "unsigned"
    SENT = "sent"
    LINKED = "linked"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    PICTURED = "pictured"


@unique
class PictureOf(StrEnum):
    """What a picture belongs to; *either*: nobody has said yet which of the two."""

    CASE = "case"
    INCIDENT = "incident"
    EITHER = "either"


@unique
@unique
class BriefingKind(StrEnum):
    """Which report of public opinion: of a day, of one case (专报), of a week, of a month."""

    DAILY = "daily"
    SPECIAL = "special"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


@unique
class BriefingStatus(StrEnum):
    """How far a report is: *RELEASED*, the liaison has said that it may be sent."""

    DRAFTED = "drafted"
    RELEASED = "released"
    SENT = "sent"


@unique
class ClueCategory(StrEnum):
    """What kind of thing a clue is about."""

    ELSEWHERE = "elsewhere"
    EARLY_SIGN = "early_sign"
    NEGATIVE = "negative"
    POLICY = "policy"
    PRACTICE = "practice"
    FIRST = "first"
    OTHER = "other"


@unique
class ClueStatus(StrEnum):
    """What became of a clue."""

    OPEN = "open"
    MERGED = "merged"
    DRAFTED = "drafted"
    CALLED = "called"
    CLOSED = "closed"
