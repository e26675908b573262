"""批示办结: what was done about a leader's remark."""

from dataclasses import replace

from handlers.adoptions import texts
from handlers.adoptions.entries import facts_of, meant, names, say, tell
from handlers.kit.asked import Asked
from handlers.kit.context import Context, Option
from handlers.kit.errors import UserError
from handlers.kit.finding import named
from handlers.kit.messages import Text
from storage.models import Draft, Instruction
from storage.vocabulary import EntryStatus, Role

COMMAND = "answer_instruction"


def answer(ctx: Context, asked: Asked) -> str:
    """Note what was done about a remark; the office, the section and the author hear it.

    Raises:
        UserError: it is not the sender's to say, nothing waits, or he does not say what was done.
    """
    draft = meant(ctx, asked)[0]
    say(ctx, draft, ())
    waiting = [
        entry
        for entry in ctx.uow.adoptions.instructions_of([draft.id], [EntryStatus.CONFIRMED])
        if entry.follow_up_on is not None and entry.answered_at is None
    ]
    if not waiting:
        raise UserError(texts.NOTHING_TO_ANSWER.format(name=named(draft)))
    if not asked.text:
        raise UserError(texts.ASK_ANSWER.format(name=named(draft), number=draft.number))
    chosen = asked.slots.get("entry")
    fitting = [entry for entry in waiting if chosen in {None, entry.id}]
    fitting = [entry for entry in fitting if entry.leader in asked.text] or fitting
    if len(fitting) > 1:
        options = [
            Option.of(
                COMMAND,
                replace(asked, slots={**asked.slots, "entry": entry.id}),
                facts_of(ctx, entry),
            )
            for entry in fitting
        ]
        return ctx.offer(texts.WHICH_REMARK, *options)
    return _answered(ctx, draft, fitting[0], asked.text)


def _answered(ctx: Context, draft: Draft, entry: Instruction, words: str) -> str:
    entry.answer, entry.answered_by, entry.answered_at = words, ctx.sender.userid, ctx.now
    ctx.uow.timers.cancel(entry.id)
    ctx.audit("instruction:answer", entry.id, after={"answer": words})
    said = texts.ANSWERED_TOLD.format(
        who=ctx.sender.name, name=named(draft), leader=entry.leader, words=words
    )
    told = tell(ctx, draft, [draft.author], said, subject=entry.id, stage="answered")
    office = [
        member
        for member in ctx.uow.members.holding(Role.OFFICE, draft.unit)
        if member not in {ctx.sender.userid, *told}
    ]
    content = Text(text=said.replace("{whose}", ""))
    ctx.tell("adoption_told", office, content, subject=entry.id, stage="answered")
    everybody = [member for member in (*told, *office) if member != ctx.sender.userid]
    return texts.ANSWERED.format(name=named(draft), leader=entry.leader, told=names(ctx, everybody))
