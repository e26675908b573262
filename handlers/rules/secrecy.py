"""保密: find a mark of secrecy. One is a hard stop: the text goes no further, unstored.

A false alarm costs a rewording and a miss cannot be undone, so 绝密, 机密, 密级 and the marks of
internal papers stop wherever they stand. 秘密 and 内部 are everyday words, and stop only in the
shapes that a document's mark takes.
"""

import re
import unicodedata

_GAP = r"[^\S\n]*"  # spaces within a line


def _spaced(mark: str) -> str:
    return _GAP.join(mark)


_STAR = "[★☆⭐✩✪*]"
_TERM = rf"(?:[0-9]+{_GAP}(?:年|个月|天)|长期)"
_SECRET = _spaced("秘密")
_HANDED_IN = rf"(?:投稿{_GAP}:?{_GAP})?"  # a paper's first line comes behind the command's word
_IN_BRACKETS = rf"[【〖\[({{「『〔]{_GAP}%s{_GAP}[】〗\])}}」』〕]"

# 手机密码, 拒绝密切接触, 洗衣机密封圈: the two characters belong to two words.
_NOT_OF_ANOTHER_WORD = "(?![码钥切集布封度室接林闭谋植])"

# The gravest first: a text with several marks is named by its worst.
_MARKS = {
    "绝密": _spaced("绝密") + _NOT_OF_ANOTHER_WORD,
    "机密": _spaced("机密") + _NOT_OF_ANOTHER_WORD,
    "秘密": "|".join(
        (
            rf"{_SECRET}{_GAP}{_STAR}",
            rf"^{_GAP}{_HANDED_IN}{_SECRET}{_GAP}(?:{_TERM}{_GAP})?$",
            _IN_BRACKETS % _SECRET,
        )
    ),
    "密级": rf"(?<![亲加紧精高]){_spaced('密级')}(?!配)",  # 亲密级, 加密级, 密级配沥青
    "内部文件": _spaced("内部文件"),
    "内部资料": _spaced("内部资料"),
    "注意保存": _spaced("注意保存"),
    "内部": _IN_BRACKETS % _spaced("内部"),
}
_PATTERNS = {mark: re.compile(pattern, re.MULTILINE) for mark, pattern in _MARKS.items()}

# Every mark has one of these, whatever is put between its characters; most texts have none.
_KEYS = frozenset("密内內注")

_SIMPLIFIED = str.maketrans("絕機祕級內資個長", "绝机秘级内资个长")
_INVISIBLE = frozenset({"Cf", "Mn", "Me"})  # zero-width, direction and variation marks, accents


def secrecy_mark(text: str) -> str | None:
    """Return the gravest mark of secrecy in *text*, by its plain name, or None."""
    if _KEYS.isdisjoint(unicodedata.normalize("NFKC", text)):
        return None
    plain = _plain(text)
    return next((mark for mark, found in _PATTERNS.items() if found.search(plain)), None)


def _plain(text: str) -> str:
    """Undo what hides a mark: odd widths, old forms, invisible characters, odd line ends."""
    lines = "\n".join(unicodedata.normalize("NFKC", text).splitlines())
    seen = (char for char in lines if unicodedata.category(char) not in _INVISIBLE)
    return "".join(seen).translate(_SIMPLIFIED)
