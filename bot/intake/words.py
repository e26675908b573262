"""The text of a document: paragraphs, rows of tables, pictures, each in its place.

What was deleted under tracked changes is no text, but it is read for marks of secrecy.
"""

from dataclasses import dataclass, field

from bot.intake.markup import Attributes, Reader

_NOT_TEXT = frozenset({"del", "moveFrom", "Fallback", "rt"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = frozenset({"blip", "imagedata", "docPr", "cNvPr"})
_DESCRIBING = ("name", "descr", "title")


@dataclass(slots=True, kw_only=True)
class Paragraph:
    """One paragraph as it stands; *numbered* is its list and level, if it has one of its own."""

    text: str = ""
    style: str = ""
    numbered: tuple[str, int] | None = None
    outline: int | None = None
    centred: bool = False
    in_table: bool = False


@dataclass(slots=True)
class Words(Reader):
    """Collects paragraphs, the relations of pictures, and words that are not seen in the text."""

    paragraphs: list[Paragraph] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    _open: list[Paragraph] = field(default_factory=list)
    _rows: list[list[str]] = field(default_factory=list)
    _ignored: int = 0
    _in_text: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag in _NOT_TEXT:
            self._ignored += 1
        elif tag in {"p", "tr", "tc"}:
            self._begin(tag)
        elif tag in {"t", "delText"}:
            self._in_text = True
        elif tag in _PICTURES:
            self._see(attributes)
        elif self._open:
            self._describe(self._open[-1], tag, attributes)

    def end(self, tag: str) -> None:
        if tag in _NOT_TEXT:
            self._ignored -= 1
        elif tag == "p" and self._open:
            self._keep(self._open.pop())
        elif tag in {"t", "delText"}:
            self._in_text = False
        elif tag == "tr" and self._rows:
            cells = self._rows.pop()
            row = " ".join(cell for cell in cells if cell)
            self._keep(Paragraph(text=row, in_table=True))

    def data(self, text: str) -> None:
        if not self._in_text:
            return
        if self._ignored or not self._open:
            self.aside.append(text)
        else:
            self._open[-1].text += text

    def _begin(self, tag: str) -> None:
        if tag == "p":
            self._open.append(Paragraph(in_table=bool(self._rows)))
        elif tag == "tr":
            self._rows.append([])
        elif self._rows:
            self._rows[-1].append("")

    def _see(self, attributes: Attributes) -> None:
        """Note a picture by its relation, and the words that describe it."""
        self.aside += [attributes[key] for key in _DESCRIBING if key in attributes]
        relation = attributes.get("embed") or attributes.get("id", "")
        is_relation = not relation.isdigit()  # the number of a drawing is an id as well
        if is_relation and relation and not self._ignored and relation not in self.pictures:
            self.pictures.append(relation)

    def _keep(self, paragraph: Paragraph) -> None:
        if self._rows and self._rows[-1]:
            cell = self._rows[-1]
            cell[-1] = f"{cell[-1]} {paragraph.text.strip()}".strip()
        else:
            self.paragraphs.append(paragraph)

    def _describe(self, paragraph: Paragraph, tag: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        if tag in _BREAKS and not self._ignored:
            # A tab stop that is only defined has a position; one in the text has none.
            paragraph.text += "" if "pos" in attributes else _BREAKS[tag]
        elif tag == "pStyle":
            paragraph.style = value
        elif tag == "jc":
            paragraph.centred = value == "center"
        elif tag == "outlineLvl" and value.isdigit():
            paragraph.outline = int(value)
        elif tag == "ilvl" and value.isdigit():
            number = paragraph.numbered[0] if paragraph.numbered else ""
            paragraph.numbered = (number, min(int(value), 8))
        elif tag == "numId":
            paragraph.numbered = (value, paragraph.numbered[1] if paragraph.numbered else 0)
