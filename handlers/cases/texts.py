"""What the bot says about cases of public opinion."""

from storage.models import Case
from storage.vocabulary import CaseMove, CaseState, CaseStep, Grade, Truth

NAME = "{number}号舆情《{title}》"
GRADES = {
    Grade.BLUE: "蓝色（一般）",
    Grade.YELLOW: "黄色（较大）",
    Grade.ORANGE: "橙色（重大）",
    Grade.RED: "红色（特别重大）",
}
COLOURS = {Grade.BLUE: "蓝", Grade.YELLOW: "黄", Grade.ORANGE: "橙", Grade.RED: "红"}
STATES = {
    CaseState.CLUE: "待立案",
    CaseState.REGISTERED: "已登记，待定级",
    CaseState.GRADED: "已定级，待交办",
    CaseState.ASSIGNED: "已交办，待签收",
    CaseState.ACKED: "已签收",
    CaseState.HANDLING: "处置中",
    CaseState.RESPONDED: "已回应",
    CaseState.WATCHING: "观察中",
    CaseState.CLOSED: "已办结",
    CaseState.MERGED: "已合并",
    CaseState.FALSE_ALARM: "误报",
    CaseState.NOT_OURS: "不属本单位，已转出",
    CaseState.REOPENED: "重新打开",
}
MOVES = {
    CaseMove.REGISTER: "登记",
    CaseMove.ADD: "新增来源",
    CaseMove.ALERT: "发出警报",
    CaseMove.PROPOSE: "建议定级",
    CaseMove.GRADE: "定级",
    CaseMove.ASSIGN: "交办",
    CaseMove.ACK: "签收",
    CaseMove.FACTS: "核实",
    CaseMove.PROGRESS: "续报",
    CaseMove.WORDING: "拟口径",
    CaseMove.APPROVE: "同意口径",
    CaseMove.REFUSE: "退回口径",
    CaseMove.ANSWER: "回应",
    CaseMove.REPORT_UP: "上报",
    CaseMove.INSTRUCT: "领导批示",
    CaseMove.ASK_CLOSING: "申请办结",
    CaseMove.WATCH: "转观察",
    CaseMove.CLOSE: "办结",
    CaseMove.FALSE_ALARM: "误报办结",
    CaseMove.FORWARD: "转出",
    CaseMove.MERGE: "合并",
    CaseMove.SPLIT: "拆分",
    CaseMove.DIFFER: "认定不是同一件事",
    CaseMove.REOPEN: "重新打开",
    CaseMove.OVERDUE: "超时",
    CaseMove.EXPLAIN: "超时原因",
    CaseMove.LINK: "关联",
    CaseMove.UNDO: "撤销",
}
STEPS = {
    CaseStep.GRADE: "定级",
    CaseStep.ACK: "签收",
    CaseStep.FACTS: "核实",
    CaseStep.PLAN: "处置方案和口径",
    CaseStep.ANSWER: "公开回应",
    CaseStep.PROGRESS: "续报",
}
TRUTHS = {
    Truth.UNKNOWN: "待核实",
    Truth.TRUE: "属实",
    Truth.PARTLY: "部分属实",
    Truth.UNTRUE: "不属实",
}

BOARD = (
    "在办舆情{count}起，超时{late}起，近3小时新增{recent}条。\n"
    "最热：{hottest}，热度{heat}，{trend}。{names}"
)
COMES_NEXT = {
    CaseState.CLUE: "定级、交办，没有这回事就按误报办结",
    CaseState.RESPONDED: "观察或办结",
    CaseState.WATCHING: "观察到{when}，没有反复就办结",
}
BOARD_LATE = "\n超时：{names}"
BOARD_EMPTY = "没有在办的舆情。"
NOT_FOUND = "没有找到{number}号舆情。发送 舆情列表 看编号。"
NONE_OPEN = "没有在办的舆情。要上报，发送 报舆情 内容。"
WHICH = "有{count}起，是哪一起？"
CANNOT = "{name}{state}，现在不能{act}。"
CANNOT_MERGED = (
    "{name}已并入{number}号舆情，现在不能{act}。"
    "要办请说{number}号；并错了发送 拆分舆情 {number} 条目编号。"
)
MAY_NOT = "您不能{act}{name}，{who}可以。"
_WHO = {
    CaseMove.GRADE: ("办公室、分管领导、主要领导", "分管领导、主要领导"),
    CaseMove.APPROVE: ("办公室、分管领导、主要领导", "分管领导、主要领导"),
    CaseMove.MERGE: ("办公室、舆情联络员、局领导",) * 2,
    CaseMove.SPLIT: ("办公室、舆情联络员、局领导",) * 2,
    CaseMove.DIFFER: ("办公室、舆情联络员、局领导",) * 2,
    CaseMove.REOPEN: ("办公室、舆情联络员、值班、局领导",) * 2,
    CaseMove.REPORT_UP: ("办公室、舆情联络员、值班、局领导",) * 2,
    CaseMove.INSTRUCT: ("办公室、带班领导、局领导",) * 2,
    CaseMove.REGISTER: ("办公室、舆情联络员、值班、局领导",) * 2,
}
_CLOSERS = {
    Grade.BLUE: "办公室、分管领导、主要领导",
    Grade.YELLOW: "办公室、分管领导、主要领导",
    Grade.ORANGE: "分管领导、主要领导",
    Grade.RED: "主要领导",
}
_HANDLERS = "承办科室、办公室、值班、局领导"
CLOSING = frozenset({CaseMove.CLOSE, CaseMove.FALSE_ALARM, CaseMove.FORWARD})


def closers(grade: Grade) -> str:
    return _CLOSERS[grade]


def may_not(move: CaseMove, case: Case, grade: Grade) -> str:
    """Say that a move is not the sender's, and whose it is."""
    if move in CLOSING:
        who = _CLOSERS[grade]
    else:
        light, grave = _WHO.get(move, (_HANDLERS, _HANDLERS))
        who = grave if grade in {Grade.ORANGE, Grade.RED} else light
    name = NAME.format(number=case.number, title=case.title)
    return MAY_NOT.format(act=MOVES[move], name=name, who=who)


# --- opened, added to ----------------------------------------------------------------------------

OPENED = "已登记{name}，建议{grade}{why}。{alerted}{next}"
OPENED_WITH = "此前同一件事的{count}条一并归入。"
PULLED_IN = "此前同一件事的{count}条"
WHY = "，依据：{why}"
ALERTED = "已告知{people}（{alert}）。"
ALERTED_LATER = "{when}告知{people}（{alert}）。"
ALERTED_NOBODY = "{alert}还没有能告知的人，管理员已知道，请电话联系办公室。"
NEXT_FINDER = "没人签收会逐级上报。有图片请接着发，补充情况发送 续报 {number} 内容。"
NEXT_GRADER = "请定级：定级 {number} {colour}；交办发送 交办 {number} 科室。有图片请接着发。"
ADDED = (
    "已并入{name}（共{count}条），{state}{alerted}。"
    "有图片请接着发，补充情况发送 续报 {number} 内容。"
)
ADDED_ENDED = (
    "已并入{name}（{state}）。认为要重新处理，请告诉办公室，或发送 重开舆情 {number} 原因。"
)
ADDED_BECAUSE = "，{because}，已再次告知"
REOPENED_BY_ITEM = "办结后又有新帖"
BECAUSE = {
    "graver": "级别升高",
    "media": "主流媒体介入",
    "casualties": "伤亡人数有变化",
    "spread": "来源翻倍",
    "asked": "有人要求再提醒",
}
ROUTED = "{name}（{grade}），主题：{topics}，按主题设置告知您。详情发送 舆情 {number}"
OF_SECTION = "这起先归{unit}，已按它告知；交给别的科室发送 交办 {number} 科室。"
OF_ANOTHER = "这起已交办{has}；要改由{unit}办，发送 交办 {number} {unit}。"
HANDING_PROPOSED = "交办{unit}要由{who}决定，已把您的建议告诉他们。"
TOLD_HANDING = "{who}建议把{name}交办{unit}。同意请发送 交办 {number} {unit}"
OFFICE = "办公室"
PERHAPS = (
    "（可能与{name}是同一件事，是的话发送 合并舆情 {this} {number}；"
    "不是发送 不是同一件事 {this} {number}）"
)
PERHAPS_OTHERS = "（可能与{name}是同一件事，已请{people}看）"
DOUBTED = (
    "{this}可能与{other}是同一件事，请看一下。\n"
    "是：发送 合并舆情 {one} {two}（{one}号并入{two}号）\n"
    "不是：发送 不是同一件事 {one} {two}，以后不再问。"
)
DOUBT = "{name}（{state}）"
ALARM = "{number}号舆情，{graded}。{facts}"
GRADE_BECAUSE = "{name}建议{grade}。\n依据：{why}{risk}\n{decided}"
RISK = "\n风险{risk}分（{parts}），与本单位相关{relevance}%"
NO_WORDS_FOUND = "没有匹配到主题词"
NOT_DECIDED = "还没有人定级，机器的建议不算数。"
SUGGESTS = "建议{grade}{why}"
DECIDED = "{who}定为{grade}"
ALARM_PHONE = "请同时打电话报告。"
ALARM_PLACE = "地点：{place}。"
ALARM_FIRST = "最早：{where}{when}。"
ALARM_COUNT = "共{count}条、{sources}个来源。"
ALARM_QUOTE = "“{words}”{url}"
ALARM_SOURCE = "舆情"
SILENT = "同类告警静默中，先不提醒。"
PICTURE = "图片已放进{name}。可以接着发。"
FILE_NOT = "舆情只收图片和截图，请截图后再发。"

# --- shown ---------------------------------------------------------------------------------------

LIST_EMPTY = "没有{which}的舆情。要上报，发送 报舆情 内容。"
LIST = "{which}舆情{count}起：\n{lines}\n看一起发送 舆情 编号；热度和超时发送 舆情看板。"
LIST_LINE = "{number}号【{colour}】{title}，{state}{late}"
LATE = "，超时：{steps}"
COUNTED = "{which}舆情{count}起（{grades}），超时{late}起。"
ASKED_WHICH = {
    "overdue": "超时",
    "unacked": "没签收",
    "open": "在办",
    "closed": "已办结",
    "": "在办",
}
SHOWN = "{name}，{state}\n{facts}\n{owed}{log}"
EARLIER = "{name}的经过：\n{log}"
MORE_LINES = "……发送 下一页 看更早的经过"
OWED_LINE = "{step}：{when}前{late}"
IS_LATE = "（已超时）"
DUE_STEP = "{name}{step}"
LINKED_INCIDENT = "紧急{number}号《{title}》"
LOG_LINE = "{when} {who}{what}{words}"
TOOK = "（用时{took}，限{limit}）"
TOOK_WORKING = "（用时{took}，限{limit}，按工作时间计）"
SYSTEM = "系统"
STANDING_IN = "{who}（代{absent}）"

# --- done ----------------------------------------------------------------------------------------

NEED_WORDS = "请写内容，例如：{usage}"
ACKED = "{who}已签收"
GRADED = "{name}已定为{grade}。{next}"
WHY_LOWERED = "定为{grade}"
GRADED_NEXT = "请交办：交办 {number} 科室。"
PROPOSED = "{name}定为{grade}要由{who}决定，已把您的建议告诉他们。"
TOLD_PROPOSED = "{who}建议{name}定为{grade}{why}。同意请发送 定级 {number} {colour}。"
TOLD_GRADED = "{name}由{who}定为{grade}{before}。"
GRADED_BEFORE = "（原{grade}）"
SAME_GRADE = "{name}已经是{grade}。"
WHICH_GRADE = (
    "定为哪一级？蓝色（一般）、黄色（较大）、橙色（重大）、红色（特别重大）。"
    "例如：定级 {number} 黄色"
)
ASSIGNED = "{name}已交办{unit}{due}，等{people}签收，{ack}内没人签收会逐级上报。"
ASSIGNED_DUE = "，{when}前回应"
ASSIGN_WHOM = "交办给哪个科室？没有找到“{said}”。例如：交办 {number} 物业科 明天下班前"
ASSIGN_OWN = "您只能把{name}交给本科室。"
ASSIGN_FIRST = "{name}已有人处理，改派请由办公室或领导定。"
TASK = "{number}号舆情交{unit}处置。{note}{graded}。\n{facts}"
TASK_DUE = "要求{when}前回应。"
TASK_NOTE = "要求：{note}。"
WHY_ASSIGNED = "已交办{unit}"
PROGRESSED = "已记下{name}的{what}。{next}"
FACTS_DONE = "核实结果：{truth}。"
TOLD_PROGRESS = "{name}续报（{who}）：{words}"
TOLD_FACTS = "{name}已核实（{who}）：{truth}。{words}"
NEXT = "下一步：{step}，{when}前。"
WORDED = "{name}的口径已送{people}审，同意后才能对外说。"
WORDING_NOBODY = "{name}的口径已记下，但没有能审的人，请联系办公室。"
CARD_SOURCE = "信使 · 舆情口径"
CARD_TITLE = "{number}号舆情口径"
CARD_BY, CARD_CASE, CARD_WORDS = (
    "拟稿人",
    "舆情",
    "也可回复：同意口径 {number}，或 退回口径 {number} 理由",
)
AGREE, REFUSE = "同意", "退回"
CARD_AGREED, CARD_REFUSED, CARD_OLD = "已同意", "已退回", "有新稿"
NO_WORDING = "{name}还没有拟好的口径。"
WORDING_OLD = "{name}的口径已换过，请看最新的：舆情 {number}"
WORDING_OWN = "口径由您拟的，要由别人审。"
WORDING_AGAIN = "{name}的口径已由{who}同意。"
APPROVED = "{name}的口径已同意，对外只按这个说：{words}"
TOLD_APPROVED = (
    "{name}的口径{who}已同意，可以对外发布：{words}\n发布后请发送 已回应 {number} 在哪里发的。"
)
REFUSED = "已退回{name}的口径。"
TOLD_REFUSED = "{name}的口径被{who}退回{reason}，请改后重发：口径 {number} 内容"
REFUSE_WHY = "退回请写理由，例如：退回口径 {number} 没有写时间"
ANSWERED = "已记下{name}{where}的回应。{next}"
ANSWER_NO_WORDING = "口径还没有人同意，这次回应已照实记下。"
ANSWER_WHERE = "在哪里回应的？例如：已回应 {number} 抖音官方号评论区"
TOLD_ANSWERED = "{name}已由{who}在{where}回应。"
REPORTED = "已记下{name}报{whom}。"
REPORT_WHOM = "报给谁？例如：舆情上报 {number} 区委宣传部"
INSTRUCTED = "已记下对{name}的批示。"
REMARKED = "领导有批示，建议不低于黄色（较大）。"
TOLD_INSTRUCTED = "{name}有批示（{who}记）：{words}"
WATCHED = "{name}转入观察，到{when}没有反复再办结。办结由{who}定。"
TOLD_WATCHED = "{name}处置完成，观察到{when}：{words}"
WATCH_OVER = (
    "{name}观察期到了，没有新情况请办结：办结舆情 {number} 结果；"
    "要再看，发送 观察舆情 {number} 3天。"
)
ASKED_CLOSING = "{name}已申请办结，等{people}决定。"
ASKED_CLOSING_NOBODY = "{name}已申请办结，但现在没有能决定的人，请联系办公室。"
TOLD_ASKED_CLOSING = (
    "{who}申请办结{name}：{words}。同意请发送 办结舆情 {number}；"
    "再看几天发送 观察舆情 {number} 3天。"
)
CLOSED = "{name}已办结{told}。2分钟内可发送 撤销。"
CLOSED_TOLD = "，已告诉{count}人"
TOLD_CLOSED = "{name}已由{who}办结：{words}。"
TOLD_FALSE = "{name}已由{who}按误报办结：{words}。"
TOLD_NOT_OURS = "{name}不属本单位，已由{who}转出：{words}。"
CLOSED_WHY = "处置完成"
FALSE_WHY = "误报要写依据，例如：误报 {number} 经核实是旧视频"
FALSE = "{name}已按误报办结{told}。2分钟内可发送 撤销。"
FORWARD_WHOM = "转给哪个单位？例如：转出舆情 {number} 邻区住建局 事发地不在本区"
FORWARDED = "{name}已转出{told}。2分钟内可发送 撤销。"
MERGE_WHICH = "并到哪一起？例如：合并舆情 {number} 5（把{number}号并入5号）"
MERGE_SELF = "不能并到自己。"
MERGED = "{name}已并入{into}，{count}条来源一起转过去。2分钟内可发送 撤销。"
TOLD_MERGED = "{name}已由{who}并入{into}。"
WHY_MERGED = "并入{number}号"
DIFFER_WHICH = "哪两起不是同一件事？例如：不是同一件事 {number} 5"
DIFFERED = "已记下，{one}和{two}不是同一件事，不再问。"
SPLIT_WHICH = "拆出哪个条目？例如：拆分舆情 {number} 12（条目12单独成一起）"
SPLIT_NOT = "条目{item}不在{name}里。"
SPLIT_LAST = "{name}只有这一个条目，不用拆。"
SPLIT = "条目{item}已从{name}拆出，{opened}"
REGISTERED = "条目{item}已立案：{opened}"
CLUE_NOT_YOURS = "条目由办公室、舆情联络员、值班和局领导立案。"
CLUE_NOT_FOUND = "没有找到条目{item}。"
CLUE_TAKEN = "条目{item}已在{name}里。"
REOPENED = "{name}已重新打开，{alerted}"
REOPEN_WHY = "为什么重新打开？例如：重开舆情 {number} 又有业主发视频"
EXPLAINED = "已记下{name}的超时原因。"
ENDED_BY_ALERT = "告警已解除：{why}"
WHY_UNDONE = "交办已撤销"
UNMERGED = "{name}的并入"
UNDO_NOTHING = "{name}两分钟内没有您能撤销的。"
UNDO_ACT = "撤销刚才的{what}"
UNDONE = "已撤销：{name}回到“{state}”。"
GONE_ON = "{name}后来又由{who}办过，不能撤销了。"
TOLD_UNDONE = "{who}撤销了刚才的{what}，{name}现在是“{state}”。"

LINK_FORM = "关联哪一起和哪一件？例如：关联舆情 3 紧急2，或 关联舆情 3 稿件12"
LINKED = "已把{name}和{other}关联，两边都看得到，级别变了互相告知。"
DRAFT_LINKED = "已把{other}关联到{name}，台账里看得到。"
LINKED_BEFORE = "{other}已经关联到{name}了。"
NOT_LINKED = "{other}没有关联到{name}。"
UNLINKED = "已取消{name}和{other}的关联。"
UNLINKED_WORDS = "取消{other}"
LINKED_DRAFT = "{number}号稿件《{title}》"
HIDDEN_DRAFT = "{number}号稿件"
TOLD_LINKED = "{name}由{who}关联到{incident}。"
TOLD_UNLINKED = "{name}由{who}取消与{incident}的关联。"
INCIDENT_GRADED = "{incident}（关联{name}）现在按{grade}处置。舆情要调级请发送 定级 {number} 颜色。"
INCIDENT_OVER = "{incident}（关联{name}）已办结：{why}。"
INCIDENT_NAME = "紧急{number}号《{title}》"
OF_INCIDENT = "{name}（{grade}，{state}）"

# --- clocks --------------------------------------------------------------------------------------

OVERDUE = "{name}（{colour}）{step}已超时{by}，限{limit}。{who}"
OVERDUE_SEVERAL = "{name}（{colour}）有几步已超时：\n{lines}\n晚了的原因发送 超时原因 {number} 原因"
OVERDUE_ONE = "{step}已超时{by}，限{limit}。{who}"
OVERDUE_NOTE = "超时{by}，限{limit}"
OVERDUE_HOW = {
    CaseStep.GRADE: "请定级：定级 {number} {colour}",
    CaseStep.ACK: "请签收。",
    CaseStep.FACTS: "请核实：核实 {number} 属实/不属实 情况",
    CaseStep.PLAN: "请报方案和口径：口径 {number} 内容",
    CaseStep.ANSWER: "请回应，回应后发送 已回应 {number} 在哪里",
    CaseStep.PROGRESS: "请续报：续报 {number} 内容",
}
EXPLAIN_HINT = "；晚了的原因发送 超时原因 {number} 原因"
WARNED = (
    "{name}（{colour}）公开回应时限已过{part}%，还剩{left}，{when}前。发送 已回应 {number} 在哪里。"
)
HOURS, MINUTES = "{hours}小时", "{minutes}分钟"
DAYS = "{days}天"
REOPEN_WHICH = "重开哪一起？例如：重开舆情 3 又有业主发视频"
LEDGER_WHERE = "舆情台账（Excel，{period}的）在网页上下载。在办的舆情发送 舆情列表。"
LEDGER_NOT_YOURS = "舆情台账由办公室、舆情联络员和局领导导出。您能看的舆情发送 舆情列表。"
