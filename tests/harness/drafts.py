# ruff: noqa: E501, SIM905 - word lists are lists of words
"""Made-up drafts of a bureau, and what people do to a draft before they hand it in again.

The drafts are formulaic, as real ones are: a few hundred words, said about the same matters. Two
that have nothing to do with one another share a seventh of their pairs of characters.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

_NAMES = (
    "城东 城西 滨河 新华 建设 南湖 北苑 幸福 锦绣 阳光 金桂 翠湖 御景 光明 和平 胜利 东风 红旗 青山 "
    "龙泉 凤凰 白云 清河 石桥 柳林 杏花 松柏 长乐 永安 兴业 民主 团结 友谊 文昌 武侯 玉泉 银杏 望江"
).split()
_KINDS = (
    "街道 社区 小区 花园 家园 家属院 菜市场 小学 中学 医院 广场 公园 污水厂 换热站 加气站 "
    "安置房项目 棚改地块 地铁工地 快速路工地 产业园 公租房 养老院 幼儿园 商业街 村"
).split()
_MATTERS = (
    "物业服务 老旧小区改造 电梯安全 消防通道 燃气安全 建筑工地扬尘 深基坑 起重机械 公租房分配 房屋租赁 "
    "预售资金 农村危房 自建房 供热保障 污水管网 道路养护 路灯照明 城市绿化 生活垃圾分类 高空坠物 "
    "外墙脱落 防汛排涝 农民工工资 工程质量 施工许可 招标投标 装配式建筑 绿色建筑 历史建筑 业主委员会"
).split()
_VERBS = (
    "检查 整治 核查 更换 修复 清理 登记 张贴 发放 公布 完善 落实 组织 召开 举办 制定 建立 推行 约谈 督促 "
    "协调 排查 抽测 加固 疏通 粉刷 回访 通报 演练 培训 邀请 动员 走访 听取 汇总 复核 拆除 增设 验收 移交"
).split()
_OBJECTS = (
    "配电箱 楼道灯 消防栓 地下车库 雨水井 化粪池 外墙保温层 脚手架 塔吊 安全网 围挡 喷淋设备 电动车充电桩 "
    "宣传海报 明白纸 整改通知 工作台账 责任清单 应急预案 物资仓库 值班制度 投诉电话 居民意见 业主代表 网格员 "
    "维修资金 收费标准 合同备案 资质证书 工资专户 施工图纸 监理日志 检测报告 阀门井 调压箱 软管 报警器 "
    "供热管道 泵站 树木 绿地 护栏 井盖 标线 路缘石 桥梁支座 危房档案 搬迁协议 租金补贴 分配名单 样板间"
).split()
_MANNERS = (
    "坚持问题导向 结合工作实际 按照统一部署 会同有关部门 采取分片包干 利用周末时间 通过微信群 依托网格员 "
    "对照标准清单 邀请第三方 聚焦群众期盼 针对薄弱环节 围绕重点领域 立足职能职责 运用信息平台 克服高温天气 "
    "在前期摸排基础上 以案促改 一线调度 点面结合 逐户上门 连夜 提前半个月 分三个阶段 联合街道 顶着大雨"
).split()
_SUBJECTS = (
    "居民 业主 租户 商户 工人 学生家长 老人 企业 物业公司 施工单位 监理单位 社区干部 环卫工人 志愿者 出租人"
).split()
_FEELINGS = (
    "满意度明显提升 出行更加方便 主动整改到位 一致好评 意识增强 负担有所减轻 投诉下降 不再担心漏水 "
    "收到了欠薪 搬进了新房 用上了暖气 连连称赞 送来锦旗 纷纷点赞 报名参加 按时复工 签了承诺书 学会了自救"
).split()
_LEADERS = "局长 副局长 科长 副科长 总工程师 站长 主任 书记".split()
_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张"
_GIVEN = "明 建国 志强 晓红 海燕 国栋 文静 立新 振华 秀英 雨桐 思远 嘉怡 子轩 玉兰 德胜".split()
_WORD = re.compile(r"[\u4e00-\u9fff]{2}")


@dataclass(frozen=True, slots=True)
class MadeDraft:
    title: str
    body: str


def made_draft(dice: random.Random, paragraphs: int | None = None) -> MadeDraft:
    """Return a draft of three to seven paragraphs, some 200 to 900 characters."""
    matter, place = dice.choice(_MATTERS), _place(dice)
    lead = f"{_day(dice)}，区住建局{_leader(dice)}带队到{place}，就{matter}工作{_deed(dice)}。"
    middle = [
        "".join(_sentence(dice, matter) for _ in range(dice.randint(2, 4)))
        for _ in range((paragraphs or dice.randint(3, 7)) - 2)
    ]
    last = f"下一步，区住建局将{_clause(dice)}，{_clause(dice)}，让{_outcome(dice)}。"
    title = f"{place}{_deed(dice)} {matter}让{_outcome(dice)}"
    return MadeDraft(title, "\n".join([lead, *middle, last]))


def _day(dice: random.Random) -> str:
    return f"{dice.randint(1, 12)}月{dice.randint(1, 28)}日"


def _place(dice: random.Random) -> str:
    return dice.choice(_NAMES) + dice.choice(_KINDS)


def _leader(dice: random.Random) -> str:
    return dice.choice(_LEADERS) + dice.choice(_SURNAMES) + dice.choice(_GIVEN)


def _deed(dice: random.Random) -> str:
    return dice.choice(_VERBS) + dice.choice(_OBJECTS)


def _clause(dice: random.Random) -> str:
    return dice.choice(_MANNERS) + _deed(dice)


def _outcome(dice: random.Random) -> str:
    return dice.choice(_SUBJECTS) + dice.choice(_FEELINGS)


def _sentence(dice: random.Random, matter: str) -> str:
    about = matter if dice.random() < 0.4 else dice.choice(_MATTERS)
    figure = dice.randint(2, 980)
    forms = (
        f"{_place(dice)}{_clause(dice)}，涉及{about}{figure}户，{_outcome(dice)}。",
        f"截至{_day(dice)}，共检查{about}点位{figure}处，{_clause(dice)}，{_outcome(dice)}。",
        f"{_clause(dice)}，{_clause(dice)}，发现{about}问题{figure}个，整改{figure // 2}个。",
        f"在{_place(dice)}，工作人员{_clause(dice)}，{_deed(dice)}，{_outcome(dice)}。",
        f"{_leader(dice)}要求，{_clause(dice)}，{_deed(dice)}。",
    )
    return dice.choice(forms)


def _paragraphs(draft: MadeDraft) -> list[str]:
    return draft.body.split("\n")


def words_changed(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    """Say one word in eight otherwise, or leave it out."""
    others = "".join([*_OBJECTS, *_FEELINGS])

    def other(found: re.Match[str]) -> str:
        if dice.random() >= 0.12:
            return found[0]
        at = dice.randrange(len(others) - 2)
        return "" if dice.random() < 0.3 else others[at : at + 2]

    return MadeDraft(_WORD.sub(other, draft.title), _WORD.sub(other, draft.body))


def sentences_moved(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    sentences = [part + "。" for part in draft.body.replace("\n", "").split("。") if part]
    dice.shuffle(sentences)
    return replace(draft, body="".join(sentences))


def paragraph_added(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    parts = _paragraphs(draft)
    parts.insert(dice.randint(0, len(parts)), _paragraphs(made_draft(dice))[1])
    return replace(draft, body="\n".join(parts))


def figures_changed(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    """Change every date and number: the report of last year, handed in for this one."""

    def other(_: re.Match[str]) -> str:
        return str(dice.randint(1, 999))

    return MadeDraft(re.sub(r"\d+", other, draft.title), re.sub(r"\d+", other, draft.body))


def title_changed(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    return replace(draft, title=made_draft(dice).title)


def shortened(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    """Keep the first 55 to 80 percent."""
    return replace(draft, body=draft.body[: int(len(draft.body) * dice.uniform(0.55, 0.8))])


def excerpt(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    """Hand in one paragraph of it, or two, under another title."""
    parts = _paragraphs(draft)[1:-1]
    at = dice.randrange(len(parts))
    return MadeDraft(made_draft(dice).title, "\n".join(parts[at : at + 2]))


def excerpt_reworded(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    return words_changed(dice, excerpt(dice, draft))


def everything_changed_a_little(dice: random.Random, draft: MadeDraft) -> MadeDraft:
    """Another title, other figures, sentences moved, one word in eight otherwise."""
    moved = sentences_moved(dice, title_changed(dice, draft))
    return words_changed(dice, figures_changed(dice, moved))


EDITS: Mapping[str, Callable[[random.Random, MadeDraft], MadeDraft]] = {
    "words": words_changed,
    "sentence order": sentences_moved,
    "paragraph added": paragraph_added,
    "figures": figures_changed,
    "title": title_changed,
    "shortened": shortened,
    "excerpt": excerpt,
    "excerpt, words": excerpt_reworded,
    "all of it": everything_changed_a_little,
}
"""What may be done to a draft so that it still counts as handed in twice."""
