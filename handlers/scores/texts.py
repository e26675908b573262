"""What is said about points."""

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
