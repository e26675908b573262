"""What the bot says about reviews."""

SOURCE = "信使 · 稿件审核"
CARD_TITLE = "{number}号 待您审核"
CARD_FACTS = (
    ("科室", "{unit}"),
    ("作者", "{author}"),
    ("审级", "{gate}"),
    ("字数", "{characters}{proof}"),
    ("时限", "{due}"),
)
CARD_PROOF = "，校对{slip}"
CARD_ALIKE = "查重"
ALIKE = "与{number}号相似{degree}"
CARD_WORDS = "也可回复：通过 {number} / 退回 {number} 理由；看全文：稿件 {number}"
APPROVE = "通过"
RETURN = "退回"
ON_BEHALF = "（代{absent}审核）"
ESCALATED = "（{gate}未能审核，转请您审核）"
TRANSFERRED = "（{gate}转请您审核）"
CONFIRMING = "（{gate}有条件通过，请您核实确认）"
CONDITION = "条件：{condition}"
COUNTERSIGNING = "（请您会签）"
CHECKLIST = "请核：{lines}"
CHANGES = "第{version}稿您处已通过，请看改动："

NEXT = "下一步：{role}{who}审核。"
NEXT_CLIMBED = "{role}没有可审核的人，下一步：{instead}{who}审核。"
NEXT_AGAIN = "第{version}稿后有改动，下一步：{role}{who}再看改动。"
NEXT_CONFIRM = "等{who}核实确认后才算通过。"
NEXT_ASKED = "下一步：请{who}审定。"
NEXT_ALL = "下一步：{gate}，{who}都要同意。"
STILL = "还等{who}。"
SKIPPED = "{gate}没有可审核的人，按规定跳过。"
NEXT_NOBODY = "{role}没有可审核的人，已通知管理员，请稍候。"
NOBODY = "{name}等{role}审核，但没有人能审。请管理员补充人员或委托（xinshi members import）。"

PASSED = "已通过{name}{note}。{next}"
SIGNED = "已签发，可以报送。"
RETURNED = "已退回{name}，理由：{reason}。已通知{author}。两分钟内可发送 撤销。"
AUTHOR_PASSED = "您的{name}第{version}稿已由{by}通过{note}。{next}"
AUTHOR_SIGNED = "您的{name}第{version}稿已由{by}签发，全部审核通过{note}。"
AUTHOR_RETURNED = (
    "您的{name}第{version}稿被{by}退回：{reason}。\n改好后发送：修改 {number}，换行写新正文。"
)
BY_HOLDER = "{role}{who}"
BY_SUBSTITUTE = "{who}（代{absent}）"
BY_ESCALATED = "{who}（{role}未能审核）"
BY_TRANSFERRED = "{who}（{role}转请）"
BY_CONFIRMER = "{who}（核实确认）"
BY_COUNTERSIGNER = "{who}（会签）"

ASK_REASON = "退回{name}的理由是什么？请直接回复（例如：标题太长），不退了发送 取消。"
LATE = "{who}已于{when}{verdict}{name}，不用再处理。"
LATE_UNDONE = "这张卡片已失效：{name}的审核撤销过。请用新的卡片，或回复 通过 {number}。"
LATE_CHANGED = "这张卡片已失效：{name}有了新的情况。请用新的卡片，或回复 通过 {number}。"
LATE_WITHDRAWN = "{name}已撤稿，不用再处理。"
NOT_WAITING = "{name}现在{status}，没有等审核。"
NOT_YOURS = "您不能审核{name}，现在由{role}{who}审核。"
OWN = "您不能审核自己的{name}，现在由{role}{who}审核。"

REMINDER = "{name}{waited}。回复 通过 {number} 或 退回 {number} 理由。"
WAITED = ("已等您审核{hours:g}小时", "已等您审核{days}个工作日")
LIMIT = ("等您审核，时限是{due}", "的审核时限（{due}）已到，还等您审核")
ESCALATION_TOLD = "{name}等候已久，已同时转请{who}审核，您仍可处理。"
AUTHOR_ESCALATED = "您的{name}等候已久，已转请{who}审核。"

HELD = (
    "{name}已暂放到{when}，到时再请您审核，期间不计时。要提前审：恢复 {number}，或直接通过、退回。"
)
AUTHOR_HELD = "{who}把您的{name}暂放到{when}再审{why}。"
WHY = "（{reason}）"
HOLD_PAST = "{when}已经过去了，请换个时间，例如：暂放 12 周三。"
HOLD_TOO_LONG = "最多只能暂放{days}天，{when}太远了。可以退回作者，或转给别人审。"
NOT_HELD = "{name}没有暂放。要审请发送 通过 {number} 或 退回 {number} 理由。"
RESUMED = "{name}又等您审核了，计时接着算。回复 通过 {number} 或 退回 {number} 理由。"
RESUMED_BY = "{who}恢复了{name}的审核。"
RESUMED_BY_ITSELF = "{name}暂放的时间到了，恢复审核。"
AUTHOR_RESUMED = "{said}现在等{who}审核。"
HOLDER_RESUMED = "{said}请回复 通过 {number} 或 退回 {number} 理由。"

DELEGATED = (
    "已委托{who}代审：{days}。期间等您审核的稿件也会请{who}审，您仍可自己审。"
    "提前结束请发送 结束代审。"
)
STANDING_IN = (
    "{who}委托您代审：{days}。期间等{who}审核的稿件也会发给您，您的意见会记为代{who}审核。"
)
DELEGATED_BEFORE = "{days}已委托{who}代审。要换人请先发送 结束代审。"
NOTHING_TO_DELEGATE = "您没有审核权限，不用委托代审。"
DELEGATION_DAYS = "代审从哪天到哪天？例如：代审 李主任 8号到12号。"
DELEGATION_PAST = "这些日子已经过去了。例如：代审 李主任 8号到12号。"
DELEGATION_LONG = "一次最多委托{days}天。更久的请管理员调整人员。"
NOBODY_CALLED = "本单位没有找到“{who}”。请写全名，例如：代审 李强 8号到12号。"
WHO = "“{who}”是哪一位？请回复序号或姓名："
TOO_LOW = "{who}不能代审：要有{role}或更高的审核权限。"
NOT_DELEGATED = "您没有委托别人代审。"
DELEGATION_ENDED = "代审已结束，已告诉{who}。之后都由您自己审。"
STOOD_DOWN = "代{who}审核结束了，{count}。没审完的由{who}审。"
OVER = "{who}代您审核结束了，{count}。发送 待审 看等您审核的。"
DECIDED_FOR = "期间共代审{count}次"
DECIDED_NOTHING = "期间没有代审稿件"
NO_DELEGATIONS = "现在没有代审。要委托请发送：代审 姓名 起止日期，例如：代审 李主任 8号到12号。"
DELEGATIONS = "代审：\n{lines}\n提前结束请发送 结束代审。"
DELEGATION = "{days}：{substitute}代{absent}"
DELEGATION_PASSED = "代{absent}审核的时间已经过了，{name}现在不由您审核。"
CARD_STOOD_DOWN = "代审已结束"

CALLED_OFF = "{who}已撤回{name}，不用再审核。"

NOTE = "（意见：{note}）"
MAY_UNDO = "两分钟内可发送 撤销。"
WHICH = "您要{verb}哪一篇？请回复序号或编号："
CONFIRM_ALL = "要通过这{count}篇吗？\n{lines}\n请回复 是 或 不是。"
CONFIRM_ALL_BACK = "要退回这{count}篇吗？理由：{reason}。\n{lines}\n请回复 是 或 不是。"
ONE_AT_A_TIME = "要改内容请一篇一篇说，例如：12号可以发，但把A改成B。"
EDITED = "{name}已按您的意见改好：{changes}\n"
NOTE_EDITED = "修改后通过"
NOTE_ABOVE = "请{who}审定"
TITLE_TOO_LONG = "标题太长了（最多{limit}字），没有改，也没有通过。"
NOBODY_CONFIRMS = "没有人能核实确认{name}，没有通过。可以写明请谁核实，或退回作者。"
NOBODY_ABOVE = "本单位没有找到“{who}”，没有通过。请写全名，例如：拟同意，请黄建国审定。"
WHO_ABOVE = "“{who}”不止一位（{names}），没有通过。请写全名再发一次。"
NOT_ABOVE = "{who}不能审定（要有{gate}或更高的审核权限），没有通过。"
ACTED_BEFORE = "{who}已审过{name}，不能再审定，没有通过。"
HIS_GATE = "{who}在“{gate}”一级审定。"
APPROVE_OR_READ = "收到。{name}是通过还是退回？请回复序号："
ONLY_READ = "只是看过，先不审"
STILL_WAITS = "好的，{name}还等您审核。"
WAITING_COUNT = "等您审核的有{count}篇。发送 待审 看是哪些。"
NONE_FITS = "没有符合的。等您审核的共{count}篇，发送 待审 看全部。"

UNDONE = "已撤销：{name}的{verdict}不算数了，又回到您这里审核。"
NOTHING_TO_UNDO = "两分钟内您没有通过或退回过稿件，没有可撤销的。"
TOO_LATE_TO_UNDO = "{name}后面已经有人处理，撤销不了。请联系{who}。"
AUTHOR_UNDONE = "{who}撤销了刚才对您的{name}的{verdict}，请等重新审核。"
CARD_UNDONE = "上一审级已撤销"

NO_REASON = "退回要写理由，稿件还没有退回。"
NOTHING_WAITS = "没有等您审核的稿件。"
WAITING = "等您审核的有{count}篇：\n{lines}\n回复 通过 编号 或 退回 编号 理由；看全文：稿件 编号。"
WAITING_LINE = "{name} {unit} {author}，{since}起"
AND_MORE = "……另有{count}篇，发送 下一页"

CARD_PASSED = "已通过"
CARD_RETURNED = "已退回"
CARD_WITHDRAWN = "已撤稿"
CARD_EDITED = "稿件已改"

NOTHING_CHANGED = "{name}没有改动。"
MARKED = "改后的文字含有“{mark}”字样，没有改。涉密和内部资料不得通过本系统报送，请改走保密渠道。"
AUTHOR_EDITED = "{who}修改了您的{name}：{changes}"
