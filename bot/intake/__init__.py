"""Files of strangers: what they are, what is in them, and why one is not taken."""

from bot.intake.document import read_file
from bot.intake.evidence import Evidence, read_evidence
from bot.intake.names import checked_name, expected_name
from bot.intake.refusals import Refusal, RefusedFileError

__all__ = [
    "Evidence",
    "Refusal",
    "RefusedFileError",
    "checked_name",
    "expected_name",
    "read_evidence",
    "read_file",
]
