"""What is said about clues."""

from storage.vocabulary import ClueStatus

EMPTY = (
    "请写看到了什么，可带链接，例如：线索：某市燃气事故致3人受伤 https://…\n"
    "看报过的和待办的，发送 信息线索。"
)
KEPT = "信息线索{number}已记下（{category}）：{words}{link}\n办公室会看，怎么办了告诉您。"
LINK = " {url}"
NO_LINK = "（没有链接）"
FOUND = "信息线索{number}（{category}，{finder}）：{words}{link}"
KEPT_BEFORE = (
    "{number}号信息线索已经在了，没有另记。办理：线索成稿 {number}、线索约稿 {number}、"
    "合并线索 {number} 5、办结线索 {number} 理由。要报新的，发送 线索：看到的内容"
)
HOW = "\n办理：线索成稿 {number}、线索约稿 {number}、合并线索 {number} 5、办结线索 {number} 理由"
NONE = "没有待办的信息线索。报一条：线索：看到的内容 链接"
NONE_OWN = "您还没有报过信息线索。报一条：线索：看到的内容 链接"
LIST = (
    "待办的信息线索{count}条：\n{lines}\n"
    "办理：线索成稿 3、线索约稿 3、合并线索 3 5、办结线索 3 理由"
)
LIST_OWN = "您报的信息线索：\n{lines}"
LINE = "{number}. [{category}] {words}（{finder}，{when}）"
LINE_OWN = "{number}. {words}：{state}"
NOT_YOURS = "信息线索由办公室办理。"
NO_SUCH = "没有信息线索{number}。发送 信息线索 看编号。"
SETTLED = "信息线索{number}已经{state}。"
SAME = "同一条线索不能并入自己。"
FORM = "请写两个编号，例如：合并线索 3 5（把3并入5）"
NO_WHY = "请写理由，例如：办结线索 3 已有同类信息"
MERGED = "信息线索{number}已并入{into}：{words}"
CLOSED = "信息线索{number}已办结：{why}"
DRAFTED = "信息线索{number}采纳成稿，已告诉{finder}。\n{said}"
CALLED = "信息线索{number}采纳约稿，已告诉{finder}。\n{said}"
TOLD_MERGED = "您报的信息线索{number}《{words}》和信息线索{into}是一件事，已合并办理。"
TOLD_CLOSED = "您报的信息线索{number}《{words}》办结：{why}。"
TOLD_DRAFTED = "您报的信息线索{number}《{words}》被采纳，{by}在写稿。"
TOLD_CALLED = "您报的信息线索{number}《{words}》被采纳，{by}在约稿。"
TOLD_REOPENED = "您报的信息线索{number}《{words}》刚才的办理已撤销，重新待办。"
UNDONE = "已撤销：信息线索{number}《{words}》重新待办。"
STAYS = {
    ClueStatus.DRAFTED: "\n已开始的稿件还在写，不要了发送 取消。",
    ClueStatus.CALLED: "\n已开始的约稿还在问，不要了发送 取消。",
}
STATES = {
    ClueStatus.OPEN: "待办",
    ClueStatus.MERGED: "合并办理",
    ClueStatus.DRAFTED: "采纳成稿",
    ClueStatus.CALLED: "采纳约稿",
    ClueStatus.CLOSED: "办结",
}
STATE_WHY = "{state}：{why}"
