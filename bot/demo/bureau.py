"""The sample bureau: thirteen sections, some thirty people, all invented."""

_SECTIONS = (
    ("办公室", (("zhoumin", "周敏", "office|section_head|admin"), ("sunyu", "孙瑜", "office"))),
    ("组织人事科", (("helin", "何琳", "officer"), ("tangyong", "唐勇", "section_head|duty"))),
    ("物业管理科", (("wangfang", "王芳", "officer"), ("liqiang", "李强", "section_head"))),
    ("房产市场科", (("xuting", "徐婷", "officer"), ("gaofeng", "高峰", "section_head"))),
    ("住房保障科", (("majun", "马俊", "officer|duty"), ("dengli", "邓丽", "section_head"))),
    ("城市建设科", (("luohao", "罗浩", "officer|duty"), ("songwei", "宋伟", "section_head|duty"))),
    ("燃气管理科", (("chenjing", "陈静", "officer"), ("zhaolei", "赵磊", "section_head|duty"))),
    ("质量安全科", (("qinfei", "秦飞", "officer|duty"), ("caobin", "曹斌", "section_head"))),
    ("村镇建设科", (("fanyan", "范燕", "officer|duty"), ("pengtao", "彭涛", "section_head"))),
    ("行政审批科", (("yuxin", "余欣", "officer"), ("xiaohong", "肖红", "section_head"))),
    ("房屋安全中心", (("panlei", "潘磊", "officer|duty"), ("duanping", "段平", "section_head"))),
    ("公积金管理部", (("shiyue", "石悦", "officer"), ("hanbing", "韩冰", "section_head"))),
    ("档案馆", (("kongdan", "孔丹", "officer"), ("baiyun", "白云", "section_head"))),
)
_LEADERS = (
    ("huangjianguo", "黄建国", "principal|lead_duty", ""),
    ("liuwei", "刘伟", "deputy|lead_duty", "物业管理科|房产市场科|住房保障科|公积金管理部"),
    (
        "yangxue",
        "杨雪",
        "deputy|lead_duty",
        "城市建设科|燃气管理科|质量安全科|村镇建设科|房屋安全中心",
    ),
    ("jiangnan", "江南", "deputy|lead_duty", "办公室|组织人事科|行政审批科|村镇建设科|档案馆"),
)

BUREAU = "区住建局"
OFFICERS = tuple(
    (people[0][0], section) for section, people in _SECTIONS if people[0][2].startswith("officer")
)


LIAISON = "sunyu"
"""Who releases reports of public opinion."""


def members_csv() -> str:
    """Return the roster as `xinshi members import` reads it."""
    lines = ["userid,name,unit,roles,aliases,in_charge_of"]
    for userid, name, roles, sections in _LEADERS:
        lines.append(f"{userid},{name},{BUREAU},{roles},{name[0]}局,{sections}")
    for section, people in _SECTIONS:
        for userid, name, roles in people:
            more = "|opinion_liaison" if userid == LIAISON else ""
            lines.append(f"{userid},{name},{BUREAU}/{section},{roles}{more},,")
    return "\n".join(lines) + "\n"
