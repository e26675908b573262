"""The container of an office file: looked at before it is unpacked, and read with a limit."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from bot.intake.markup import elements
from bot.intake.refusals import Refusal, RefusedFileError

MAX_FILE = 20 * 1024 * 1024
MAX_ENTRIES = 2_000
MAX_UNPACKED = 128 * 1024 * 1024
MAX_MARKUP = 16 * 1024 * 1024
_RATIO, _RATIO_FROM = 200, 1024 * 1024
"""How much smaller a part may be than its content, if that is not small itself."""

_BEGINNING = 64 * 1024

_CENTRAL, _LOCAL, _COMPOUND = b"PK\x01\x02", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_BIT = 0x1
_SYMLINK, _KIND = 0xA000, 0xF000
_MACRO_TYPE = re.compile(r"macroEnabled|vbaProject", re.IGNORECASE)
_MACRO_PART = re.compile(r"(?:^|/)vba\w*\.(?:bin|xml)$", re.IGNORECASE)
_OUT_OF_FOLDER = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\\|\0")
_HARMLESS_OUTSIDE = frozenset({"hyperlink"})
_LOCAL_TEMPLATE = re.compile(r"^(?:file:///)?[A-Za-z]:|^[^:/\\]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What is looked for in a container, and how its absence is said.

    *main* is the type of the part that holds all others together; *reaches*: it may name files
    elsewhere, because nobody will open it again.
    """

    main: re.Pattern[str]
    none: Refusal
    old: Refusal
    macros: Refusal
    reaches: bool = False


WORD = Kind(
    main=re.compile(r"wordprocessingml\.(?:document|template)\.main\+xml$"),
    none=Refusal.NOT_TAKEN,
    old=Refusal.OLD_WORD,
    macros=Refusal.MACROS,
)
SHEET = Kind(
    main=re.compile(r"spreadsheetml\.(?:sheet|template)\.main\+xml$"),
    none=Refusal.NOT_A_SHEET,
    old=Refusal.OLD_SHEET,
    macros=Refusal.SHEET_MACROS,
    reaches=True,
)


def is_container(content: bytes) -> bool:
    return content.startswith((_LOCAL, _COMPOUND))


class Container:
    """The parts of an office file that has been looked at."""

    def __init__(self, content: bytes, kind: Kind = WORD) -> None:
        """Look at the container without unpacking it.

        Raises:
            RefusedFileError: it is none, or nothing that is read.
        """
        self._kind = kind
        self._zip = _opened(content, kind)
        infos = self._zip.infolist()
        _look_at(infos, kind)
        self._infos = {info.filename: info for info in infos}
        if len(self._infos) != len(infos):  # which of two is meant, readers do not agree on
            raise RefusedFileError(Refusal.BAD_PARTS)
        self._read = 0
        self.main = self._main()
        if not kind.reaches:
            self._refuse_outside()

    def names(self) -> list[str]:
        return list(self._infos)

    def size(self, name: str) -> int:
        """Return how long a part says that it is; 0 if there is none."""
        return self._infos[name].file_size if name in self._infos else 0

    def part(self, name: str) -> bytes:
        """Return a part, or nothing if there is none.

        Raises:
            RefusedFileError: it is not what the container says of it.
        """
        info = self._infos.get(name)
        if info is None:
            return b""
        try:
            with self._zip.open(info) as packed:
                # With a length, zipfile unpacks no more than that; without, up to 2 GB at once.
                content = packed.read(info.file_size)
                packed.read(1)  # lets it compare the checksum
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise RefusedFileError(Refusal.BROKEN) from None
        if len(content) != info.file_size:
            raise RefusedFileError(Refusal.BROKEN)
        return content

    def beginning(self, name: str) -> bytes:
        """Return what a part begins with: as much as a document type would need."""
        info = self._infos[name]
        try:
            with self._zip.open(info) as packed:
                return packed.read(_BEGINNING)
        except (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
            raise RefusedFileError(Refusal.BROKEN) from None

    def markup(self, name: str) -> bytes:
        """Return a part that is XML; all of them together have a limit.

        Raises:
            RefusedFileError: it is too much.
        """
        self._read += self.size(name)
        if self._read > MAX_MARKUP:
            raise RefusedFileError(Refusal.TOO_LONG)
        return self.part(name)

    def relations(self, name: str) -> Iterator[dict[str, str]]:
        """Yield the relations of a part: Id, Type, Target and TargetMode."""
        folder, _, file = name.rpartition("/")
        path = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
        for tag, attributes in elements(self.markup(path)):
            if tag == "Relationship":
                yield attributes

    def _main(self) -> str:
        """Return the name of the part with the text, by what the container says of its parts."""
        main = ""
        for tag, attributes in elements(self.markup("[Content_Types].xml")):
            kind = attributes.get("ContentType", "")
            if _MACRO_TYPE.search(kind):
                raise RefusedFileError(self._kind.macros)
            if tag == "Override" and self._kind.main.search(kind):
                main = main or attributes.get("PartName", "").removeprefix("/")
        if not main:
            raise RefusedFileError(self._kind.none)
        if main not in self._infos:
            raise RefusedFileError(Refusal.BROKEN)
        return main

    def _refuse_outside(self) -> None:
        """Refuse what would be fetched from elsewhere by whoever opens the document."""
        for name in self.names():
            if not name.endswith(".rels"):
                continue
            for tag, attributes in elements(self.markup(name)):
                if tag == "Relationship" and _reaches_outside(attributes):
                    raise RefusedFileError(Refusal.OUTSIDE)


def _reaches_outside(relation: dict[str, str]) -> bool:
    if relation.get("TargetMode") != "External":
        return False
    kind = relation.get("Type", "").rpartition("/")[2]
    if kind == "attachedTemplate":  # every document made from a template names its own machine's
        return not _LOCAL_TEMPLATE.match(relation.get("Target", ""))
    return kind not in _HARMLESS_OUTSIDE


def _opened(content: bytes, kind: Kind) -> ZipFile:
    if not content:
        raise RefusedFileError(Refusal.EMPTY)
    if len(content) > MAX_FILE:
        raise RefusedFileError(Refusal.TOO_BIG)
    if content.startswith(_COMPOUND):
        encrypted = "EncryptedPackage".encode("utf-16-le") in content
        raise RefusedFileError(Refusal.ENCRYPTED if encrypted else kind.old)
    if not content.startswith(_LOCAL):
        raise RefusedFileError(kind.none)
    if content.count(_CENTRAL) > MAX_ENTRIES:
        raise RefusedFileError(Refusal.BOMB)
    try:
        return ZipFile(BytesIO(content))
    except (BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OverflowError):
        raise RefusedFileError(Refusal.BROKEN) from None


def _look_at(infos: list[ZipInfo], kind: Kind) -> None:
    if any(info.flag_bits & _ENCRYPTED_BIT for info in infos):
        raise RefusedFileError(Refusal.ENCRYPTED)
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise RefusedFileError(Refusal.BOMB)
    for info in infos:
        if info.file_size > max(_RATIO_FROM, info.compress_size * _RATIO):
            raise RefusedFileError(Refusal.BOMB)
        is_link = (info.external_attr >> 16) & _KIND == _SYMLINK
        if is_link or _OUT_OF_FOLDER.search(info.orig_filename):
            raise RefusedFileError(Refusal.BAD_PARTS)
        if _MACRO_PART.search(info.filename):
            raise RefusedFileError(kind.macros)
