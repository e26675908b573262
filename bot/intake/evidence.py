"""What shows that something was used: a picture, or a PDF, which keeps its form and its text."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.intake.cleaning import clean
from bot.intake.container import MAX_FILE
from bot.intake.document import read_file
from bot.intake.names import checked_name
from bot.intake.refusals import Refusal, RefusedFileError

_READER = Path(__file__).with_name("pdf_reading.py")
_PATIENCE = 20
"""Seconds on the clock; the reader itself ends after five of work."""
_HEAD = 1024
_REFUSALS = {
    "ENCRYPTED": Refusal.PDF_ENCRYPTED,
    "ACTIVE": Refusal.PDF_ACTIVE,
    "BROKEN": Refusal.BROKEN,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file that is kept as it is; *text* is what a PDF says where it has words."""

    name: str
    content: bytes
    text: str = ""


def read_evidence(name: str, content: bytes) -> Evidence:
    """Return a picture or a PDF that was read to its end.

    Raises:
        RefusedFileError: it is neither, or it is not taken.
    """
    if b"%PDF-" in content[:_HEAD]:
        if len(content) > MAX_FILE:
            raise RefusedFileError(Refusal.TOO_BIG)
        return Evidence(name=_named(name), content=content, text=_text_of(content))
    if PurePosixPath(name.lower()).suffix == ".pdf":
        raise RefusedFileError(Refusal.BROKEN if content else Refusal.EMPTY)
    found = read_file(name, content)
    if found.text or not found.pictures:
        raise RefusedFileError(Refusal.NO_EVIDENCE)
    return Evidence(name=found.pictures[0].name, content=found.pictures[0].content)


def _named(name: str) -> str:
    checked = checked_name(name) if name else "佐证"
    return checked if checked.lower().endswith(".pdf") else f"{checked}.pdf"


def _text_of(content: bytes) -> str:
    """Return the words of a PDF, which a process without our surroundings reads."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and nothing of the file's in its name
            [sys.executable, "-I", str(_READER)],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
            cwd="/",
            env={},
        )
    except subprocess.TimeoutExpired:
        raise RefusedFileError(Refusal.PDF_TOO_HARD) from None
    lines = done.stdout.decode().splitlines()
    said = json.loads(lines[0]) if lines else {}
    if refused := said.get("refused"):
        raise RefusedFileError(_REFUSALS[refused])
    if not said:
        raise RefusedFileError(Refusal.PDF_TOO_HARD if done.returncode < 0 else Refusal.BROKEN)
    if not said["pages"]:
        raise RefusedFileError(Refusal.BROKEN)
    return "\n".join(filter(None, (clean(json.loads(line)) for line in lines[1:])))
