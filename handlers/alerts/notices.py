"""紧急通知: somebody calls out to people who all have to answer."""

import re
from collections.abc import Sequence

from handlers.alerts import meanings, texts
from handlers.alerts.commands import registry
from handlers.alerts.raising import raise_alert
from handlers.alerts.telling import named, people
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.events import AlertAsked
from handlers.kit.finding import viewer
from handlers.kit.people import called
from handlers.kit.writers import unit_said
from handlers.rules.escalation import NOTICE
from handlers.rules.visibility import may_raise_notices
from storage.vocabulary import Grade, Role, UserId

_RAISERS = frozenset(
    {Role.OFFICE, Role.DUTY, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL, Role.ADMIN}
)
_FIRST = re.compile(r"[\s:：]*(?:发?给)?([^\s:：,，]+)[\s:：,，]+(.+)", re.DOTALL)
_AND = re.compile(r"[、和及]")
_EACH = re.compile(r"^(?:全体|各科室的?|各科|各单位|各|所有的?|全部)")
_ROLES = {
    "科室负责人": (Role.SECTION_HEAD,),
    "负责人": (Role.SECTION_HEAD,),
    "科长": (Role.SECTION_HEAD,),
    "科室": (Role.SECTION_HEAD,),
    "各科室": (Role.SECTION_HEAD,),
    "各科": (Role.SECTION_HEAD,),
    "各单位": (Role.SECTION_HEAD,),
    "信息员": (Role.OFFICER,),
    "科室信息员": (Role.OFFICER,),
    "局领导": (Role.DEPUTY, Role.PRINCIPAL),
    "领导": (Role.DEPUTY, Role.PRINCIPAL),
    "分管领导": (Role.DEPUTY,),
    "值班人员": (Role.DUTY, Role.LEAD_DUTY),
    "值班员": (Role.DUTY, Role.LEAD_DUTY),
    "值班": (Role.DUTY, Role.LEAD_DUTY),
    "办公室": (Role.OFFICE,),
    "舆情联络员": (Role.OPINION_LIAISON,),
}
_EVERYBODY = frozenset({"全局", "全体", "所有人", "全员", "人员", "全体人员", "干部职工", "职工"})
_SENT = "sure"
_TITLE = 20


@registry.command(
    "紧急通知",
    takes=Takes.WORDS,
    usage="紧急通知 各科室负责人 今晚停水应急，请回复收到",
    purpose="通知一批人，每人要回复收到",
    shown_to=_RAISERS,
    means=meanings.notice,
    reads=meanings.notice_said,
)
def raise_notice(ctx: Context, asked: Asked) -> str:
    """Show whom it would go to and ask; on a yes, send it."""
    if not may_raise_notices(viewer(ctx)):
        raise UserError(texts.NOTICE_NOT_YOURS)
    found = _FIRST.fullmatch(asked.text)
    if found is None:
        raise UserError(texts.NOTICE_USAGE)
    said, text = found[1], found[2].strip()
    members = meant(ctx, said)
    if _SENT in asked.slots:
        return _send(ctx, members, text)
    question = texts.NOTICE_SURE.format(
        count=len(members), names=people(ctx, members, 8), text=text
    )
    sure = Option(label="", command="raise_notice", text=asked.text, slots={_SENT: True})
    return ctx.offer(question, sure, confirming="raise_notice")


def _send(ctx: Context, members: Sequence[UserId], text: str) -> str:
    wanted = AlertAsked(
        unit=ctx.sender.bureau,
        kind=NOTICE,
        key=ctx.new_id(),
        grade=Grade.ORANGE,
        source=ctx.sender.name,
        title=re.split(r"[，,。；;！!\n]", text, maxsplit=1)[0][:_TITLE],
        text=text,
        named=tuple(members),
    )
    alert = raise_alert(ctx, wanted)
    told = {one.member for one in ctx.uow.alerts.recipients(alert.id)}
    answer = texts.NOTICE_SENT.format(name=named(alert), count=len(told), code=alert.code)
    if lost := [one for one in members if one not in told]:
        answer += texts.NOTICE_LOST.format(names=people(ctx, lost))
    return answer


def meant(ctx: Context, said: str) -> list[UserId]:
    """Return whom the words name, each once and without the sender: roles, units, people.

    Raises:
        UserError: a part of it names nobody, or nobody is left.
    """
    found: dict[UserId, None] = {}
    for part in filter(None, _AND.split(said)):
        members = _part(ctx, part)
        if not members:
            unknown = texts.NOTICE_UNKNOWN.format(said=part, usage=texts.NOTICE_USAGE)
            raise UserError(unknown)
        found |= dict.fromkeys(members)
    able = ctx.uow.members.people(found.keys())
    wanted = [one for one in found if one in able and one != ctx.sender.userid]
    if not wanted:
        raise UserError(texts.NOTICE_TO_NOBODY.format(said=said))
    return wanted


def _part(ctx: Context, part: str) -> Sequence[UserId]:
    word = _EACH.sub("", part).lstrip("的")
    if part in _EVERYBODY or word in _EVERYBODY:
        return [one.userid for one in ctx.uow.members.of_bureau(ctx.sender.bureau)]
    if roles := _ROLES.get(word) or _ROLES.get(part):
        held = ctx.uow.members.holders(ctx.sender.bureau, roles)
        return [one for role in roles for some in held[role].values() for one in some]
    units = {unit.name: unit.id for unit in ctx.uow.members.units_of(ctx.sender.bureau)}
    meant = next((name for name in (part, word) if name in units), None)
    if meant is None and len(person := called(ctx, part)) == 1:
        return [person[0].userid]
    meant = meant or unit_said(part, units) or unit_said(word, units)
    everybody = ctx.uow.members.of_bureau(ctx.sender.bureau) if meant else ()
    return [one.userid for one in everybody if one.unit == units.get(meant or "")]
