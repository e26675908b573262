"""提醒我: reminders that a member sets for himself; what is due; the yearly one of the calendar."""
