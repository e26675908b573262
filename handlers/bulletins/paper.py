"""An issue on paper: its facts as they are now, before anybody decides how it looks."""

from handlers.bulletins import texts
from handlers.bulletins.issues import names, signer_of
from handlers.kit.context import Context
from handlers.rules.calendar import local
from handlers.rules.papers import Bulletin, BulletinText
from storage.models import BulletinIssue
from storage.vocabulary import IssueId, IssueStatus

NUMBER = "第{number}期"
TOTAL = "（总第{total}期）"
DATE = "{day.year}年{day.month}月{day.day}日"
SOURCE = "（{source}供稿）"
REPORT, SEND, COPY = "报：{to}", "送：{to}", "发：{to}"
COPIES = "（共印{count}份）"
EDITORS, SIGNER = "编辑：{who}", "签发：{who}"
UNSIGNED = "预览，未签发"
FOOT = "内容校验码 {sha256}"


def bulletin_of(ctx: Context, number: IssueId) -> Bulletin:
    """Return what stands on an issue; one that is not signed says so on its first line.

    Raises:
        LookupError: there is no such issue.
    """
    issue = ctx.uow.bulletins.issue(number)
    if issue is None:
        raise LookupError(number)
    series = ctx.uow.bulletins.series_of(issue.series)
    day = issue.distributed_at or issue.signed_at or ctx.now
    lines = ((REPORT, series.report_to), (SEND, series.send_to), (COPY, series.copy_to))
    signer = signer_of(ctx, issue)
    return Bulletin(
        name=series.name,
        number=NUMBER.format(number=issue.number),
        total=TOTAL.format(total=issue.total),
        office=series.office,
        date=DATE.format(day=local(day)),
        items=tuple(
            BulletinText(
                title=one.item.title,
                body=one.item.body,
                source=SOURCE.format(source=one.item.source),
            )
            for one in ctx.uow.bulletins.items(issue.id)
        ),
        recipients=tuple(form.format(to=to) for form, to in lines if to),
        copies=COPIES.format(count=series.copies) if series.copies else "",
        editors=EDITORS.format(who=names(ctx, issue.hands)),
        signer=SIGNER.format(who=signer) if signer else "",
        mark="" if issue.status is not IssueStatus.DRAFTING else UNSIGNED,
        foot=FOOT.format(sha256=issue.sha256[:16]) if issue.sha256 else "",
    )


def filename_of(ctx: Context, issue: BulletinIssue) -> str:
    series = ctx.uow.bulletins.series_of(issue.series)
    return texts.FILE.format(series=series.name, number=issue.number)
