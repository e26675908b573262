"""编入, 移出, 第12期, 预览, 送签, 签发, 退签, 印发, 简报: an issue from first to last."""

import re

from handlers.bulletins import compiling, meanings, signing, texts
from handlers.bulletins.issues import CARD, issue_meant, listed, sees_issue, status_of
from handlers.kit.asked import Asked, Press, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.messages import MessageKind
from handlers.kit.registry import Registry
from storage.vocabulary import IssueId, Role, Urgency

registry = Registry(theme="简报")
registry.message(MessageKind(name=CARD, urgency=Urgency.PROMPT, distinct=True))
registry.message(MessageKind(name=signing.TOLD, urgency=Urgency.PROMPT, distinct=True))
registry.message(
    MessageKind(name=signing.PAPER, urgency=Urgency.PROMPT, resend_when_unsure=False, mutable=False)
)

_OFFICE = frozenset({Role.OFFICE})
_LEADERS = frozenset({Role.DEPUTY, Role.PRINCIPAL})
READERS = _OFFICE | _LEADERS
_AT_ONCE = 10
_TO = re.compile(r"^(?:已经?)?(?:印发|发|送|印)?(?:给|至|到|往)?\s*[:：]?\s*")


@registry.command(
    "编入",
    takes=Takes.ISSUE_AND_TEXT,
    usage="编入第12期 12号 15号",
    purpose="把签发了的稿件编进简报，没有这一期就新建",
    shown_to=_OFFICE,
    means=meanings.compiling,
)
def compile_issue(ctx: Context, asked: Asked) -> str:
    return compiling.compile_into(ctx, asked)


@registry.command(
    "移出",
    takes=Takes.ISSUE_AND_TEXT,
    usage="移出第12期 15号",
    purpose="把稿件从简报里拿出来",
    shown_to=_OFFICE,
    means=meanings.dropping,
)
def drop_from_issue(ctx: Context, asked: Asked) -> str:
    return compiling.drop(ctx, asked)


@registry.command(
    "调整",
    takes=Takes.ISSUE,
    usage="调整第12期 15号 提到最前（或：把A改成B）",
    purpose="调整简报的顺序，改刊用的字",
    shown_to=_OFFICE,
    means=meanings.arranging,
)
def arrange_issue(ctx: Context, asked: Asked) -> str:
    return compiling.arrange(ctx, asked)


@registry.command(
    "第",
    takes=Takes.ISSUE,
    usage="第12期",
    purpose="看一期简报编了什么、到哪一步",
    shown_to=READERS,
    means=meanings.showing,
    changes=False,
)
def show_issue(ctx: Context, asked: Asked) -> str:
    issue = issue_meant(ctx, asked, "show_issue")
    return issue if isinstance(issue, str) else listed(ctx, issue)


@registry.command(
    "预览",
    takes=Takes.ISSUE,
    usage="预览第12期",
    purpose="要一期简报的 Word 文件",
    shown_to=READERS,
    means=meanings.previewing,
    changes=False,
)
def preview_issue(ctx: Context, asked: Asked) -> str:
    issue = issue_meant(ctx, asked, "preview_issue")
    if isinstance(issue, str):
        return issue
    return signing.preview(ctx, issue, {ctx.sender.userid})


@registry.command(
    "送签",
    takes=Takes.ISSUE,
    usage="送签第12期",
    purpose="把编好的简报送领导签发",
    shown_to=_OFFICE,
    means=meanings.offering,
)
def offer_issue(ctx: Context, asked: Asked) -> str:
    issue = issue_meant(ctx, asked, "offer_issue")
    return issue if isinstance(issue, str) else signing.offer(ctx, issue)


@registry.command(
    "签发",
    takes=Takes.ISSUE,
    usage="签发第12期",
    purpose="签发送来的简报",
    shown_to=_LEADERS,
    means=meanings.signing,
)
def sign_issue(ctx: Context, asked: Asked) -> str:
    issue = issue_meant(ctx, asked, "sign_issue")
    return issue if isinstance(issue, str) else signing.sign(ctx, issue)


@registry.command(
    "退签",
    takes=Takes.ISSUE_AND_TEXT,
    usage="退签第12期 原因",
    purpose="把送签或签发了的简报退回去改",
    shown_to=READERS,
    means=meanings.sending_back,
    reads=meanings.reason,
)
def send_issue_back(ctx: Context, asked: Asked) -> str:
    issue = issue_meant(ctx, asked, "send_issue_back")
    return issue if isinstance(issue, str) else signing.send_back(ctx, issue, asked.text)


@registry.command(
    "印发",
    takes=Takes.ISSUE_AND_TEXT,
    usage="印发第12期 给 局领导、各科室",
    purpose="登记签发了的简报印发给谁",
    shown_to=_OFFICE,
    means=meanings.distributing,
    reads=meanings.recipients,
)
def distribute_issue(ctx: Context, asked: Asked) -> str:
    issue = issue_meant(ctx, asked, "distribute_issue")
    if isinstance(issue, str):
        return issue
    return signing.distribute(ctx, issue, _TO.sub("", asked.text).strip(" 。."))


@registry.command(
    "简报",
    "专刊",
    takes=Takes.NOTHING,
    usage="简报",
    purpose="看各期简报",
    shown_to=READERS,
    means=meanings.listing,
    changes=False,
)
def list_issues(ctx: Context, _asked: Asked) -> str:
    found = [
        issue
        for issue in ctx.uow.bulletins.issues(ctx.sender.bureau, _AT_ONCE)
        if sees_issue(ctx, issue)
    ]
    if not found:
        raise UserError(texts.ISSUES_NONE)
    sizes = ctx.uow.bulletins.sizes([issue.id for issue in found])
    series = {one.id: one.name for one in ctx.uow.bulletins.series(ctx.sender.bureau)}
    lines = [
        texts.ISSUES_LINE.format(
            series=series[issue.series],
            number=issue.number,
            total=issue.total,
            status=status_of(ctx, issue),
            count=sizes.get(issue.id, 0),
        )
        for issue in found
    ]
    return ctx.with_link(texts.ISSUES.format(lines="\n".join(lines)), "bulletins")


@registry.button("bulletin")
def press(ctx: Context, pressed: Press) -> str:
    """Take a press on the card of an offered issue; sending it back asks for its reason."""
    _, act, identity, seen = pressed.key.split(":")
    issue = ctx.uow.bulletins.lock(IssueId(identity))
    if issue is None or not sees_issue(ctx, issue):
        return ""
    if act == "sign":
        return signing.sign(ctx, issue, seen, pressed.response_code)
    return signing.send_back(ctx, issue, "")
