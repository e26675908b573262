"""What stands on paper, before anybody decides how it looks: values of strings, in order."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a draft: its file in the media store, empty where it was lost."""

    caption: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What one reviewer said: *words*, the name with on whose behalf, when, and of which text."""

    words: str
    signature: str
    when: str
    of_text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateRow:
    """One gate of the form with every opinion given there, the oldest first.

    *standing* says how the gate stands where no opinion does: waiting, skipped, not reached.
    """

    name: str
    opinions: tuple[Opinion, ...]
    standing: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalForm:
    """The approval form (领导审批单) of one draft, as it stands now.

    *facts* are rows of (name, value); a value that nobody gave the service is a row of boxes to be
    ticked by hand. *remarks* are what happened beside the gates.
    """

    heading: str
    number: str
    title: str
    facts: tuple[tuple[str, str], ...]
    body: str
    pictures: tuple[Picture, ...]
    gates: tuple[GateRow, ...]
    dispatches: tuple[str, ...]
    remarks: tuple[str, ...]
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A draft as it leaves: title, text, pictures, by whom, when; *mark* says if it is unsigned."""

    title: str
    body: str
    pictures: tuple[Picture, ...]
    signed: str
    date: str
    mark: str
    foot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryLine:
    """One version of a draft: who, when, and what was changed since the one before."""

    version: str
    who: str
    when: str
    characters: str
    sha256: str
    changed: str
    opinions: tuple[Opinion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinText:
    """One item of a bulletin; *source* says whose it is."""

    title: str
    body: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """简报: masthead, contents, items, to whom it goes; *mark* stands above what is unsigned."""

    name: str
    number: str
    total: str
    office: str
    date: str
    items: tuple[BulletinText, ...]
    recipients: tuple[str, ...]
    copies: str
    editors: str
    signer: str
    mark: str
    foot: str
