"""What is said about tasks and places."""

OWN = "{unit}{period}任务{target}篇：已报{sent}篇，签发{signed}篇{used}，{left}。"
USED = "，被采用{count}次"
LEFT = "还差{missing}{word}"
DONE = "已完成"
LINE = "{name}（{whose}{period}）：{done}/{target}{word}，{left}。"
EACH = "您本人"
PACE = "照现在的进度，到{period}底约{forecast}{word}；还有{days}个工作日。"
NO_TARGET = "{unit}没有定任务。"
SHORT = "{unit} {figures}"
OVERVIEW = "{period}任务：{count}个科室中{done}个已完成。\n还没完成的：\n{lines}"
ZERO = "{period}零报送：{count}个科室中有{zero}个。\n{lines}"
NO_ZERO = "{period}{count}个科室都报了，没有零报送。"
MET = "{period}任务：{count}个科室中{done}个已完成：\n{lines}"
AND_MORE = "……另有{count}个科室"
ALL_DONE = "{period}任务：{count}个科室全部完成。"
NO_SUCH_PERIOD = "任务按月、季度、半年或年查，例如：配额、本季度任务、今年任务。"
NOT_SEEN = "您看不到{name}的任务，或没有这个科室。发送 配额 看本科室的。"

_SHORTFALL = "{name}任务{target}{word}，已{verb}{done}{word}，还差{missing}{word}。{pace}"
WARNED = "{unit}{period}" + _SHORTFALL
WARNED_YOU = "您本人{period}" + _SHORTFALL
LAST_WARNING = "离{period}结束只剩2个工作日了，请安排。"
VERBS = {"submitted": "报", "approved": "签发", "adopted": "被采用", "points": "得"}

PERSON = "{name}（{unit}）"
UNITS, PEOPLE = "个单位", "人"
RANKING = "{period}得分排名{group}（{count}{counted}{open}）：\n{lines}"
PLACE = "{place} {unit} {points}分"
OF_GROUP = "·{group}"
IN_GROUP = "{group}"
STILL_OPEN = "，还未截止，名次会变"
OWN_PLACE = (
    "{unit}{period}得分{points}分，在{group}{count}{counted}中排{place}{tied}{open}。"
    "发送 得分 看每一分。"
)
TIED = "（另有{count}{counted}同分）"
NO_PERSONS = "现行规则按单位计分，没有个人排名。发送 排名 看单位的。"
NO_PLACE = "排名按科室排，您不在科室里，也不分管科室。"
NO_RULES = "{period}还没有计分规则，排不了名。规则由办公室定，管理员用 xinshi rules import 导入。"
RANK_NOT_SEEN = "您看不到{name}的名次，或没有这个科室。发送 排名 看本科室的。"
