"""The same text in one spelling: half width, lower case, simplified, one character for one."""

import re
import unicodedata

from opencc import OpenCC

_MENTION = re.compile(r"@[^\s@,，:：]{1,20}(?:[\s\u2005]+|$)")
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufe0f\x00-\x08\x0b\x0c\x0e-\x1f]"
)
_SIMPLIFIED = OpenCC("t2s")
_WIDTH = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | {0x3000: 0x20, 0x00A0: 0x20, 0x2005: 0x20}
    | {ord("“"): '"', ord("”"): '"', ord("‘"): "'", ord("’"): "'", ord("「"): '"', ord("」"): '"'}
    | {ord("。"): ".", ord("、"): ",", ord("—"): "-", ord("～"): "~", ord("﹐"): ","}
    | {ord("俩"): "两", ord("仨"): "三"}
    | {0x2460 + n: str(n + 1) for n in range(9)}  # in a circle
)


def cleaned(text: str) -> str:
    """Return *text* without mentions and what cannot be seen; this is what slots are cut from."""
    return _MENTION.sub("", _INVISIBLE.sub("", text)).strip()


def plain(text: str) -> str:
    """Return *text* in one spelling, character for character."""
    simple: str = _SIMPLIFIED.convert(text)
    if len(simple) != len(text):
        simple = "".join(_one(char) for char in text)
    lowered = simple.translate(_WIDTH).lower()
    if len(lowered) != len(text):  # some capitals become two characters
        lowered = "".join(char.lower() if len(char.lower()) == 1 else char for char in simple)
        lowered = lowered.translate(_WIDTH)
    return lowered


def _one(char: str) -> str:
    simple: str = _SIMPLIFIED.convert(char)
    if len(simple) == 1:
        return simple
    wide = unicodedata.normalize("NFKC", char)
    return wide if len(wide) == 1 else char
