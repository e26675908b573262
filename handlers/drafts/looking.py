"""What a check before submission is given, and what it may say."""

from dataclasses import dataclass

from storage.models import Draft


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A draft with the text that its author wants to hand in; its title is the draft's."""

    draft: Draft
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """What a check has to say: *line* beside the answer, *question* before anything happens."""

    line: str = ""
    question: str = ""
