"""How each kind of message behaves, written down by hand from docs/reminders.md."""

from collections.abc import Mapping
from enum import Enum, unique
from types import MappingProxyType


@unique
class Manner(Enum):
    """When a message may come."""

    IN_GOOD_TIME = "in good time"  # on a worked day, not at night, so many a day, the rest later
    CALM = "calm"  # not at night, and what came at night with what else there is in the morning
    AT_ONCE = "at once"  # it answers somebody, was asked for, or somebody waits for it
    ALARM = "alarm"  # whatever the hour, whatever was muted


MANNERS: Mapping[str, Manner] = MappingProxyType(
    {
        **dict.fromkeys(
            (
                "adoption_reminder",
                "appeal_answered",
                "appeal_filed",
                "call_asked",
                "burden_report",
                "channel_idle",
                "deduction_told",
                "calendar_missing",
                "call_climbs",
                "briefing_statistics",
                "call_issued",
                "call_reminder",
                "call_told",
                "clue_found",
                "clue_settled",
                "gathering_invited",
                "notice_released",
                "outside_short",
                "plan_changed",
                "plan_news",
                "plan_reminder",
                "quarter_notice",
                "quota_warning",
                "return_due",
                "review_digest",
                "review_reminder",
                "score_changed",
                "secrecy_summary",
                "source_trouble",
                "standing_in_over",
                "zero_list",
                "zero_reminder",
            ),
            Manner.IN_GOOD_TIME,
        ),
        **dict.fromkeys(("case_due", "case_told"), Manner.CALM),
        **dict.fromkeys(
            (
                "adoption_proposed",
                "adoption_told",
                "alert_news",
                "duty_paper",
                "duty_roster",
                "duty_swap",
                "sensitive_period",
                "unit_reminder",
                "answer",
                "bulletin_offered",
                "bulletin_paper",
                "bulletin_told",
                "briefing_drafted",
                "briefing_paper",
                "briefing_sent",
                "briefing_special",
                "briefing_waiting",
                "case_wording",
                "call_climbs_now",
                "call_issued_now",
                "call_reminder_now",
                "card_update",
                "draft_edited",
                "draft_withdrawn",
                "file_read",
                "gathering_changed",
                "gathering_invited_now",
                "gathering_reminder",
                "notice_drafted",
                "paper",
                "personal_reminder",
                "recall_asked",
                "recall_told",
                "report_paper",
                "report_said",
                "review_called_off",
                "review_held",
                "review_request",
                "review_result",
                "standing_in",
            ),
            Manner.AT_ONCE,
        ),
        **dict.fromkeys(
            (
                *("alert", "alert_question", "alert_trouble"),
                *("case_due_now", "case_told_now", "contingency_told"),
                *("duty_handover", "duty_holiday", "duty_reminder"),
                *("emergency_clock", "emergency_paper", "emergency_sign", "emergency_told"),
                *("incident", "nobody_to_review", "recall_unapproved", "trouble"),
            ),
            Manner.ALARM,
        ),
    }
)
"""Every kind of message that is known here; another is reported as unknown."""

ANSWERS = frozenset(
    {"answer", "card_update", "file_read", "paper", "personal_reminder", "report_paper"}
)
"""What a member asked for himself: it comes also while he wants to hear of nothing else."""

AWAITED = frozenset({"alert_news", "card_update", "personal_reminder"})
"""What somebody waits for at night too: his own reminder, how it goes with an emergency."""

WITH_THE_OFFICE = frozenset({"call_climbs", "call_issued", "call_reminder"})
"""Work that is handed out: it does not come before the office opens."""
