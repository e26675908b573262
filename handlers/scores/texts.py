"""What is said about points."""

from collections.abc import Mapping
from decimal import Decimal

from storage.vocabulary import AppealStatus

SCORE = "{unit}{period}得分{points}分（按{rules}）：\n{lines}"
WHOSE = "{name}：{note}"
LINE = "{points} {note}"
NO_LONGER = "{points} 不再计：{note}"
AND_MORE = "……另有{count}项，共{points}分"
NOTHING_COUNTED = "{unit}{period}还没有计分的事项，得分{points}分（按{rules}）。"
NO_RULES = (
    "{period}还没有计分规则，得分暂不能算；报送、采用和批示照常登记，规则导入后一并补算。\n{next}"
)
OFFICE_NEXT = (
    "下一步：请选一套接近的规则（handlers/scores/examples 有22套真实样例），"
    "改成本局的，由管理员用 xinshi rules import 导入。"
)
OTHERS_NEXT = "请办公室导入计分规则。"
NO_SECTION = "得分按科室计。请写明科室，例如：得分 物业科"
NOT_SEEN = "您看不到{name}的得分，或没有这个科室。发送 得分 看本科室的。"
FUTURE = "{period}还没到。"

POINTS = "得分：{points}分（{why}），{unit}{period}累计{total}分。"
POINTS_SHARED = "得分：{points}（{why}）。"
NO_POINTS = "得分：按现行规则不计分。"
CHANGED = "{unit}{period}得分由{before}分变为{after}分（已过截止日，按{rules}）：\n{lines}"

DEDUCTION = "{unit}{day}{event}（{why}）"
DEDUCTED = (
    "已登记扣分：{what}，计入{month}月。{worth}\n已告知{told}。"
    "两分钟内发送 撤销 可撤回，以后发送 作废扣分 {unit} 理由。"
)
DEDUCTION_TOLD = (
    "办公室登记了扣分：{what}，计入{month}月。{worth}有异议可先向办公室说明，"
    "通报发布后可发送 申诉。"
)
DEDUCTION_BACK = "已作废扣分：{what}，不再计分。理由：{why}。已告知{told}。"
DEDUCTION_BACK_TOLD = "扣分已作废：{what}，不再计分。理由：{why}。"
DEDUCTION_AGAIN = "扣分恢复：{what}，照计。"
UNDONE_DEDUCTION = "已撤销：{what}不再计分。"
UNDONE_WHY = "登记人两分钟内撤销"
NO_DEDUCTIONS = (
    "{month}月没有扣分事项。登记：扣分 科室 事项 稿号 事由，"
    "例如 扣分 物业科 迟报 12号 超过时限两天。"
)
DEDUCTIONS = "{month}月扣分{count}项：\n{lines}\n登记错了发送 作废扣分 科室 稿号 理由。"
MORE_DEDUCTIONS = "\n……另有{count}项"
ONLY_OFFICE_DEDUCTS = "扣分由办公室登记和作废。本科室的发送 得分 看；通报发布后可发送 申诉。"
WHOSE_DEDUCTION = "请写明科室或稿号，例如：扣分 物业科 迟报 12号 超过时限两天"
WHICH_EVENT = "请写明扣分事项。现行规则有：{known}。"
UNKNOWN_EVENT = "现行规则没有{event}这一项，不能扣分。规则有：{known}。"
NO_EVENTS = "现行规则没有扣分事项，不能扣分。"
OTHER_UNITS_DRAFT = "{name}是{unit}的稿件，请核对科室或稿号。"
NOT_HANDED_IN = "{name}还没有报送，不能扣分。"
WHO_OF_THEM = "现行规则按人计分，请写明{unit}的哪一位，或写稿号。"
NOT_YET = "{day}还没到，请核对日期。"
ASK_WHY = "{unit}{event}：请写明事由（一句话），会记入扣分清单。"
ASK_WHY_BACK = "作废扣分（{what}）：请写明理由。"
SURE_TO_WIPE = (
    "{unit}{event}（{why}）按规则{effect}。确定登记吗？回复 确定 登记，回复 取消 不登记。"
)
DEDUCTED_AGAIN = "已登记过：{what}。"
NO_DEDUCTION = "没有找到这条扣分。请写明科室或稿号；发送 扣分 看本月清单。"
WHICH_DEDUCTION = "作废哪一条？"
NOBODY_THERE = "（科室没有信息员和负责人）"

APPEAL = "{unit}{month}得分的申诉（{words}）"
APPEALED = "已提交{appeal}，提交时得分{points}分。办公室答复后告诉您；两分钟内发送 撤销 可撤回。"
APPEAL_FILED = "{appeal}，现得分{points}分。\n{how}"
HOW_TO_ANSWER = "答复：采纳申诉 {unit} {month} 理由，或 驳回申诉 {unit} {month} 理由。"
APPEAL_STATES: Mapping[AppealStatus, str] = {
    AppealStatus.OPEN: "等办公室答复",
    AppealStatus.ACCEPTED: "已采纳",
    AppealStatus.REFUSED: "未采纳",
    AppealStatus.WITHDRAWN: "已撤回",
}
NOTHING = Decimal(0)
NOT_TO_APPEAL = "申诉由科室的信息员或负责人提出，只能对本科室的得分提。"
NOT_ANNOUNCED = "{month}通报还没有发布，得分还会变；有疑问请先问办公室，发布后再发送 申诉。"
NO_APPEALS = "{month}通报没有规定申诉期。得分有差错请向办公室说明，由办公室更正登记。"
TOO_LATE = "{month}通报的申诉期到{until}为止，已过。确有差错请向办公室说明，由办公室更正登记。"
ASK_OBJECTION = "对{month}得分有什么异议？请写一句话：哪个稿号，少算或多扣了什么。"
APPEALED_AGAIN = "这条申诉已提交，正等办公室答复。"
NONE_OPEN = "没有等答复的申诉。"
OPEN_APPEALS = (
    "等答复的申诉{count}条：\n{lines}\n回复：采纳申诉 科室 月份 理由，或 驳回申诉 科室 月份 理由。"
)
YOUR_APPEALS = "本科室的申诉：\n{lines}"
HOW_TO_APPEAL = (
    "本科室没有申诉。通报发布后对得分有异议，可发送：申诉 月份 得分 稿号和理由，"
    "例如 申诉 8月 得分 少算了12号的采用。"
)
WHICH_APPEAL = "答复哪一条？"
ASK_ANSWER = "{appeal}：请写明答复的理由。"
REASON_PLEASE = "请写明答复的理由。"
ANSWERED_ALREADY = "{appeal}已经答复或撤回了。"
OWN_APPEAL = "自己提的申诉不能自己答复，请办公室另一位答复。"
BY_APPEAL = "采纳申诉：{why}"
DEDUCTION_VOIDED = "这条扣分已作废，得分随后重算。"
CORRECT_IT = (
    "下一步：更正登记（登记采用、更正采用、登记批示、作废扣分），改后得分自动重算，并告知科室。"
)
APPEAL_ACCEPTED = "已采纳{appeal}。理由：{why}。{next}"
APPEAL_REFUSED = "未采纳{appeal}。理由：{why}。已告知科室。"
ACCEPTED_TOLD = "办公室采纳了{appeal}。理由：{why}。更正后得分自动重算。"
REFUSED_TOLD = "办公室没有采纳{appeal}。理由：{why}。"
ANSWER_UNDONE = "{appeal}的答复已撤销，等办公室重新答复。"
APPEAL_WITHDRAWN = "已撤回{appeal}。"
