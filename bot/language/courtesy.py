"""What surrounds a request: 小宣你好, 麻烦 ... 谢谢。 It says how, not what."""

import re

_BEFORE = re.compile(
    r"(?:(?:(?:办公室|各位|老师|同志)(?:们)?(?:您好|你好|好)(?=[\s,.!~])|小宣|信使|机器人|您好|你好|hi|hello|嗨|请问|打扰(?:一下|了)?|不好意思|劳驾|拜托)"
    r"(?:[\s,.!~:]+|(?=麻烦))|(?:麻烦|劳烦|辛苦)(?:你|您)(?:们)?(?:帮我?|给我?|帮忙)?[\s,]*"
    r"|麻烦(?!死|事|大|了|啊|$)(?:帮我?|给我?|帮忙)?[\s,]*)+"
)
_AFTER = re.compile(
    r"(?:[\s,.!~]*(?:谢谢(?:你|您|啦|了|小宣)?|多谢(?:了)?|感谢|谢啦|谢了"
    r"|辛苦(?:了|啦|您了|你了)?|拜托(?:了|啦)?|麻烦(?:了|你了|您了|啦)|🙏|🌹|\[玫瑰\]|\[抱拳\])"
    r"[\s,.!~]*)+$|[哈呀哦噢啦嘞哟]?[\s.!~]+$|(?<![哈哎啊呵好])[哈呀哦噢啦嘞哟]$"
)
_READ = 40  # characters; the full stop of a longer text belongs to it
_LEAST = 1


def without_courtesy(plain: str) -> tuple[int, int]:
    """Return where the request itself begins and ends; the whole text if nothing would be left."""
    begin = found.end() if (found := _BEFORE.match(plain)) else 0
    end = len(plain)
    if len(plain) <= _READ and "\n" not in plain:
        while found := _AFTER.search(plain, begin, end):
            end = found.start()
    return (begin, end) if end - begin >= _LEAST and plain[begin:end].strip() else (0, len(plain))
