"""What the bot says about calls for drafts."""

from handlers.rules.calls import PartMove
from storage.vocabulary import CallStatus, PartState

STATES = {
    PartState.RECEIVED: "待认领",
    PartState.CLAIMED: "已认领",
    PartState.DECLINED: "有困难",
    PartState.NO_CONTENT: "无内容",
    PartState.SUBMITTED: "已交",
    PartState.LATE: "迟交",
    PartState.MISSED: "未完成",
    PartState.EXCUSED: "免交",
    PartState.REASSIGNED: "已改派",
    PartState.CANCELLED: "已取消",
}
OVERDUE = "逾期"
NAME = "{number}号约稿《{topic}》"

# --- ordering

NO_TOPIC = "约什么稿？请一条说全，例如：约稿 节前燃气检查做法 周五下班前 物业科 燃气科 各1篇"
LONG_TOPIC = "题目有{characters}字，太长了（最多{limit}字）。角度和要求请换行写：角度：…"
ASK_DEADLINE = "{topic}什么时候交？请直接回复时间，例如：周五下班前。不约了发送 取消。"
ASK_UNITS = "{topic}约哪些科室？请直接回复，例如：物业科和燃气科；或：各科室。不约了发送 取消。"
NO_TIME = "没看懂“{said}”是什么时间。请发送：约稿 {topic} 周五下班前 {units}"
PAST = "{when}已经过去了，没有约稿。请换个时间再发一次。"
TOO_FAR = "{when}太远了，只能约一年以内的稿。"
UNKNOWN_UNITS = "本局没有“{names}”，没有约稿。{hint}请改好科室名再发一次。"
HINT = "是不是{names}？"
NO_UNITS = "没有可以约稿的科室：还没有科室有信息员。"
MAY_NOT_ORDER = "约稿由办公室和局领导下达；值班员只能下紧急约稿（紧急约稿 题目 时间 科室）。"
ISSUED = "已下{name}：{units}{each}，{due}前交。{outward}{told}{nobody}\n{undo}"
EACH = "各{pieces}篇"
UNEVEN = (
    "一个约稿里各科室篇数要一样。篇数不同请分开下，例如：约稿 节前燃气检查 周五下班前 燃气科 各2篇"
)
OUTWARD = "{source}要求{outward}，提前到{due}是留给审核。"
OUTWARD_SAME = "{source}要求的时间很紧，没有留审核的时间。"
SELF = "对外"
DAY_OFF = "（{when}是休息日）"
TOLD = "已通知{who}。"
NOBODY = "{units}没有信息员和负责人，通知不到，请管理员补充。"
UNDO = "下错了，两分钟内发送 撤销。"

# --- the notice

CARD_SOURCE = "信使 · 约稿"
CARD_TITLE = "{number}号约稿"
CARD_URGENT = "{number}号约稿（紧急）"
FACT_DUE = "交稿截止"
FACT_SOURCE = "约稿单位"
FACT_UNITS = "约稿科室"
FACT_LENGTH = "字数"
FACT_COUNT = "篇数"
FACT_WEIGHT = "权重"
SOURCE_OUTWARD = "{source}（{outward}要）"
WEIGHT = "按{weight}篇计"
ANGLE = "要求：{angle}\n"
CARD_WORDS = "也可回复：认领 {number} / 无内容 {number} / 有困难 {number} 原因"
CLAIM, NOTHING, DECLINE = "认领", "无内容", "有困难"

# --- what units answer

NOT_FOUND = "没有找到{number}号约稿。发送 约稿 看有哪些。"
WHICH = "哪一个约稿？{listed}请说编号，例如：认领 {number}"
NOTHING_OF_WHICH = (
    "{listed}还没交。对它没有内容请发送 无内容 {number}；本月没有别的可报请发送 本月零报告。"
)
NONE_OPEN = "您科室现在没有要交的约稿。"
NOT_ASKED = "{name}没有派给您科室，{units}有。要接请办公室改派。"
WHICH_UNIT = "替哪个科室办？请说科室，例如：{number}号约稿{unit}认领"
RECEIVED = (
    "已记下您看到了{name}，还没有人认领。由您科室写请发送 认领 {number}，{due}前交；"
    "没有内容发送 无内容 {number}，写不了发送 有困难 {number} 原因。"
)
CLAIMED = (
    "已认领{name}，{due}前交{pieces}篇。写好提交后（或正在写时）发送 应约 {number}，就算交了。"
)
DECLINED = "已告诉办公室：{unit}写{name}有困难（{words}）。办公室答复以前，这篇仍要按时交。"
NO_CONTENT = "已登记：{unit}对{name}没有内容可报。办公室认为要报会再找您。"
ASK_DIFFICULTY = (
    "{name}有什么困难？请直接回复，例如：这项工作归燃气科；或：时间太紧，再要两天。"
    "也可发送：有困难 {number} 原因"
)
ALREADY = "{name}{unit}{state}{who}。"
ALREADY_BY = "（{who} {when}）"
CANNOT = {
    PartMove.CLAIM: "不用再认领",
    PartMove.DECLINE: "不能再推",
    PartMove.NOTHING: "不用再报无内容",
    PartMove.EXTEND: "不用延期",
    PartMove.INSIST: "不用再催要",
    PartMove.EXCUSE: "不用免交",
    PartMove.REASSIGN: "不能改派",
    PartMove.MISS: "不能记为未完成",
}
CARD_SETTLED = {
    PartState.CLAIMED: "已认领",
    PartState.DECLINED: "已报有困难",
    PartState.NO_CONTENT: "已报无内容",
    PartState.SUBMITTED: "已交稿",
    PartState.LATE: "已交稿",
    PartState.MISSED: "已记未完成",
    PartState.EXCUSED: "已免交",
    PartState.REASSIGNED: "已改派",
    PartState.CANCELLED: "已取消",
}
SETTLED_NOTE = "settled"
TOLD_DECLINED = (
    "{unit}（{who}）写{name}有困难：{words}。{suggested}\n"
    "请答复：改派约稿 {number} {unit} 给{to} / 延期约稿 {number} {unit} 新时间"
    " / 免交约稿 {number} {unit} / 要交约稿 {number} {unit}"
)
SUGGESTED = "建议由{unit}写。"
OTHER_UNIT = "某科"
TOLD_NO_CONTENT = (
    "{unit}（{who}）对{name}没有内容可报{words}。认为要报请发送：要交约稿 {number} {unit}"
)

# --- reminders

REMIND = "{name}{due}截止，还差{left}篇（{unit}{state}）。{next}"
NEXT_CLAIM = "请发送 认领 {number}；无内容 {number} / 有困难 {number} 原因 也要回一声。"
NEXT_WRITE = "写好提交后发送 应约 {number}。"
OVERDUE_UNIT = (
    "{name}已过截止时间（{due}），{unit}还差{left}篇。请尽快提交并发送 应约 {number}，"
    "写不了请发送 有困难 {number} 原因。"
)
UNCLAIMED_HEAD = "{name}发到{unit}后还没有人认领，{due}截止。请安排人写，并发送 认领 {number}。"
UNCLAIMED_OFFICE = "{name}还没有人认领：{units}，{due}截止，已提醒科室负责人。"
OVERDUE_OFFICE = (
    "{name}逾期未交：{units}（截止{due}）。可发送 催约稿 {number}、延期约稿、免交约稿。"
)
ALL_IN = "{name}都有结果了：{summary}。"

# --- lists

DUE = "{name} {unit}交稿"
LIST_MINE = "您科室要交的约稿（{count}个）：\n{lines}"
LINE_MINE = "{name} {due}截止，{left}篇，{state}"
LIST_ALL = "没办结的约稿（{count}个）：\n{lines}"
LIST_FOUND = "符合的约稿（{count}个）：\n{lines}"
LINE_ALL = "{name} {due}截止，交{done}/{ordered}：{units}"
NONE = "现在没有要交的约稿。"
NONE_FOUND = "没有符合的约稿。发送 约稿 看没办结的。"
MORE_LINES = "……还有{count}个，见网页"
DETAIL = "{name}（{who} {when}下达{source}）\n{due}截止，每科{pieces}篇{more}\n{lines}"
DETAIL_LINE = "{unit}：{state}{aside}"
EXTENDED_TO = "，延到{due}"
"""What follows the state of a unit whose deadline is its own."""

# --- answering

BOUND = "{draft}写好提交后就算{name}的交稿。"
BOUND_BEFORE = "{draft}已经是{name}的交稿。"
ANSWERED = "已算{name}按时交稿。"
ANSWERED_LATE = "已算{name}交稿，过了截止时间，记为迟交。"
ANSWERED_SOME = "已算{name}的一篇，还差{left}篇。"
ANSWERED_MORE = "已算{name}的交稿。"
ASK_WHETHER = (
    "您科室的{name}还没交，这篇是应约的吗？"
    "请回复 是 或 不是（以后也可发送 应约 {number} {draft}）。"
)
NO_DRAFT = "用哪篇稿件应{name}？先发送 投稿 标题，换行写正文；正在写或写好后发送 应约 {number}。"
GONE = "{draft}已撤回，不能算约稿的交稿。"

# --- afterwards

MAY_NOT_STEER = "{name}由办公室和局领导安排，您科室可以发送 认领、无内容、有困难。"
WHICH_ACT = "要怎么办？请说编号和办法，例如：取消约稿 5 / 改派约稿 5 物业科 给燃气科 / 催约稿 5"
STEER_WHICH = "{name}约了{units}，请说是哪个科室。"
STEER_NOBODY = "{name}没有科室可以这样办（{units}）。发送 看约稿 编号 看各科室到了哪一步。"
NOTHING_OWED = "{name}没有还要交的科室。"
CANCELLED_CALL = "已取消{name}，已告诉收到的人。弄错了可发送 要交约稿 {number} 科室。"
CANCELLED_PARTS = "已取消{name}里{units}的部分，已告诉收到的人。"
TOLD_CANCELLED = "{who}取消了{name}{reason}，不用再写。"
EXCUSED = "已记：{name}{units}免交（已迟交的不计迟交），已告诉科室。"
TOLD_EXCUSED = "{name}您科室免交{reason}，不用再写。"
TOLD_FORGIVEN = "{name}您科室的迟交不计了{reason}。"
INSISTED = "已告诉{units}：{name}仍要在{due}前交。"
MISS_HOW = "请说科室和原因，例如：未完成约稿 {number} 物业科 多次催交未交"
NOT_YET_DUE = "{name}还没到截止时间，不能记为未完成。"
MISSED = "已记：{name}{units}未完成（{reason}），已告诉科室。"
TOLD_MISSED = "{name}记为未完成{reason}，由{who}登记。有异议请与办公室联系；补交了发送 应约。"
REASSIGN_HOW = "请说从哪个科室改到哪个科室，例如：改派约稿 {number} 物业科 给燃气科"
REASSIGNED = "已把{name}从{old}改派给{new}，两个科室都已通知。"
TOLD_REASSIGNED = "{name}改由{to}写{reason}，您科室不用再写。"
NUDGED = "{who}催交{name}，{due}截止，还差{left}篇。写好发送 应约 {number}。"
NUDGING = "已催{units}交{name}。"
PAST_EXTENSION = "{when}已经过去了，没有延期。请换个时间。"
EXTENDED = "已把{name}{units}的交稿时间延到{when}，已告诉科室。{aside}"
AFTER_OUTWARD = "注意：晚于对外要求的时间。"
TOLD_EXTENDED = "{who}同意{name}延期，{when}前交。写好发送 应约 {number}。"
EXTEND_TO_WHEN = "延到什么时候？请说时间，例如：{number}号约稿延到周五下班前"
ASKED_EXTENSION = "已向办公室申请把{name}延到{when}。答复以前仍按{due}交。"
CARD_EXTENSION = "{number}号约稿申请延期"
FACT_UNIT, FACT_NOW, FACT_WANTED = "科室", "现在截止", "想延到"
EXTENSION_WORDS = "也可回复：延期约稿 {number} {unit} {when}"
AGREE, REFUSE = "同意延期", "不同意"
CARD_AGREED, CARD_REFUSED = "已同意延期", "不同意延期"
REFUSED_EXTENSION = "已回复：{name}{unit}不延期。"
TOLD_REFUSED = "{who}没有同意{name}延期，请仍在{due}前交。"
UNDONE = "已撤销：{name}{unit}又是{state}。"
UNDONE_ISSUE = "已撤销{name}，已告诉收到的人。"
NOT_UNDOABLE = "{name}的这一步不能撤销。可以另发一条改过来，例如：要交约稿 {number} 科室。"
GONE_ON = "{name}{who}已经接着办了，不能撤销。"

# --- pages

STATUS = {
    CallStatus.OPEN: "没办结",
    CallStatus.SETTLED: "已办结",
    CallStatus.CANCELLED: "已取消",
}
FACT_ORDERED, FACT_OUTWARD = "下达", "对外截止"
STEER_BUTTONS = {
    "nudge": (PartMove.MISS, "催一下"),
    "extend": (PartMove.EXTEND, "延期"),
    "reassign": (PartMove.REASSIGN, "改派"),
    "insist": (PartMove.INSIST, "仍要交"),
    "excuse": (PartMove.EXCUSE, "免交（迟交不计）"),
    "miss": (PartMove.MISS, "记未完成"),
    "cancel": (PartMove.CANCEL, "取消这个科室的"),
}
"""What whoever ordered can press: the move that must be open to the part, and the words."""
UNSEEN = "没有找到这个约稿。"
WHY_DIFFICULT = "请写明有什么困难，或该由哪个科室写。"
INNER_AFTER_OUTWARD = "交稿截止不能晚于对外截止。"
HISTORY = {
    "issue": "下达",
    "receive": "看到了",
    "claim": "认领",
    "decline": "报有困难",
    "nothing": "报无内容",
    "answer": "交稿",
    "answer_late": "迟交",
    "take_back": "撤回了交稿",
    "extend": "延期",
    "insist": "仍要交",
    "excuse": "免交",
    "reassign": "改派给别的科室",
    "miss": "记为未完成",
    "cancel": "取消",
    "nudge": "催办",
    "ask_extension": "申请延期",
    "refuse_extension": "没有同意延期",
    "undo": "撤销上一步",
}
HISTORY_LINE = "{when} {who} {unit}{did}{reason}"
SERVICE = "系统"
