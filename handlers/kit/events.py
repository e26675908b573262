"""What happened, for other capabilities to react to in the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from storage.vocabulary import DraftId, UserId


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
    """The draft was taken down wherever it had been published."""

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class PuttingOffAsked:
    """The sender wants to see those drafts again later and said nothing else about it.

    Whoever takes it answers; *until* is unknown where no time was said.
    """

    numbers: tuple[int, ...]
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAnswered:
    """The sender is about to read the answer to what he sent; reactions are put in front of it."""

    member: UserId
