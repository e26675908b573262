"""通知 …: trainings and meetings: who is asked, who comes, what changes."""
