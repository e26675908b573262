"""What the bot says about figures of other systems."""

from storage.vocabulary import OutsideMeasure

MEASURES = {
    OutsideMeasure.ADOPTED: "采用",
    OutsideMeasure.REGISTERED: "注册",
    OutsideMeasure.ACTIVE: "登录",
    OutsideMeasure.POINTS: "积分",
}
UNITS = {
    OutsideMeasure.ADOPTED: "条",
    OutsideMeasure.REGISTERED: "人",
    OutsideMeasure.ACTIVE: "人",
    OutsideMeasure.POINTS: "分",
}

FIGURE = "{measure}{value}{unit}"
OF_TARGET = "（目标{target}{unit}，{left}）"
LEFT, REACHED = "还差{missing}{unit}", "已完成"
OWN = "{unit}{period}{source}：{figures}。"
SINCE_JANUARY = "今年累计采用{value}条。"
OVERVIEW = "{period}{source}：{count}个单位{done}，合计{figures}。"
DONE_OF = "中{done}个完成目标"
SHORT = "还没完成的：\n{lines}"
SHORT_LINE = "{unit} {value}/{target}"
MORE = "……另有{count}个单位"
NONE = "{period}的{sources}数据办公室还没有导入。"
NONE_EVER = "{source}的数据办公室还没有导入过。"
NOT_SEEN = "您看不到{name}的数据，或没有这个单位。发送 学习强国 看本单位的。"

ROW_NO_UNIT = "没有写单位。"
ROW_BAD_UNIT = "没有“{said}”这个单位。"
ROW_MANY_UNITS = "“{said}”有几个，请写全称（例如 {path}）。"
ROW_NO_MONTH = "没有写月份。"
ROW_BAD_MONTH = "月份“{said}”看不懂，请写成 2026-09。"
ROW_FUTURE = "{month}还没到。"
ROW_BAD_SOURCE = "来源“{said}”不在名单里，名单有{sources}（配置 outside.sources）。"
ROW_BAD_VALUE = "{title}“{said}”不是0以上的整数。"
ROW_NOTHING = "没有数字。"
ROW_OFF = "“{title}”没有开启（配置 outside.use_of_app），请删掉这一列的内容。"
ROW_TWICE = "与第{number}行是同一单位、同一月份，请合并成一行。"
ROW_KNOWN = "已导入过，跳过。"
ROW_CHANGES = "改了：{changes}。"
ROW_CHANGE = "{title}{old}→{new}"

ENTERED = "《{file}》已导入{count}行。{short}"
NOTHING_NEW = "《{file}》里的都导入过了，没有新增。"
SHORT_TOLD = "没完成目标的{count}个，已提醒：{units}。"
MORE_UNITS = "等"
ALL_REACHED = "有目标的都完成了。"
REMIND = "{source}{month}月{unit}采用{value}条，目标{target}条，还差{missing}条。"
MIDDLE = "月中提醒：{source}本月{unit}采用{value}条，目标{target}条，还差{missing}条。"
NOT_BROUGHT_IN = "{month}月已过半，{source}数据还没有导入。请在网页“采用登记”的“外部数据”导入。"
