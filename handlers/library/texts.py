"""What the bot says about models."""

from storage.vocabulary import Level

LEVELS = {
    Level.OWN: "本级",
    Level.COUNTY: "区县级",
    Level.CITY: "市级",
    Level.PROVINCE: "省级",
    Level.NATION: "国家级",
}
REMARKED = "批示"

HEAD = "{wanted}，第{first}到{last}篇："
ALL = "最近采用的范文"
FOUND = "范文“{words}”"
FILTERED = "{what}（{filters}）"
LINE = "{number}号《{title}》 {unit}，{uses}"
USE = "{channel}（{level}）"
MORE_USES = "等{count}处"
MORE = "发送 下一页 看后面的。"
HOW_TO_READ = "看全文和刊用前的改动，发送 范文 编号，例如：范文 {number}"
NONE = "没有找到{what}。换个词试试，例如 范文 电梯，或发送 范文 看最近采用的。"
NO_MORE = "后面没有了。发送 范文 看最近采用的。"
NO_WORDS = "要找什么？请写一两个词，例如：范文 电梯 省级 调研"
TOO_MUCH = "最多写{words}个词，每个不超过{length}个字，请写短一点，例如：范文 电梯 加装"
NOT_FOUND = "范文里没有{number}号。采用或批示过的稿件才有，发送 范文 看最近的。"

SHOWN = "{number}号《{title}》（{unit} {author}，{kind}）\n{uses}\n{changes}\n正文：{body}"
SHOWN_USE = "{channel}（{level}）{day}采用"
SHOWN_REMARK = "{leader}{day}批示{words}"
SHOWN_WORDS = "：“{words}”"
CHANGED = "从首次提交到刊用改动约{percent}%：{lines}"
SAME = "从首次提交到刊用没有改动。"
CUT = "……（共{count}字，全文见网页）"
CUT_NO_PAGE = "……（共{count}字）"
