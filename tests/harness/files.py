"""Files as members send them, good ones and others."""

import random
import struct
import zlib
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document
from PIL import Image
from pypdf import PdfWriter

GIGABYTE = 1024**3


def picture(kind: str = "JPEG", size: tuple[int, int] = (8, 8), seed: int = 0) -> bytes:
    """Return a small picture; another *seed* is another picture."""
    held = BytesIO()
    Image.new("RGB", size, (seed % 256, 120, 80)).save(held, kind)
    return held.getvalue()


def noise(side: int, seed: int = 1) -> bytes:
    """Return a PNG that cannot be packed smaller: about three bytes for each pixel."""
    held = BytesIO()
    content = random.Random(seed).randbytes(side * side * 3)
    Image.frombytes("RGB", (side, side), content).save(held, "PNG", compress_level=1)
    return held.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that says to have that many pixels."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        packed = kind + data
        return struct.pack(">I", len(data)) + packed + struct.pack(">I", zlib.crc32(packed))

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def written(*paragraphs: str, pictures: tuple[bytes, ...] = ()) -> Document:
    """Return a Word document; the first paragraph is its title."""
    document = docx.Document()
    for place, text in enumerate(paragraphs):
        if place:
            document.add_paragraph(text)
        else:
            document.add_heading(text, level=1)
    for content in pictures:
        document.add_picture(BytesIO(content))
    return document


def saved(document: Document) -> bytes:
    held = BytesIO()
    document.save(held)
    return held.getvalue()


def word(*paragraphs: str, pictures: tuple[bytes, ...] = ()) -> bytes:
    return saved(written(*paragraphs, pictures=pictures))


def with_part(content: bytes, name: str, part: bytes, old: bytes = b"", new: bytes = b"") -> bytes:
    """Return the document with one more part, or with *old* put for *new* in the one it has."""
    held = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(held, "w", ZIP_DEFLATED) as after:
        there = before.namelist()
        for each in there:
            data = before.read(each)
            if each == name:
                assert old in data
                data = data.replace(old, new) if old else part
            after.writestr(each, data)
        if name not in there:
            after.writestr(name, part)
    return held.getvalue()


@cache
def bomb() -> bytes:
    """Return a document that says truly that it is more than 10 GB when it is unpacked."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = bytes(1024 * 1024)
    few = packer.compress(block) + packer.compress(block) + packer.flush()
    return _claiming(word("标题", "正文。"), "word/media/x.bmp", few, 10 * GIGABYTE + 1)


@cache
def lying_bomb() -> bytes:
    """Return a document with a part that is 200 MB and says to be 100 bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    megabyte = packer.compress(bytes(1024 * 1024)) + packer.flush(zlib.Z_FULL_FLUSH)
    many = megabyte * 200 + packer.flush()  # packed once: what is flushed stands by itself
    return _claiming(word("标题", "正文。"), "word/numbering.xml", many, 100)


def _claiming(content: bytes, name: str, packed: bytes, size: int) -> bytes:
    """Put a part into the container whose entry claims a size of its own."""
    held = BytesIO()
    with ZipFile(BytesIO(content)) as before, ZipFile(held, "w", ZIP_DEFLATED) as after:
        for each in before.namelist():
            if each != name:
                after.writestr(each, before.read(each))
        start = held.tell()
        plain = name.encode()
        head = struct.pack(
            "<4sHHHHHLLLHH", b"PK\x03\x04", 45, 0, 8, 0, 33, 0, len(packed), 0, len(plain), 0
        )
        held.write(head + plain + packed)
        after.start_dir = held.tell()
        info = after.getinfo(after.namelist()[0])
        entry = type(info)(name)
        entry.compress_type = ZIP_DEFLATED
        entry.compress_size, entry.file_size = len(packed), size
        entry.header_offset = start
        entry.CRC = zlib.crc32(bytes(size)) if size < GIGABYTE else 0
        after.filelist.append(entry)
        after.NameToInfo[name] = entry
        after._didModify = True  # type: ignore[attr-defined]  # an entry of our own
    return held.getvalue()


def encrypted() -> bytes:
    """Return what Word makes of a document with a password: a compound file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


_PDF = b"""\
1 0 obj << /Type /Catalog /Pages 2 0 R %(more)s >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R
 /Resources << /Font << /F1 5 0 R >> >> >> endobj
4 0 obj << /Length %(length)d /Filter /FlateDecode >>
stream
%(drawn)s
endstream endobj
5 0 obj << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H
 /DescendantFonts [6 0 R] >> endobj
6 0 obj << /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light
 /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >> endobj
"""
_PDF_END = b"""\
xref
0 7
0000000000 65535 f \n%strailer << /Size 7 /Root 1 0 R >>
startxref
%d
%%%%EOF
"""


def pdf(*lines: str, more: bytes = b"", stream: bytes = b"") -> bytes:
    """Return a PDF of one page with these lines; *more* stands in its catalog, *stream* on it."""
    shown = b"".join(b"<%s> Tj T*\n" % line.encode("utf-16-be").hex().encode() for line in lines)
    drawn = zlib.compress(stream or b"BT /F1 12 Tf 72 720 Td 16 TL\n" + shown + b"ET")
    body = b"%PDF-1.7\n" + _PDF % {b"more": more, b"length": len(drawn), b"drawn": drawn}
    places = [body.index(b"%d 0 obj" % number) for number in range(1, 7)]
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + _PDF_END % (table, len(body))


def locked_pdf(*lines: str, opens_with: str) -> bytes:
    """Return a PDF that opens with a password; an empty one opens without."""
    held = BytesIO()
    writer = PdfWriter(BytesIO(pdf(*lines)))
    writer.encrypt(opens_with, algorithm="AES-256")
    writer.write(held)
    return held.getvalue()
