"""What is said about messages themselves: who did not get one."""

from handlers.kit.meaning import Heard, Meaning, Slots, cue, declared
from handlers.kit.slots import ids, number


def _drafts(heard: Heard) -> Slots:
    return {} if "约稿" in heard.plain else ids(heard)


undelivered = Meaning(
    name="undelivered",
    words=("没收到",),
    cues=(
        cue(
            r"(?:谁|哪些人?|哪几个人?|哪个人?|有没有人?|还有谁)(?:还|都)?没有?(?:收到|接到|通知到|发到|送到)",
            9,
            unless="稿子|回复|反馈|批示",
        ),
        cue(r"(?:都|大家)(?:收到|送到|通知到)了?(?:吗|没有?|么|不)", 7, during="-"),
    ),
    slots=(number("call_id", "约稿", during="call"), _drafts),
)

DECLARED = declared(__file__, undelivered)
