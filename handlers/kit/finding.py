"""Finding a draft that the sender may see, and naming it as people do."""

from collections.abc import Collection, Sequence

from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.rules.routes import Gate
from handlers.rules.visibility import DraftFacts, Viewer, may_see
from storage.models import Draft
from storage.queries.reviews import Numbered
from storage.vocabulary import DraftKind, Role

NOT_FOUND = "没有找到{number}号稿件。发送 我的稿件 或 待审 查看编号。"

ROLE_NAMES = {
    Role.OFFICER: "信息员",
    Role.SECTION_HEAD: "科室负责人",
    Role.OFFICE: "办公室",
    Role.SECRECY_REVIEWER: "保密审查",
    Role.LEGAL_REVIEWER: "合法性审查",
    Role.DEPUTY: "分管领导",
    Role.PRINCIPAL: "主要领导",
    Role.DUTY: "值班员",
    Role.LEAD_DUTY: "带班领导",
    Role.OPINION_LIAISON: "舆情联络员",
    Role.ADMIN: "管理员",
}


KIND_NAMES = {
    DraftKind.DYNAMIC: "动态",
    DraftKind.PRACTICE: "经验做法",
    DraftKind.RESEARCH: "调研",
    DraftKind.PROBLEM: "问题建议",
    DraftKind.PUBLIC_FEEDBACK: "社情民意",
    DraftKind.EMERGENCY: "紧急信息",
    DraftKind.PARTY_BUILDING: "党建",
}


def role_names(roles: Collection[Role]) -> str:
    """Name roles as people do, in the order of the ladder."""
    return "、".join(name for role, name in ROLE_NAMES.items() if role in roles)


def gate_name(gate: Gate) -> str:
    """Name a gate as its route does, else by the roles that decide at it."""
    return gate.name or "或".join(name for role, name in ROLE_NAMES.items() if role in gate.roles)


def named(draft: Draft | Numbered) -> str:
    """Name a draft by number and title."""
    return f"{draft.number}号《{draft.title}》"


def viewer(ctx: Context) -> Viewer:
    """Return the sender with his roles."""
    userid = ctx.sender.userid
    return Viewer(userid=userid, roles=ctx.uow.members.roles_of(userid))


def facts(ctx: Context, draft: Draft) -> DraftFacts:
    """Return what decides who may see and withdraw the draft."""
    return DraftFacts(
        author=draft.author, status=draft.status, lineage=ctx.uow.members.lineage(draft.unit)
    )


def draft_numbered(ctx: Context, number: int) -> Draft:
    """Return the sender's bureau's draft of that number, locked for this transaction.

    Raises:
        UserError: there is none, or it is not his to see; the two are told alike.
    """
    draft = ctx.uow.drafts.latest_numbered(ctx.sender.bureau, number)
    if draft is not None and sees(ctx, draft):
        return draft
    raise UserError(NOT_FOUND.format(number=number))


def sees(ctx: Context, draft: Draft) -> bool:
    """Tell whether the sender may see the draft."""
    return seen_by(ctx, viewer(ctx), facts(ctx, draft), draft)


def seen_by(ctx: Context, who: Viewer, what: DraftFacts, draft: Draft) -> bool:
    """Tell whether *who* may see the draft; whether he ever held it is asked where it matters."""
    if may_see(who, what, has_held=False):
        return True
    held = ctx.uow.reviews.has_held(draft.id, who.userid)
    return held and may_see(who, what, has_held=True)


def stood_in_for(ctx: Context) -> Sequence[Viewer]:
    """Return those of his bureau for whom the sender stands in now, each with his roles."""
    absent = ctx.uow.delegations.absent_for(ctx.sender.userid, ctx.now)
    if not absent:
        return ()
    people = ctx.uow.members.people(absent)
    own = [one for one in people if people[one].bureau == ctx.sender.bureau]
    roles = ctx.uow.members.roles_of_each(own)
    return [Viewer(userid=one, roles=roles[one]) for one in own]


def sees_as(ctx: Context) -> Sequence[Viewer]:
    """Return as whom the sender looks at things: himself, and whom he stands in for."""
    return [viewer(ctx), *stood_in_for(ctx)]
