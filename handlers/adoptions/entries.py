"""An entry of the register: of which draft, what it says, and who hears of it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from handlers.adoptions import texts
from handlers.adoptions.policy import AdoptionPolicy
from handlers.kit.asked import Asked
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import draft_numbered, facts, named, viewer
from handlers.kit.messages import Text
from handlers.kit.scoring import rules_by
from handlers.rules.attribution import Counting, counting
from handlers.rules.calendar import add_working_days, local
from handlers.rules.registering import Say, confirmers, say_of
from handlers.rules.review_flow import RELEASED
from handlers.rules.scoring.model import RuleSet
from storage.models import Adoption, Draft, Instruction
from storage.queries.adoptions import Entry
from storage.vocabulary import DraftStatus, EntryStatus, Role, UnitId, UserId

STATUS_WORDS = {
    DraftStatus.COMPOSING: "撰写中",
    DraftStatus.IN_REVIEW: "审核中",
    DraftStatus.ON_HOLD: "暂缓中",
    DraftStatus.RETURNED: "已退回",
    DraftStatus.WITHDRAWN: "已撤稿",
    DraftStatus.CANCELLED: "已取消",
    DraftStatus.RETRACTED: "已撤下",
    DraftStatus.ARCHIVED: "已归档",
}


def meant(ctx: Context, asked: Asked) -> list[Draft]:
    """Return the drafts that are named, or the sender's latest released one where he says 我那篇.

    Raises:
        UserError: none is named, one may not be seen, or one has not been signed.
    """
    numbers = asked.numbers
    if not numbers and asked.slots.get("select"):
        mine = ctx.uow.drafts.of_author(ctx.sender.userid, 50)
        numbers = tuple(draft.number for draft in mine if draft.status in RELEASED)[:1]
    if not numbers:
        raise UserError(texts.WHICH_DRAFT)
    drafts = [draft_numbered(ctx, number) for number in sorted(numbers)]
    for draft in drafts:
        if draft.status not in RELEASED:
            status = STATUS_WORDS.get(draft.status, str(draft.status))
            raise UserError(texts.NOT_RELEASED.format(name=named(draft), status=status))
    return drafts


def say(ctx: Context, draft: Draft, beneficiaries: Collection[UserId]) -> Say:
    """Return what the sender's word is worth.

    Raises:
        UserError: nothing; it is not his to say.
    """
    worth = say_of(viewer(ctx), facts(ctx, draft), beneficiaries)
    if worth is Say.NOTHING:
        raise UserError(texts.MAY_NOT.format(name=named(draft)))
    return worth


def refuse_unless_office(ctx: Context, draft: Draft) -> None:
    if not viewer(ctx).holds({Role.OFFICE}, facts(ctx, draft).lineage):
        raise UserError(texts.ONLY_OFFICE.format(name=named(draft)))


def confirmers_of(
    ctx: Context, draft: Draft, beneficiaries: Collection[UserId], proposer: UserId
) -> list[UserId]:
    """Return who may confirm an entry: the office, else a deputy, else the principal."""
    roles = (Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL)
    ladder = [ctx.uow.members.holding(role, draft.unit) for role in roles]
    return confirmers(ladder, {*beneficiaries, draft.author}, proposer)


def beneficiaries_of(ctx: Context, entry: Entry) -> list[UserId]:
    """Return the authors of the use, the largest share first; of a remark, the draft's author."""
    if isinstance(entry, Adoption):
        return [share.member for share in ctx.uow.adoptions.shares(entry.id)]
    return [ctx.uow.drafts.get(entry.draft).author]


def heads_of(ctx: Context, draft: Draft) -> Sequence[UserId]:
    return ctx.uow.members.holding(Role.SECTION_HEAD, draft.unit)


class Attribution:
    """Where what is entered today counts; what that rests on is asked for once.

    *rules* are those that were found before, for work that goes on in a later transaction.
    """

    def __init__(
        self, ctx: Context, rules: dict[tuple[UnitId, date], RuleSet] | None = None
    ) -> None:
        self._ctx = ctx
        self._calendar = ctx.calendar()
        days = ctx.policy(AdoptionPolicy).follow_up_days
        self.answer_by = local(add_working_days(ctx.now, days, self._calendar)).date()
        """Until when a leader's remark that is entered today is to be answered."""
        self._rules = {} if rules is None else rules

    def of(self, draft: Draft, day: date) -> Counting:
        """Return where what happened to a draft on *day* counts."""
        if (draft.bureau, day) not in self._rules:
            self._rules[draft.bureau, day] = rules_by(self._ctx.uow, draft.bureau, day)
        submitted = local(draft.submitted_at).date() if draft.submitted_at else None
        return counting(
            self._rules[draft.bureau, day],
            day,
            local(self._ctx.now).date(),
            self._calendar.is_workday,
            submitted,
        )


def count(ctx: Context, draft: Draft, day: date) -> Counting:
    """Return where what happened to a draft on *day* counts, entered today."""
    return Attribution(ctx).of(draft, day)


def impossible(ctx: Context, drafts: Sequence[Draft], day: date) -> str:
    """Say why nothing can have become of the drafts on that day; empty if it can."""
    if day > local(ctx.now).date():
        return texts.FUTURE.format(day=date_text(ctx, day))
    for draft in drafts:
        if draft.signed_at is not None and day < (signed := local(draft.signed_at).date()):
            return texts.TOO_EARLY.format(
                name=named(draft), signed=date_text(ctx, signed), day=date_text(ctx, day)
            )
    return ""


def refuse_impossible_day(ctx: Context, draft: Draft, day: date) -> None:
    if why := impossible(ctx, [draft], day):
        raise UserError(why)


def date_text(ctx: Context, day: date) -> str:
    year = "" if day.year == local(ctx.now).year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def facts_of(ctx: Context, entry: Entry, channel: str = "") -> str:
    """Say in one phrase what an entry says; *channel* is its name where that is known."""
    if isinstance(entry, Instruction):
        return texts.REMARK_FACTS.format(
            leader=entry.leader,
            level=texts.LEVELS[entry.level],
            rank=texts.RANKS[entry.rank],
            remark=texts.REMARKS[entry.remark],
            day=date_text(ctx, entry.given_on),
        )
    name = channel or ctx.uow.adoptions.channel_names([entry.channel])[entry.channel]
    return texts.FACTS.format(
        channel=name,
        level=texts.LEVELS[entry.level],
        form=texts.FORMS[entry.form],
        issue=f"，{entry.issue}" if entry.issue else "",
        day=date_text(ctx, entry.adopted_on),
    )


def counts_text(ctx: Context, entry: Entry) -> str:
    """Say in which month an entry counts, and whether it came late."""
    if not entry.late:
        return texts.COUNTS.format(month=int(entry.counts_in[-2:]))
    where = count(ctx, ctx.uow.drafts.get(entry.draft), day_of(entry))
    return where_text(ctx, replace(where, month=entry.counts_in, late=True))


def where_text(ctx: Context, where: Counting) -> str:
    """Say which month that is, and what was missed where it came late."""
    month = int(where.month[-2:])
    said = texts.COUNTS.format(month=month)
    if not where.late:
        return said
    return said + texts.LATE.format(month=month, until=date_text(ctx, where.until))


def set_follow_up(ctx: Context, entry: Instruction) -> None:
    """Have it reminded of on the day on which what the leader asked for is to be answered."""
    if entry.follow_up_on is not None and entry.answered_at is None:
        due = ctx.calendar().opening(entry.follow_up_on)
        ctx.set_timer("instruction_follow_up", entry.id, due)


def answer_of(ctx: Context, entry: Instruction) -> str:
    """Say until when a remark is to be answered, or what was done about it."""
    if entry.answered_at is not None:
        day = date_text(ctx, local(entry.answered_at).date())
        return texts.SHOWN_ANSWERED.format(day=day, words=entry.answer)
    if entry.follow_up_on is None or entry.status is not EntryStatus.CONFIRMED:
        return ""
    return texts.SHOWN_OPEN.format(day=date_text(ctx, entry.follow_up_on))


def day_of(entry: Entry) -> date:
    return entry.adopted_on if isinstance(entry, Adoption) else entry.given_on


def kind_of(entry: Entry) -> str:
    return texts.USE if isinstance(entry, Adoption) else texts.REMARK


def names(ctx: Context, members: Collection[UserId]) -> str:
    called = ctx.uow.members.names(members)
    return "、".join(called[member] for member in members if member in called) or texts.NOBODY


def tell(
    ctx: Context,
    draft: Draft,
    authors: Collection[UserId],
    said: str,
    *,
    subject: str,
    stage: str = "",
) -> list[UserId]:
    """Tell the authors and the heads of their section, except the sender; return all of them.

    *said* has {whose} where it says whose draft it is.
    """
    heads = [head for head in heads_of(ctx, draft) if head not in authors]
    for members, whose in ((authors, texts.YOURS), (heads, texts.OF_YOUR_SECTION)):
        others = [member for member in members if member != ctx.sender.userid]
        content = Text(text=said.replace("{whose}", whose))
        ctx.tell("adoption_told", others, content, subject=subject, stage=stage)
    return [*authors, *heads]


def evidence_of(entry: Entry) -> str:
    """Say what shows it."""
    scan = texts.EVIDENCE_NAME if entry.scan else ""
    if isinstance(entry, Instruction):
        return "；".join(part for part in (entry.words, scan) if part)
    return "；".join(part for part in (entry.url, entry.issue, entry.words, scan) if part)
