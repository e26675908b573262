"""机器校对: on submission, what a machine sees in the text; it never stands in the way."""

from collections.abc import Mapping, Sequence

from handlers.drafts import texts
from handlers.drafts.lists import shipped
from handlers.drafts.policy import ProofPolicy
from handlers.kit.context import Context
from handlers.kit.proofs import said_of
from handlers.rules.calendar import local
from handlers.rules.proof import Found, Item, Leader, Lists, Word, proof
from storage.models import Draft, DraftVersion


def prove(ctx: Context, draft: Draft, body: str) -> list[Found]:
    """Return what the proof finds in the draft's title and *body* today."""
    item = Item(
        title=draft.title,
        body=body,
        kind=draft.kind,
        today=local(ctx.now).date(),
        is_workday=ctx.calendar().is_workday,
    )
    return proof(item, _lists(ctx, draft))


def look_for_faults(ctx: Context, draft: Draft, version: DraftVersion) -> str:
    """Keep what the proof finds beside the version; return what its author reads."""
    found = prove(ctx, draft, version.body)
    version.findings = [one.write() for one in found]
    return hints(ctx, version.body, found)


def hints(ctx: Context, body: str, found: Sequence[Found]) -> str:
    """Say what was found, each with its place and how to mend it; empty where nothing was."""
    if not found:
        return ""
    shown = ctx.policy(ProofPolicy).shown
    lines = [texts.FAULT.format(line=line) for line in said_of(found, body)]
    if len(lines) > shown:
        lines = [*lines[: shown - 1], texts.MORE_FAULTS.format(count=len(lines) - shown + 1)]
    return texts.FAULTS.format(lines="\n".join(lines))


def _lists(ctx: Context, draft: Draft) -> Lists:
    policy = ctx.policy(ProofPolicy)
    leaders = policy.leaders.get(ctx.uow.members.unit(draft.bureau).name, ())
    return Lists(
        leaders=tuple(Leader(name=each.name, titles=each.titles) for each in leaders),
        slips=(*shipped("slips"), *_words(policy.slips)),
        sensitive=(*shipped("sensitive"), *_words(policy.sensitive)),
        title_limit=policy.title_limit,
        lengths=policy.lengths,
    )


def _words(more: Mapping[str, str]) -> Sequence[Word]:
    return tuple(Word(word=word, instead=instead) for word, instead in more.items())
