"""The tables, one module per aggregate."""

from storage.models.adoptions import Adoption, AdoptionShare, Channel, Dispatch, Instruction
from storage.models.alerts import Alert, AlertEntry, AlertRecipient, AlertSilence, StoredAlertPolicy
from storage.models.base import Base
from storage.models.bulletins import BulletinIssue, BulletinItem, BulletinSeries
from storage.models.calls import Call, CallAnswer, CallPart
from storage.models.deductions import Appeal, Deduction
from storage.models.drafts import Attachment, Draft, DraftPart, DraftVersion
from storage.models.duty import (
    CalendarFeed,
    DutyAbsence,
    DutyGap,
    DutyLog,
    DutyShift,
    DutySwap,
    SensitivePeriod,
)
from storage.models.gatherings import Gathering, GatheringGuest
from storage.models.ledger import AuditEntry, Counter
from storage.models.library import LibraryItem
from storage.models.mailbox import Conversation, Inbound, MessageDay, OutboxMessage
from storage.models.members import Delegation, Member, MemberPreference, RoleAssignment, Unit
from storage.models.moves import Recall, ReviewHold
from storage.models.notices import Notice, NoticeVersion
from storage.models.outside import OutsideFigure, OutsideStaged
from storage.models.reminders import Reminder
from storage.models.reviews import (
    GatePass,
    ReviewDecision,
    ReviewHandover,
    ReviewHolder,
    ReviewTask,
)
from storage.models.routes import StoredRoute
from storage.models.scores import StoredRuleSet, StoredScoreLine
from storage.models.sheets import Sheet, SheetRow
from storage.models.similarity import DraftLikeness, DraftMark, DraftPrint
from storage.models.timers import CalendarDay, Heartbeat, Outage, ScheduledRun, Timer
from storage.models.troubles import Trouble
from storage.models.visits import EndedVisit

__all__ = [
    "Adoption",
    "AdoptionShare",
    "Alert",
    "AlertEntry",
    "AlertRecipient",
    "AlertSilence",
    "Appeal",
    "Attachment",
    "AuditEntry",
    "Base",
    "BulletinIssue",
    "BulletinItem",
    "BulletinSeries",
    "CalendarDay",
    "CalendarFeed",
    "Call",
    "CallAnswer",
    "CallPart",
    "Channel",
    "Conversation",
    "Counter",
    "Deduction",
    "Delegation",
    "Dispatch",
    "Draft",
    "DraftLikeness",
    "DraftMark",
    "DraftPart",
    "DraftPrint",
    "DraftVersion",
    "DutyAbsence",
    "DutyGap",
    "DutyLog",
    "DutyShift",
    "DutySwap",
    "EndedVisit",
    "GatePass",
    "Gathering",
    "GatheringGuest",
    "Heartbeat",
    "Inbound",
    "Instruction",
    "LibraryItem",
    "Member",
    "MemberPreference",
    "MessageDay",
    "Notice",
    "NoticeVersion",
    "Outage",
    "OutboxMessage",
    "OutsideFigure",
    "OutsideStaged",
    "Recall",
    "Reminder",
    "ReviewDecision",
    "ReviewHandover",
    "ReviewHold",
    "ReviewHolder",
    "ReviewTask",
    "RoleAssignment",
    "ScheduledRun",
    "SensitivePeriod",
    "Sheet",
    "SheetRow",
    "StoredAlertPolicy",
    "StoredRoute",
    "StoredRuleSet",
    "StoredScoreLine",
    "Timer",
    "Trouble",
    "Unit",
]
