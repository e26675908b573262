"""One file -> its text, the title that it seems to have, and its pictures."""

import re
from pathlib import PurePosixPath

from bot.intake.cleaning import clean
from bot.intake.container import MAX_FILE, Container, is_container
from bot.intake.markup import Attributes, Reader, read
from bot.intake.names import checked_name
from bot.intake.numbering import Numbering
from bot.intake.pictures import looks_like_picture, picture_kind
from bot.intake.refusals import Refusal, RefusedFileError
from bot.intake.words import Paragraph, Words
from handlers.kit.asked import Picture, ReadFile

MAX_CHARACTERS = 50_000
MAX_PICTURES = 60
_TITLE_STYLE = re.compile(r"^(?:title|heading 1|标题|标题 1|公文标题|大标题)$", re.IGNORECASE)
_TITLE_LENGTH, _TITLE_WITHIN = 60, 4
_SENTENCE = re.compile(r"[。；！？…：]|[.;!?:]$")
_TOLD_ASIDE = re.compile(
    r"(?:^|/)(?:header|footer|comments|footnotes|endnotes|core|app|custom|chart|data)\w*\.xml$"
)


def read_file(name: str, content: bytes) -> ReadFile:
    """Return what is in a file: a picture is itself, a document its text and its pictures.

    Raises:
        RefusedFileError: it is not taken.
    """
    name = checked_name(name) if name else ""
    if not content:
        raise RefusedFileError(Refusal.EMPTY)
    if len(content) > MAX_FILE:
        raise RefusedFileError(Refusal.TOO_BIG)
    if is_container(content):
        return _document(name, Container(content))
    if looks_like_picture(content):
        kind = picture_kind(content)
        return ReadFile(
            name=name, pictures=(Picture(name=name or f"图片.{kind}", content=content),)
        )
    if PurePosixPath(name.lower()).suffix in {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp"}:
        raise RefusedFileError(Refusal.NOT_A_PICTURE)
    if name.lower().endswith(".docx"):
        raise RefusedFileError(Refusal.BROKEN)
    raise RefusedFileError(Refusal.NOT_TAKEN)


def _document(name: str, container: Container) -> ReadFile:
    words = Words()
    read(container.markup(container.main), words)
    paragraphs = _numbered(container, words.paragraphs)
    title, body = _parted(paragraphs)
    pictures, left_out = _pictures(container, words.pictures)
    if len(title) + len(body) > MAX_CHARACTERS:
        raise RefusedFileError(Refusal.TOO_LONG)
    if not body and not title and not pictures:
        raise RefusedFileError(Refusal.NO_WORDS)
    return ReadFile(
        name=name,
        title=title,
        text=body,
        aside="\n".join([*words.aside, *_aside(container)]),
        pictures=pictures,
        left_out=left_out,
    )


def _numbered(container: Container, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Write out the automatic numbers, and let styles speak for their paragraphs."""
    folder = container.main.rpartition("/")[0]
    styles = _Styles()
    if part := container.markup(f"{folder}/styles.xml"):
        read(part, styles)
    numbering = Numbering.of(container.markup(f"{folder}/numbering.xml"))
    for paragraph in paragraphs:
        of_style = styles.numbered.get(paragraph.style)
        listed = paragraph.numbered or of_style
        if listed and listed[0] != "0" and paragraph.text.strip():
            number = listed[0] or (of_style[0] if of_style else "")
            paragraph.text = numbering.next(number, listed[1]) + paragraph.text
        name = styles.names.get(paragraph.style, "")
        if _TITLE_STYLE.match(name):
            paragraph.outline = 0
        paragraph.text = clean(paragraph.text)
    return [paragraph for paragraph in paragraphs if paragraph.text]


def _parted(paragraphs: list[Paragraph]) -> tuple[str, str]:
    """Return the title that the document seems to have, and what stands without it."""
    place = _title_at(paragraphs)
    rest = [each.text for at, each in enumerate(paragraphs) if at != place]
    title = paragraphs[place].text.replace("\n", "") if place is not None else ""
    return title, "\n".join(rest)


def _title_at(paragraphs: list[Paragraph]) -> int | None:
    first = paragraphs[:_TITLE_WITHIN]
    fits = [
        at
        for at, each in enumerate(first)
        if len(each.text) <= _TITLE_LENGTH and not _SENTENCE.search(each.text) and not each.in_table
    ]
    for at in fits:
        if first[at].outline == 0:
            return at
    if fits[:1] == [0] and (first[0].centred or len(paragraphs) > 1):
        return 0
    return None


def _pictures(container: Container, wanted: list[str]) -> tuple[tuple[Picture, ...], int]:
    """Return the pictures of the text that are some, and how many others there were."""
    folder = PurePosixPath(container.main).parent
    targets = {
        relation.get("Id", ""): relation.get("Target", "")
        for relation in container.relations(container.main)
        if relation.get("TargetMode") != "External"
    }
    taken: list[Picture] = []
    for relation in wanted[:MAX_PICTURES]:
        target = targets.get(relation, "")
        path = target.removeprefix("/") if target.startswith("/") else str(folder / target)
        content = container.part(path)
        if not looks_like_picture(content):
            continue
        try:
            kind = picture_kind(content)
        except RefusedFileError:
            continue
        taken.append(Picture(name=f"图{len(taken) + 1}.{kind}", content=content))
    return tuple(taken), len(wanted) - len(taken)


def _aside(container: Container) -> list[str]:
    """Return the words that stand outside the text: heads and feet of pages, notes, properties."""
    found: list[str] = []
    for name in container.names():
        if _TOLD_ASIDE.search(name):
            reader = _Everything(None if name.startswith("docProps/") else "p")
            read(container.markup(name), reader)
            found.append("".join(reader.found))
    return found


class _Everything(Reader):
    """All words of a part, a line for each element named *ending*, or for each of them."""

    def __init__(self, ending: str | None) -> None:
        self.found: list[str] = []
        self._ending = ending

    def data(self, text: str) -> None:
        self.found.append(text)

    def end(self, tag: str) -> None:
        if self._ending in {None, tag}:
            self.found.append("\n")


class _Styles(Reader):
    """Names of styles, and the lists that some number their paragraphs by."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}
        self.numbered: dict[str, tuple[str, int]] = {}
        self._style = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if tag == "style":
            self._style = attributes.get("styleId", "")
        elif tag == "name" and self._style:
            self.names[self._style] = value
        elif tag == "numId" and self._style:
            level = self.numbered.get(self._style, ("", 0))[1]
            self.numbered[self._style] = (value, level)
        elif tag == "ilvl" and self._style and value.isdigit():
            number = self.numbered.get(self._style, ("", 0))[0]
            self.numbered[self._style] = (number, min(int(value), 8))
