"""The words of the papers: what stands on them for ever, where the chat's texts say it once."""

from storage.vocabulary import DraftKind, Handing, PaperKind, Standing, Verdict

PAPERS = {PaperKind.APPROVAL_FORM: "审批单", PaperKind.ARTICLE: "Word 稿"}
FILES = {
    PaperKind.APPROVAL_FORM: "{year}年{number}号审批单.docx",
    PaperKind.ARTICLE: "{year}年{number}号稿件.docx",
}
FORM = "{bureau}信息发布审批单"
NUMBER = "{year}年第{number}号"
UNIT = "拟稿单位"
AUTHOR = "拟稿人"
HANDED_IN = "报送时间"
KIND = "信息种类"
CHANNEL = "拟发渠道（栏目）"
STATE = "目前状态"
SOURCE = "稿件来源"
OPENNESS = "公开属性"
CLASSIFIED = "是否涉密"
ONLINE = "能否上网"
PERSONAL = "个人信息"
KINDS = {
    DraftKind.DYNAMIC: "工作动态",
    DraftKind.PRACTICE: "经验做法",
    DraftKind.RESEARCH: "调研信息",
    DraftKind.PROBLEM: "问题建议",
    DraftKind.PUBLIC_FEEDBACK: "社情民意",
    DraftKind.EMERGENCY: "紧急信息",
    DraftKind.PARTY_BUILDING: "党建信息",
}
RULED = "＿＿＿＿＿＿＿＿"
SOURCE_BOXES = "□本单位原创　□转载，出处：＿＿＿＿＿＿＿＿"
OPENNESS_BOXES = "□主动公开　□依申请公开　□不公开"
OPEN = "☑主动公开（{channels}）　□依申请公开　□不公开"
CLASSIFIED_BOXES = "□不涉密　□涉密（提交时系统未发现密级标识）"
CLEARED = "☑不涉密（{who}保密审查）　□涉密"
ONLINE_BOXES = "□可以上网　□不得上网"
ONLINE_TICKED = "☑可以上网　□不得上网"
OFFLINE = "□可以上网　☑不得上网（见审核意见）"
PERSONAL_NONE = "系统未发现证件、手机、银行卡号码　□已核对"
PERSONAL_FOUND = "系统发现{count}处证件、手机或银行卡号码　□已隐去　□确需公开"

GATE = "{gate}意见"
VERDICTS = {Verdict.APPROVE: "同意。", Verdict.RETURN: "退回修改。"}
WITH_REASON = "{verdict}{reason}"
ON_BEHALF = "{who}（代{absent}）"
STANDINGS = {
    Standing.ESCALATED: "{who}（逐级递补）",
    Standing.TRANSFERRED: "{who}（受托审核）",
    Standing.COUNTERSIGNER: "{who}（会签）",
}
OF_TEXT = "对第{number}稿{older}　{sha256}"
OLDER = "（已被后稿取代）"
SKIPPED = "按流程跳过：无人担任。"
CARRIED = "前稿的同意沿用到第{number}稿：只改了文字。"
WAITS = "（待审核）"
DISPATCH = "{channel}　{who}　{when}"
HANDED = {
    Handing.TRANSFER: "{when}　{who}转请{to}审核{reason}",
    Handing.COUNTERSIGN: "{when}　{who}请{to}会签{reason}",
    Handing.CONFIRM: "{when}　{who}请{to}核实确认{reason}",
}
REASON = "：{reason}"
FOOT = "第{number}稿　SHA-256 {sha256}　{when}由信使生成"

SIGNED_BY = "（{unit}　{author}）"
NOT_SIGNED = "【未签发：{status}，不得对外使用】"
PICTURE = "图{place}　{name}"
NO_NAME = "未命名"
LOST = "（原图未能取回）"

VERSION = "第{number}稿"
CHARACTERS = "{count}字"
FIRST = "首次报送"
TITLE_WAS = "标题原为《{title}》；"
PICTURES_WERE = "图片由{before}张变为{after}张；"
BODY_SAME = "正文未变"
