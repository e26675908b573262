"""Two kinds of error: a refusal that is an answer, and everything else."""


class UserError(Exception):
    """Refuse what was asked; the text is the answer, with the next step in it."""
