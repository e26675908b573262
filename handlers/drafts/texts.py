"""What the bot says about drafts."""

from handlers.rules.personal_data import PersonalKind
from storage.vocabulary import DraftStatus

STATUS = {
    DraftStatus.COMPOSING: "撰写中",
    DraftStatus.IN_REVIEW: "审核中",
    DraftStatus.ON_HOLD: "暂放",
    DraftStatus.RETURNED: "已退回",
    DraftStatus.SIGNED: "已签发",
    DraftStatus.EDITED: "已签发，办公室改过",
    DraftStatus.DISPATCHED: "已报送",
    DraftStatus.CORRECTED: "已更正",
    DraftStatus.RETRACTED: "已撤下",
    DraftStatus.WITHDRAWN: "已撤稿",
    DraftStatus.CANCELLED: "已取消",
    DraftStatus.ARCHIVED: "已归档",
}

BEGUN = "{name}已开始{received}。继续发送正文，写完发送 完成；不写了发送 取消。"
BEGUN_RECEIVED = "，已收到正文{characters}字"
SET_ASIDE = "（{name}已暂存，发送 继续 {number} 可接着写）"
RECEIVED = "已收到第{count}段，{name}共{characters}字。写完发送 完成。"
PICTURE = "已收到图片，放在{name}。继续发送正文，写完发送 完成。"
FILE = "已收到文件《{file}》，正在读取，读好会告诉您。它要放进{name}。"
READ = "已读入《{file}》：{found}，放在{name}。{hint}"
READ_CHARACTERS = "{characters}字"
READ_PICTURES = "{pictures}张图片"
READ_LEFT_OUT = "另有{left_out}张图片收不了，没有放进去"
READ_NEXT = "写完发送 完成。"
READ_TITLE = "文件里的标题是“{title}”，要用它请发送：标题改成《{title}》。"
READ_LATE = "《{file}》读好了，但{name}现在{status}，没有放进去。"
FILE_REFUSED = "《{file}》{reason}{name}里没有放进它。"
PICTURE_REFUSED = "刚才的图片{reason}{name}里没有放进它。"
FILE_LOST = "《{file}》已经取不到了，没有放进{name}。请再发一次。"
FILE_MARKED = (
    "刚才的文件含有“{mark}”字样，已拦截，内容没有保存，{name}没有改动。"
    "涉密和内部资料不得通过本系统报送，请改走保密渠道，并删除聊天中的原文件。"
)
FILE_UNREAD = "《{file}》还在读取，读好会告诉您，再发 完成。"
SUBMITTED = "已提交{name}（第{version}稿，{characters}字）。{next}"
CANCELLED = "已取消{name}。要再写请发送 投稿 标题。"
RESUMED = "接着写{name}，已有{characters}字。继续发送正文，写完发送 完成。"
REVISING = "请发送{name}修改后的全文，可分几条，写完发送 完成。"
WITHDRAWN = "已撤回{name}，不再审核。"
YOURS_WITHDRAWN = "{who}撤回了您的{name}。"

HAND_IN_ANYWAY = "{name}还没有提交。照样提交请回复 是；要先改请回复 不是。"
PERSONAL_KINDS = {
    PersonalKind.IDENTITY: "身份证号",
    PersonalKind.MOBILE: "手机号",
    PersonalKind.BANK_CARD: "银行卡号",
}
PERSONAL = "稿件里像有个人信息：{shown}{more}。公开前一般要删去或隐去。"
AND_MORE = "等{count}处"
ALIKE = "查重提示：\n{lines}\n如果是重复报送，请发送 撤稿 {number}；不是就不用理会。"
FAULTS = "校对提示（供参考，不影响提交）：\n{lines}"
FAULT = "· {line}"
DETAIL_FAULTS = "\n校对提示：\n{lines}"
MORE_FAULTS = "· 还有{count}处，见稿件页面"
PAPER_COMES = "正在生成{name}的{paper}，马上发给您。"
NOT_HANDED_IN = "{name}还没有提交过，没有审批单和历史。写完发送 完成。"
HISTORY = "{name}共{count}稿：\n{lines}"
HISTORY_LINE = "{version} {who} {when} {characters}：{changed}"
HISTORY_OPINION = "　{who}：{words}"
OLDER_VERSIONS = "……更早的{count}稿请看页面"
SAVED = "已保存{name}，还没提交。"
THIS_DRAFT = "这篇稿件"
UNSEEN = "没有找到这篇稿件。"
ASK_TITLE = "标题是什么？请直接回复，换行后可以接着写正文。不写了发送 取消。"
NO_TITLE = "还没有标题。请发送：投稿 标题，换行后写正文。"
LONG_TITLE = (
    "标题有{characters}字，太长了（最多{limit}字）。"
    "请把标题单独放在第一行，换行后写正文，再发一次。"
)
NOTHING_OPEN = "您没有正在写的稿件。发送 投稿 标题 开始写，发送 我的稿件 看已有的。"
ALREADY_SUBMITTED = "{name}已经提交，{status}，不用再发 完成。"
NO_BODY = "{name}还没有正文。请发送正文，再发 完成。"
NOT_YOURS = "{name}不是您的稿件，只有作者能改。"
NOT_RETURNED = "{name}现在{status}，不能修改。{hint}"
WITHDRAW_FIRST = "要改请先请审核人退回。"
NOT_OPEN = "{name}现在{status}，不能接着写。"
MAY_NOT_WITHDRAW = "您不能撤回{name}；{who}可以。"
CANNOT_WITHDRAW = "{name}现在{status}，不用撤回。"
RETRACT_INSTEAD = "{name}已报送，不能直接撤回。要撤下来请发送：撤下 {number} 原因。"
CORRECT_INSTEAD = "{name}已报送，不能直接改。要更正请发送：更正 {number} 错在哪里。"
OFFER_RETRACTION = "{name}已报送，撤下要签发人同意。现在申请吗，原因：{wrong}？请回复 是 或 不是。"
OFFER_RETRACTION_AT_ONCE = (
    "{name}已报送。记为紧急撤下吗：先撤下来，签发人事后补批；原因：{wrong}？请回复 是 或 不是。"
)
RETRACT_AT_ONCE_INSTEAD = (
    "{name}已报送。要紧急撤下请说原因，发送：紧急撤下 {number} 原因。签发人事后补批。"
)
OFFER_CORRECTION = "{name}已报送，更正要签发人同意。现在申请吗，错在：{wrong}？请回复 是 或 不是。"
SHOULD_BE = "“{old}”应为“{new}”"
MARKED = "全文合起来含有“{mark}”字样，不能提交。涉密和内部资料不得通过本系统报送，请改走保密渠道。"

FINAL = "已改好{name}（第{version}稿，改动{share}），已告诉作者和签发人，可以报送。"
FINAL_SHARED = "改动超过一半，可按办法共同署名。"
FINAL_TEXT = "{name}没有改动。请发送：修改 {number}，换行写定稿全文；或说：{number}号把A改成B。"
TOLD_FINAL = "{name}签发后由办公室{who}改过（第{version}稿，改动{share}）：{changes}"
EDITED = "已改好，{name}共{characters}字。继续发送正文，写完发送 完成。"
REVISE_WHICH = "要改哪一篇？请发送：修改 编号（编号见 我的稿件）。"
WITHDRAW_WHICH = "要撤回哪一篇？请发送：撤稿 编号（编号见 我的稿件）。"
CONFIRM_WITHDRAWAL = "撤回后不能恢复。确定撤回{name}吗？请回复 是 或 不是。"
USED_BY = "，被{channels}采用"
MORE = "……发送 下一页 看更早的"
MINE_NONE = "没有符合的稿件。发送 我的稿件 看全部。"

MINE_EMPTY = "您还没有稿件。发送 投稿 标题，换行后写正文，就可以开始。"
MINE = "您最近的稿件：\n{lines}\n看一篇发送 稿件 编号。"
DETAIL = "{name}{marks}\n{unit} {author} · 第{version}稿 {characters}字\n{progress}{faults}\n{body}"
PROGRESS = "{name}\n{progress}\n看全文发送 稿件 编号。"
WHICH_DRAFT = "哪一篇？请发送：稿件 编号（编号见 我的稿件 或 待审）。"
MAJOR = "【重大】"
MARK = "【{mark}】"
WRITING = "撰写中，还没提交。发送 继续 {number} 接着写。"
STEP = "{mark}{role}：{what}"
PASSED = "{who}通过 {when}"
SENT_BACK = "{who}退回 {when}，{reason}"
WAITING = "等{who}审核，{since}起，时限{due}"
PUT_OFF = "，暂放到{until}"
FOR = "{who}（代{absent}）"
SKIPPED = "没有可审核的人，已跳过"
CARRIED = "（只改了文字，沿用对第{version}稿的意见）"
