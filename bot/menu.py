"""The app's menu: what people would otherwise type. Names fit WeCom's 16 and 40 bytes."""

from bot.routing import SAY

MENU = (
    (
        "稿件",
        (
            ("我的稿件", f"{SAY}我的稿件"),
            ("提交正在写的", f"{SAY}完成"),
            ("配额", f"{SAY}配额"),
        ),
    ),
    ("待审", (("待审", f"{SAY}待审"),)),
    ("帮助", (("帮助", f"{SAY}帮助"),)),
)
