"""Two kinds of error: a refusal that is an answer, and everything else."""


class UserError(Exception):
    """Refuse what was asked; the text is the answer, with the next step in it."""


class TalkOverError(UserError):
    """Refuse, and end the talk as well: what it was about cannot be gone on with."""
