"""What is said about zero reports."""

SENT = "{unit}{month}的零报告已记下。后来有了内容照常投稿；报错了，两分钟内发送 撤销。"
ALREADY = "{unit}{month}已经零报告了（{who} {when}），不用再报。"
HAS_DRAFTS = "{unit}{month}已报{count}篇，不用零报告。"
ALSO_THE_MONTH = "本月也没有别的可报，请再发送 本月零报告。"
WHICH_MONTH = "零报告只能报本月和上个月的，例如：零报告、上月零报告。"
WHICH_UNIT = "替哪个科室报？请说科室，例如：{unit}零报告"
NOT_YOURS = "零报告由科室的信息员和负责人报。"
NOT_SEEN = "零报告的名单由办公室和局领导看。本科室没有内容可报，发送 零报告。"
OFF = "本局没有用零报告，没有内容可以不报。"
UNDONE = "已撤销{unit}{month}的零报告。"

ASK = (
    "{unit}{month}还没有报信息，今天是本月最后一个工作日。有内容请今天投稿；没有请回复：本月零报告"
)
TOLD = "{month}零报告情况：\n{lines}"
ZERO = "零报告{count}个：{names}"
SILENT = "没有报也没有零报告{count}个：{names}"
HANDED_IN = "报了信息{count}个"
NOBODY_OWES = "{month}没有科室有任务，不用零报告。"
LIST_MONTH = "零报告按月看，例如：零报告情况、8月零报告情况。"
NAMES_MORE = "{names}等"
