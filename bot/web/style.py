"""The style of the pages, for the one page that has to carry it in itself."""

from pathlib import Path

STYLE = (Path(__file__).parent / "static" / "pages.css").read_text(encoding="utf-8")
