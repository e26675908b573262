"""Reads one PDF in a process of its own: from standard input, with little memory and little time.

Started by its path, not imported: it needs nothing of the service, and knows nothing of it. It
writes JSON lines: the first one says what the file is, each further one is the text of a page.
Whatever goes wrong ends the process; what it has written by then counts.
"""

import json
import resource
import sys
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, PyPdfError
from pypdf.generic import DictionaryObject

MEMORY = 768 * 1024 * 1024
SECONDS = 5
PAGES, CHARACTERS = 60, 50_000
_ACTS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        reader = PdfReader(BytesIO(sys.stdin.buffer.read()))
        if reader.is_encrypted and not reader.decrypt(""):
            _say({"refused": "ENCRYPTED"})
            return
        if _acts(reader):
            _say({"refused": "ACTIVE"})
            return
        _say({"pages": len(reader.pages)})
    except FileNotDecryptedError:
        _say({"refused": "ENCRYPTED"})
        return
    except (PyPdfError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        _say({"refused": "BROKEN"})
        return
    left = CHARACTERS
    for page in reader.pages[:PAGES]:
        text = page.extract_text()[:left]
        _say(text)
        left -= len(text)


def _acts(reader: PdfReader) -> bool:
    """Tell whether the document does something when it is opened, or carries other files."""
    root = reader.root_object
    names = root.get("/Names", DictionaryObject()).get_object()
    opened = root.get("/OpenAction", DictionaryObject()).get_object()
    kind = opened.get("/S") if isinstance(opened, DictionaryObject) else None
    return kind in _ACTS or "/AA" in root or bool({"/JavaScript", "/EmbeddedFiles"} & set(names))


def _say(what: object) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
