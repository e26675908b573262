"""What the bot says about the year's plan."""

from storage.vocabulary import NodeStatus

NAME = "{number}号计划《{topic}》"
STATES = {
    NodeStatus.PLANNED: "未到",
    NodeStatus.CALLED: "约稿中",
    NodeStatus.DONE: "已完成",
    NodeStatus.CANCELLED: "已取消",
}
OVERDUE = "逾期"
DUE_TODAY = "今天到"
NOT_FOUND = "没有找到{number}号计划。发送 年度计划 看有哪些。"
MAY_NOT_KEEP = "年度计划由办公室维护。要改请告诉办公室；您可以发送 年度计划 查看。"

# --- changing

WISH_FORM = (
    "没看懂。例如：加计划 国庆燃气安全宣传 9月28日 物业科 燃气科"
    "（可加 渠道：市日报 类型：经验做法 责任人：王芳 权重2 不自动约稿）"
)
LONG_TOPIC = "题目有{characters}字，太长了（最多{limit}字）。"
LONG_WORDS = "{what}有{characters}字，太长了（最多{limit}字）。"
NO_DAY = "《{topic}》的节点是哪天？请一条说全，例如：加计划 {topic} 9月28日 物业科"
NO_UNITS = "《{topic}》由哪个科室写？请一条说全，例如：加计划 {topic} 9月28日 物业科"
BAD_DAY = "“{said}”不是日期，没有加。请写成 9月28日 或 2026-09-28。"
MANY_DAYS = "一条计划最多{most}个节点。"
PAST = "{day}已经过去了，请换个日期。"
TWO_YEARS = "一条计划的节点要在同一年：{days}。"
UNKNOWN_UNITS = "本局没有科室“{names}”。{hint}请改好再发一次。"
HINT = "是不是{names}？"
UNKNOWN_PEOPLE = "没有找到“{names}”。请写姓名。"
NAMESAKES = "有几个人叫“{names}”。请写账号。"
ADDED = "已加{name}：节点{days}，{units}。{then}\n加错了，两分钟内发送 撤销。"
THEN_CALLS = "节点前{days}个工作日自动向科室约稿；不要自动约稿发送 计划不约稿 {number}。"
THEN_CALLS_SOON = (
    "离{day}不到{days}个工作日，十分钟后自动向科室约稿；不要自动约稿发送 计划不约稿 {number}。"
)
THEN_REMINDS = "节点前{days}个工作日提醒科室，不自动约稿。"
MOVE_HOW = "改到哪天？例如：改计划 {number} 12月5日"
MOVED = "{name}的节点从{before}改到{after}{aside}。改错了，两分钟内发送 撤销。"
DAY_OFF = "（休息日，提醒和约稿按前一个工作日算）"
SAME_DAY = "{name}的节点本来就是{day}。"
NO_OPEN_NODE = "{name}没有还要办的节点（{states}）。"
ASK_CALL_MOVED = "{call}还没交齐，截止也改到{due}吗？请回复 是 或 不是。"
ASK_CALL_DROPPED = "{call}还没交齐，也取消吗？请回复 是 或 不是。"
CALL_LEFT = "好的，{call}照旧。"
CANCELLED = "{name}已取消（节点{days}），不再提醒和约稿。弄错了，两分钟内发送 撤销。"
CANCELLED_NODE = "{name}的节点{days}已取消。弄错了，两分钟内发送 撤销。"
DONE = "{name}的节点{day}已记为完成。{aside}记错了，两分钟内发送 撤销。"
DONE_CALL_OPEN = "{call}还没交齐；不用交了发送 取消约稿 {number}。"
CALLS_ON = "{name}以后自动约稿（节点前{days}个工作日）。"
CALLS_OFF = "{name}不再自动约稿，只提醒科室。已经下的约稿照旧。"
CALLS_SAME = "{name}本来就是这样。"
TOLD_MOVED = "{who}把{name}的节点从{before}改到{after}。"
TOLD_CANCELLED = "{who}取消了{name}（节点{day}），不用再准备。"

# --- by the clock

REMIND = "{name}节点{day}（{left}），由{units}写。{next}"
LEFT = "还有{days}个工作日"
LEFT_TODAY = "就是今天"
NEXT_WRITE = "请准备稿件，写好发送 投稿 标题。"
NEXT_ANSWER = "{call}还没交，写好提交后发送 应约 {number}。"
PERSON_OF_CALL = "{name}节点{day}，您是责任人。已自动下{call}给{units}，{due}前交。"
NEWS = (
    "按年度计划自动下了{count}个约稿：\n{lines}\n"
    "不要的发送 取消约稿 编号；某条不再自动约稿发送 计划不约稿 编号。"
)
NEWS_LINE = "{call}（{plan}，节点{day}）"
MORE_LINES = "……还有{count}个，见网页"
ANGLE = "年度计划{number}号，节点{day}"
ANGLE_WHY, ANGLE_KIND, ANGLE_CHANNEL = "缘由：{why}", "形式：{kind}", "渠道：{channel}"

# --- lists

NONE = "{year}年还没有计划。"
NONE_OFFICE = "{year}年还没有计划。发送 加计划 题目 日期 科室，或在网页导入表格。"
NONE_YOURS = "{year}年的计划里没有您科室的。"
NONE_IN_MONTH = "{month}没有计划节点。"
YEAR = "{year}年计划{items}条、{planned}个节点：{figures}。"
FIGURES = "完成{done}，约稿中{called}，逾期{overdue}，未到{ahead}"
MONTH = "{month}计划节点{count}个：\n{lines}"
AHEAD = "\n{lines}"
ALL_OVER = "没有还要办的节点。"
LINE = "{name} {day} {units} {state}"
PROGRESS = (
    "{year}年计划完成情况：{planned}个节点完成{done}个（{rate}）；"
    "到今天应完成{due}个，完成{due_done}个。"
)
LATE_LINES = "\n逾期{count}个：\n{lines}"
NO_LATE = "没有逾期。"
DETAIL = "{name}（{units}）{more}\n{lines}"
DETAIL_NODE = "节点{day}：{state}{aside}"
FIRST_ON = "，原定{day}"
BY_CALL = "，{call}"
MONTH_SUMMARY = "年度计划：{month}应完成{due}个节点，完成{done}个。{late}"
MONTH_LATE = "现在逾期{count}个：{names}。"

# --- undoing

UNDONE_ADD = "已撤销：{name}不要了。"
UNDONE_MOVE = "已撤销：{name}的节点仍是{day}。"
UNDONE_CANCEL = "已撤销：{name}照旧，节点{days}。"
UNDONE_DONE = "已撤销：{name}的节点{day}还没完成。"
UNDONE_CALLS = "已撤销：{name}{state}。"
CALLS_STATE = {True: "自动约稿", False: "不自动约稿"}
NOT_UNDOABLE = "{name}的这一步不能撤销，可以再改一次。"
GONE_ON = "{name}{who}已经接着改了，不能撤销。"

# --- the sheet

ROW_NO_TOPIC = "没有题目"
ROW_NO_UNITS = "没有科室"
ROW_NO_DAY = "没有节点"
ROW_BAD_DAY = "节点“{said}”看不懂，写成 9月28日 或 2026-09-28，几个用顿号隔开"
ROW_DAY_YEAR = "节点{day}不在{year}年"
ROW_BAD_YEAR = "年度“{said}”看不懂，写成 2026"
ROW_BAD_NUMBER = "编号“{said}”看不懂；新加的不填编号"
ROW_NO_SUCH = "{year}年没有{number}号计划；新加的不填编号"
ROW_TWICE = "与第{number}行是同一个编号"
ROW_TWICE_TOPIC = "与第{number}行题目和科室都一样"
ROW_TOPIC_KNOWN = "已有{name}，题目和科室都一样；要改请填编号{number}"
ROW_BAD_WEIGHT = "权重“{said}”不是1到5"
ROW_BAD_CALLS = "自动约稿“{said}”看不懂，填 是 或 否"
ROW_KNOWN = "没有变"
ROW_NEW = "新加：节点{days}"
ROW_CHANGES = "改{name}：{changes}"
ROW_CHANGE = "{what}“{before}”→“{after}”"
ROW_NODES_GONE = "取消节点{days}{aside}"
ROW_NODES_NEW = "加节点{days}"
ROW_NODE_CALL = "（{call}还没交齐，登记后请另行取消）"
ROW_PAST_NODES = "（{days}已过，不提醒）"
WHAT = {
    "topic": "题目",
    "why": "缘由",
    "kind": "类型",
    "channel": "渠道",
    "people": "责任人",
    "units": "科室",
    "weight": "权重",
    "opens_calls": "自动约稿",
}
YES, NO = "是", "否"
ENTERED = "《{file}》已登记：新加{added}条，改了{changed}条。{calls}"
ENTERED_NOTHING = "《{file}》里的都登记过了，没有变。"
CALLS_TO_LOOK_AT = "还没交齐的约稿请看一下要不要取消：{calls}。"

# --- pages

UNSEEN = "没有找到这条计划。"
HISTORY = {
    "add": "加入",
    "enter": "按表加入",
    "change": "按表修改",
    "move": "改期",
    "cancel": "取消",
    "done": "记为完成",
    "calls": "改自动约稿",
    "open": "自动约稿",
    "undo": "撤销上一步",
}
HISTORY_LINE = "{when} {who} {did}{what}"
SERVICE = "系统"

DUE_NODE = "{name}节点（{units}）"
