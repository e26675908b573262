"""What the bot says about bulletins."""

from storage.vocabulary import IssueStatus

STATUS = {
    IssueStatus.DRAFTING: "编辑中",
    IssueStatus.SIGNED: "已签发",
    IssueStatus.DISTRIBUTED: "已印发",
}
OFFERED = "待签发"
DEFAULT_SERIES = "工作简报"
CHANNEL = "本局简报"

CALLED = "《{series}》第{number}期"
CALLED_WHOLLY = "《{series}》第{number}期（总第{total}期）"
ISSUE = "第{number}期"
ISSUE_OF = "《{series}》{year}年第{number}期"

ONLY_OFFICE = "简报由办公室编。您的稿件签发后，请告诉办公室。"
NO_ISSUE = "没有找到第{number}期。发送 简报 看各期；新编一期发送：编入第{number}期 12号 15号"
NO_SERIES = "没有《{series}》。现有：{names}。要新办一种，请在网页上登记：发送 简报 打开网页。"
WHICH_SERIES = "是哪一种的第{number}期？请回复序号："
WHICH_DRAFTS = "编入哪几篇？请写编号，例如：编入第{number}期 12号 15号"
GAP = "{called}还没有，上一期是第{last}期。要新编第{number}期吗？请回复 是 或 不是。"
NOT_SIGNED = "{name}{status}，签发了的稿件才能编入，这次都没有编入。"
BARRED = "{name}签发时注明“{note}”，不能编入简报，这次都没有编入。"
IN_ANOTHER = "{name}已编在{issue}里，这次都没有编入。要换到这一期，先移出那一期。"
CLOSED = "{called}{status}，不能再改。{advice}"
REOPEN = "要改请先发送：退签第{number}期 原因"
CLOSED_FOR_GOOD = "印发后的内容留档，不再改。"
BEGUN = "新建{called}。"
ADDED = "已编入{called}：{names}。两分钟内可发送 撤销。\n{listed}"
ALREADY_IN = "{names}原来就在。"
LIST = "{called} {status}，共{count}篇：\n{lines}"
LIST_EMPTY = "{called} {status}，还没有稿件。编入请发送：编入第{number}期 12号 15号"
LINE = "{place}. {number}号《{title}》 {source}{gone}"
GONE = "（原稿已撤下）"
NEXT = {
    "compile": (
        "调整发送：第{number}期 {last}号 提到最前；改字发送：第{number}期 {last}号 把A改成B；"
        "编好发送：送签第{number}期"
    ),
    "sign": "同意请发送：签发第{number}期；不同意请发送：退签第{number}期 原因",
    "print": "印好后请发送：印发第{number}期 给 各科室",
}
SIGNED_LINE = "{who}{when}签发"
IN_PLACE_OF = "{who}（代{absent}）"
DISTRIBUTED_LINE = "{when}印发给{to}"
UNSIGNED_AGAIN = "送签的内容变了，请重新送签。"

NOT_IN = "{called}里没有{number}号。现在有：{names}。"
WHICH_ITEM = "第{number}期里的哪一篇？请写编号，例如：第{number}期 15号 提到最前"
WHERE_TO = (
    "把{item}放到哪里？例如：第{number}期 {draft}号 提到最前 / 放到第2 / 放到12号前面。"
    "改字请写：把A改成B"
)
MOVED = "已把{item}放到第{place}。\n{listed}"
DROPPED = "已从{called}移出{names}。两分钟内可发送 撤销。\n{listed}"
EDITED = "已改{called}里的{item}：{changes}\n原稿不变，印发时作者会看到改动。"
UNCHANGED = "没有看出要改什么，没有改。"
MARKED = "发现涉密标志“{mark}”，没有改。请核实。"

NOTHING_TO_SIGN = "{called}还没有稿件，不能送签。"
HAS_GONE = "{names}的原稿已撤下，请先移出：移出{called} {first}号"
NO_SIGNER = "没有能签发的人：分管办公室的领导和主要领导都没有设置，或者都参与了编辑。请联系管理员。"
OFFERED_TO = "已把{called}送{who}签发，Word 预览稍后发给对方和您。内容再改需要重新送签。"
OFFERED_ALREADY = "{called}已经送签，等{who}签发。"
CARD_SOURCE = "信使 · 简报签发"
CARD_TITLE = "{called} 待您签发"
CARD_WORDS = "也可回复：签发第{number}期 / 退签第{number}期 原因。"
SIGN, SEND_BACK = "签发", "退回"
NOT_OFFERED = "{called}还没有送签。"
CHANGED_SINCE = "{called}在送签后又改过，请等重新送签，看了新的再签发。"
NOT_YOURS_TO_SIGN = "您不能签发{called}，{who}可以。"
YOUR_OWN_HAND = "您参与了{called}的编辑，不能自己签发，{who}可以。"
NOBODY = "别的领导"
SIGNED = "已签发{called}，共{count}篇。已告诉{told}。两分钟内可发送 撤销。"
SIGNED_TOLD = "{called}已由{who}签发。印好后请发送：印发第{number}期 给 各科室"
ALREADY_SIGNED = "{called}已由{who}签发，不用再处理。"
ASK_WHY = "退回{called}，原因是什么？请发送：退签第{number}期 原因"
SENT_BACK = "已退回{called}，原因：{reason}。已告诉{told}。"
SENT_BACK_TOLD = "{called}被{who}退回：{reason}。改好后请重新发送：送签第{number}期"
CARD_DONE = {"signed": "已签发", "back": "已退回", "changed": "已改动", "withdrawn": "已撤回送签"}
NOTHING_TO_SEND_BACK = "{called}没有送签，也没有签发，不用退回。"
NOT_YOURS_TO_SEND_BACK = "您不能退回{called}，签发人或办公室可以。"

NOT_SIGNED_YET = "{called}还没签发，不能印发。请先送签：送签第{number}期"
ALREADY_OUT = "{called}已于{when}印发给{to}。"
TO_WHOM = "印发给谁？例如：印发第{number}期 给 局领导、各科室"
DISTRIBUTED = (
    "已登记：{called}印发给{to}。{count}篇按{channel}采用登记，已告诉作者刊用时的改动。{more}"
)
NO_CHANNEL = "渠道名单里的{channel}停用了，不能登记采用。请管理员启用后再印发。"
PREVIEW = "{called}的 Word 预览稍后发给您。"
FILE = "{series}第{number}期.docx"

TAKEN_OUT = "{name}已撤下，已从{called}移出{again}。"
AGAIN = "，请重新送签"
TAKEN_DOWN_LATER = "{name}已撤下，但{called}{status}，里面有这一篇。请收回或更正：{advice}"
RECALL_SIGNED = "退签第{number}期 原因，再移出"
RECALL_PRINTED = "请联系收件单位（{to}）"

ISSUES = "简报：\n{lines}"
ISSUES_LINE = "《{series}》第{number}期（总第{total}期） {status}，{count}篇"
ISSUES_NONE = "还没有简报。办公室发送 编入第1期 12号 15号，就新编一期。"
SERIES_BEGUN = "已登记《{name}》。编入请发送：编入《{name}》第1期 12号"
SERIES_CHANGED = "已改《{name}》的印发信息。"
SERIES_THERE = "已有《{name}》。"
SERIES_UNNAMED = "请填写名称。"
TOTAL_CHANGED = "{called}的总期数改为{total}。"
TOTAL_TAKEN = "总第{total}期已经有了，没有改。"
ITEM_CHANGED_SINCE = "这一篇刚被别人改过，没有保存。请看新的再改。"
EMPTY_TEXT = "标题和正文不能为空，没有保存。"
DID_NOTHING = "没有要办的事。"
UNDONE_ADD = "已撤销：刚才编入的稿件已从{called}拿出来。\n{listed}"
UNDONE_BEGIN = "已撤销：刚才新建的{called}不要了，稿件也没有编入。"
UNDONE_DROP = "已撤销：刚才移出的稿件已放回{called}。\n{listed}"
UNDONE_OFFER = "已撤销：{called}不送签了，接着编。编好再发送：送签第{number}期"
UNDONE_SIGN = (
    "已撤销：{called}还没签发，仍等签发。已告诉{told}。同意请发送：签发第{number}期；"
    "不同意请发送：退签第{number}期 原因"
)
SIGN_UNDONE_TOLD = "{who}撤销了刚才对{called}的签发，请先不要印发，等重新签发。"
GONE_ON = "{called}后来又由{who}动过，撤销不了。请直接调整。"
NOT_UNDOABLE = {
    "bulletin:order": "{called}的顺序不能撤销，请再调整一次。",
    "bulletin:edit": "{called}里改的字不能撤销，请再改回来。",
    "bulletin:send_back": "{called}已退回，撤销不了。请办公室重新送签：送签第{number}期",
    "bulletin:distribute": "{called}已印发，撤销不了。内容有误请联系收件单位。",
}
NOT_UNDOABLE_ELSE = "{called}刚才的改动不能撤销，请再改一次。"
