"""What the bot says about taking down and putting right what was published."""

from storage.vocabulary import RecallKind

DOING = {RecallKind.RETRACT: "撤下", RecallKind.CORRECT: "更正"}

NOT_OUT = "{name}现在{status}，还没有报送，不用{doing}。{hint}"
WITHDRAW_INSTEAD = "不想发了请发送 撤稿 {number}。"
NOT_YOURS = "您不能申请{doing}{name}；作者、科室负责人、办公室或领导可以。"
NO_REASON = "错在哪里、谁发现的？请发送：{doing} {number} 原因。"
ASKED_BEFORE = "{who}已于{when}申请{doing}{name}，{state}。"
STANDS = "{who}于{when}申请{doing}，原因：{wrong}。{state}。"
STATES = {
    "asked": "等签发人同意",
    "approved": "已同意，等办公室办理",
    "down": "已紧急撤下，等签发人补批",
}
ASKED = "已申请{doing}{name}，原因：{wrong}。已请{who}批准，同意后由办公室办理，办好会告诉您。"
NOBODY = "{name}要{doing}，但没有人能批准。请管理员补充人员（xinshi members import）。"
CARD_SOURCE = "信使 · 已报送稿件"
CARD_TITLE = "{number}号 申请{doing}"
CARD_DOWN_TITLE = "{number}号 已紧急撤下，请补批"
CARD_FACTS = (("申请人", "{asked_by}"), ("原因", "{wrong}"), ("申请时间", "{when}"))
CARD_WORDS = "也可回复：同意{doing} {number} / 不同意{doing} {number} 理由"
AGREE = "同意"
REFUSE = "不同意"
CARD_AGREED = "已同意"
CARD_REFUSED = "已不同意"

THIS_DRAFT = "这篇稿件"
SETTLED_BEFORE = "这个申请已经办过了，请刷新页面看现在到了哪一步。"
NOTHING_ASKED = "{name}没有等您批准的撤下或更正。"
MAY_NOT_APPROVE = "您不能批准{doing}{name}，由{who}批准。"
OWN_REQUEST = "这是您自己申请的，要由{who}批准。"
APPROVED = "已同意{doing}{name}，已通知办公室办理。"
APPROVED_AFTER = "已补批：{name}紧急撤下有效。"
TOLD_APPROVED = {
    RecallKind.RETRACT: "{by}同意撤下{name}（原因：{wrong}）。"
    "请尽快撤下，撤好发送 已撤下 {number}。",
    RecallKind.CORRECT: "{by}同意更正{name}（原因：{wrong}）。"
    "改好发送 已更正 {number}，换行写更正后的全文。",
}
TOLD_ASKER = "{by}同意{doing}{name}，已通知办公室办理。"
TOLD_APPROVED_AFTER = "{by}已补批{name}的紧急撤下。"
ASK_REFUSAL = "不同意的理由是什么？请发送：不同意{doing} {number} 理由。"
REFUSED = "已回复：不同意{doing}{name}。"
TOLD_REFUSED = "{by}不同意{doing}{name}：{reason}。"
TOLD_REFUSED_AFTER = "{by}不同意{name}的紧急撤下：{reason}。稿件已经撤下，请与{by}商量后处理。"

OFFICE_ONLY = "只有办公室能办。申请请发送：{doing} {number} 原因。"
NOT_APPROVED = "{name}的{doing}还没有批准，等{who}。情况紧急请发送：紧急撤下 {number} 原因。"
NOT_ASKED = "{name}没有{doing}的申请。请先发送：{doing} {number} 原因。"
RETRACTED = "已记录：{name}已撤下，从申请到撤下{minutes}分钟。"
TOLD_RETRACTED = "{name}已由{by}撤下（原因：{wrong}），用时{minutes}分钟。"
DOWN = "已记录：{name}已紧急撤下。已请{who}补批。"
TOLD_DOWN = "{name}已由{by}紧急撤下（原因：{wrong}），正在请{who}补批。"
NO_TEXT = "更正后的全文是什么？请发送：已更正 {number}，换行写全文。"
UNCHANGED = "这和原文一样，没有改动。"
MARKED = "更正后的全文含有“{mark}”字样，不能保存。涉密和内部资料不得通过本系统报送。"
CORRECTED = "已记录：{name}已更正（第{version}稿），用时{minutes}分钟。"
TOLD_CORRECTED = "{name}已由{by}更正（原因：{wrong}）。改动：{changes}"
