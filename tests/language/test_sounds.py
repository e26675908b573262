"""How characters sound is kept in a file, because the package that knows it is large."""

from pypinyin import lazy_pinyin

from bot.language import slips


def test_every_character_sounds_as_pypinyin_says() -> None:
    every = "".join(map(chr, range(slips._FIRST, slips._LAST + 1)))
    assert slips._sounded(every) == [lazy_pinyin(each)[0] for each in every]
