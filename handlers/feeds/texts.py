"""What is said about sources."""

from storage.vocabulary import SourceFault, SourceKind

NOT_YOURS = "来源由办公室、舆情联络员和管理员管理。"
NONE = "还没有来源。添加：添加来源 名称 网址（RSS、Atom、JSON Feed）。监测服务的推送由管理员在服务器上添加（xinshi sources add）。"  # noqa: E501 - one message
LIST = "舆情来源{count}个：\n{lines}"
LINE = "{number}. {name}（{kind}）{state}"
NAMED = "{number}号来源《{name}》"
NO_SUCH = "没有{number}号来源。发送 来源 看编号。"
FORM = "请写名称和网址，例如：添加来源 市政府网站 https://www.example.gov.cn/rss.xml"
BAD_ADDRESS = "网址要以 http:// 或 https:// 开头，不能带用户名：{url}"
TAKEN_NAME = "已有同名来源：{name}。"
ADDED = "{name}已添加，马上试读一次，结果会告诉您。"
TRYING = "{name}马上试读一次，结果会告诉您。"
NOT_ASKED = "{name}不是我们去读的，不能试读。"
STOPPED = "{name}已停用。恢复：启用来源 {number}"
STARTED = "{name}已启用。"
STOPPED_ALREADY = "{name}已经停用了。"
STOP_FIRST = "{name}还在用。先停用再删除：停用来源 {number}"
REMOVED = "{name}已删除，收到过的条目都留着。"
WEIGHT_FORM = "权重是0到100的整数；留空按平台算。"
WEIGHED = "{name}的权重已改为{weight}，从新收到的条目起算。"
UNWEIGHED = "{name}不再单独定权重，按平台算。"
SENDS_NOTHING = "{name}不是推送来源，没有密钥。"
STARTED_ALREADY = "{name}没有停用。"
READ = "{name}读到了：新的{fresh}条，共{count}条。{latest}"
READ_LATEST = "最新：{title}"
READ_SAME = "{name}能读，没有新内容。"
READ_NOT = "{name}没有读到：{fault}。"
BROKEN = {
    SourceKind.FEED: "{name}读不到了：{fault}。会继续试，恢复时告诉您；"
    "不用了发送 停用来源 {number}。",
    SourceKind.PUSH: "{name}推送来的收不下：{fault}。请让推送的一方按文档改；恢复时告诉您，"
    "不用了发送 停用来源 {number}。",
}
WELL = {SourceKind.FEED: "{name}又能读到了。", SourceKind.PUSH: "{name}的推送又正常了。"}
SILENT_TITLE = "来源没有新内容：{name}"
SILENT = "{name}已{hours}小时没有新内容，平时不会这么久。请看看是不是停了、改版了。"
SPEAKS_AGAIN = "有新内容了"
STOPPED_WHY = "来源停用"
KIND_FEED, KIND_PUSH, KIND_SHEET = "订阅", "推送", "导入"
STATE_STOPPED = "已停用"
STATE_BROKEN = {SourceKind.FEED: "读不到：{fault}", SourceKind.PUSH: "收不下：{fault}"}
STATE_NEW = {SourceKind.FEED: "还没读过", SourceKind.PUSH: "还没收到过"}
STATE_SILENT = "很久没有新内容"
STATE_WELL = "正常，7天{count}条"

SHEETS = "导入的表"
SHEET_WHERE = (
    "舆情表在网页上导入（Excel 或 CSV，最多5万行）：先核对，一行都没错才登记，登记过的自动跳过。"
)
SHEET_ENTERED = (
    "《{file}》导入了{count}条舆情，跳过{left}条（登记过的、重复的、30天以前的）。"
    "正在研判，严重的会报警。"
)
SHEET_NOTHING = "《{file}》没有新的舆情，都登记过、重复或在30天以前。"
ROW_EMPTY = "标题和内容都没有，至少填一个。"
ROW_LINK = "链接“{said}”不是网址，要以 http:// 或 https:// 开头，没有就留空。"
ROW_WHEN = "发布时间“{said}”看不懂，写成 2026-11-23 10:30，不知道就留空。"
ROW_COUNT = "{title}“{said}”不是数，写成 20000 或 2万，不知道就留空。"
ROW_TWICE = "和第{number}行是同一条。"
ROW_OLD = "30天以前的，不收。"
ROW_KNOWN = "登记过。"

FAULTS = {
    SourceFault.ADDRESS: "地址不能用（内网地址，或不是网址）",
    SourceFault.UNREACHABLE: "连不上",
    SourceFault.TIME: "太慢，没等到",
    SourceFault.SIZE: "内容太大",
    SourceFault.STATUS: "对方网站出错",
    SourceFault.CERTIFICATE: "对方网站的证书不可信",
    SourceFault.REDIRECTS: "一直跳转",
    SourceFault.PACKING: "压缩格式不对",
    SourceFault.NO_FEED: "不是RSS、Atom或JSON Feed，或内容已损坏",
    SourceFault.SIGNATURE: "签名不对（密钥不对或已过期）",
    SourceFault.CLOCK: "对方时钟不准，超出5分钟",
    SourceFault.BODY: "内容格式不对",
}
FAULT_DETAIL = "{fault}（{detail}）"
