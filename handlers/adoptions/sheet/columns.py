"""What the columns of 采用登记表 mean, by the names that offices give them."""

from handlers.kit.sheets import Column

COLUMNS = (
    Column(
        key="number",
        title="稿号",
        names=("编号", "稿件编号", "稿件号", "号"),
        example="12",
        width=10,
    ),
    Column(key="title", title="标题", names=("稿件标题", "稿件", "题目", "信息标题"), width=36),
    Column(
        key="channel",
        title="渠道",
        names=("采用渠道", "采用刊物", "刊物", "采用单位", "采用媒体", "媒体"),
        example="市政府网站",
        width=18,
    ),
    Column(
        key="day",
        title="日期",
        names=("采用日期", "刊发日期", "采用时间", "批示日期", "时间"),
        needed=True,
        example="2026-09-20",
        width=14,
    ),
    Column(key="level", title="层级", names=("级别", "采用级别"), example="市级", width=10),
    Column(key="form", title="形式", names=("采用形式", "采用方式"), example="单篇", width=10),
    Column(key="issue", title="期号", names=("期数", "刊期"), example="第3期", width=10),
    Column(
        key="url",
        title="链接",
        names=("网址", "采用链接", "链接地址"),
        example="https://www.example.gov.cn/a/1.html",
        width=36,
    ),
    Column(key="words", title="佐证说明", names=("佐证", "说明", "备注", "证明"), width=24),
    Column(key="authors", title="作者", names=("署名", "作者及比例"), width=18),
    Column(key="leader", title="批示领导", names=("领导", "批示人"), width=14),
    Column(key="remark", title="批示内容", names=("批示", "批示意见"), width=36),
)
