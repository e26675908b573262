"""The plainest way to find an intent, as a baseline: a table of patterns."""

import re
from collections.abc import Sequence
from functools import cache

# One pattern for an intent, the first that is found wins, and no slots: what a bot begins with.
_TABLE: Sequence[tuple[str, str]] = (
    ("unknown", r"^(?:收到|阅|已阅)$"),
    ("withdraw_draft", r"撤稿|撤回|撤掉"),
    ("return", r"退回|退稿|打回|驳回|重写|再改"),
    ("approve", r"^(?:通过|同意|可以|签发|发吧)|(?:\d+号?|都|全部?)(?:通过|同意|过)"),
    ("transfer_review", r"转给|转交|代审|会签|等.{1,3}看"),
    ("pending_reviews", r"待审|待办|要审|没审"),
    ("submit_draft", r"^标题|投稿|交稿|报(?:一?[个篇]|送)|上报|供稿"),
    ("revise_draft", r"修改|改成|改好"),
    ("finish_draft", r"^(?:完成|提交|发完了?|写完了?|就这些|没了)"),
    ("cancel", r"^(?:取消|算了|不发了|不报了)"),
    ("my_drafts", r"我的稿|我报的|我投的"),
    ("draft_detail", r"^\d+$|\d+号.{0,4}(?:内容|全文|进度|怎么样|到哪)"),
    ("quota", r"任务|配额|还差|完成率|指标"),
    ("ranking", r"排名|排行|名次|第几"),
    ("claim_call", r"认领|我来写|我们?接|领了?约稿"),
    ("create_call", r"约稿.{0,20}(?:前|截止)|发.{0,3}约稿"),
    ("list_calls", r"约稿"),
    ("close_opinion", r"办结|销号|结案"),
    ("dispose_opinion", r"处置|转办|牵头"),
    ("ack_alert", r"^(?:收到|知道了|已阅|马上)"),
    ("list_opinion", r"舆情.{0,6}(?:哪些|多少|列表|情况)"),
    ("report_opinion", r"舆情|抖音|微博|网上|曝光|热搜"),
    ("duty_swap", r"换班|调班|替班|换一?下"),
    ("duty_today", r"值班|带班|谁在班"),
    ("deadlines", r"截止|到期|什么时候交"),
    ("remind_me", r"提醒我|叫我|提醒"),
    ("mute", r"免打扰|别推|不要推|静音|退订"),
    ("record_adoption", r"采用|录用|刊发|登了"),
    ("monthly_report", r"月报|通报|报表|统计"),
    ("bind", r"绑定|我是.{2,8}(?:科|办|处)的"),
    ("profile", r"我的(?:信息|资料|角色)|我是谁"),
    ("help", r"帮助|怎么用|help|\?$"),
    ("smalltalk", r"你好|您好|谢谢|辛苦|再见"),
    ("append_draft", r".{60,}"),
)


@cache
def made() -> Sequence[tuple[str, re.Pattern[str]]]:
    return [(intent, re.compile(pattern)) for intent, pattern in _TABLE]


def found_in_table(text: str) -> str:
    said = text.strip().lower()
    return next((intent for intent, form in made() if form.search(said)), "unknown")
