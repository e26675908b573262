"""What the register adds when a draft is shown, and when somebody takes his last act back."""

from handlers.adoptions import texts, undoing
from handlers.adoptions.channels import channels_of
from handlers.adoptions.commands import registry
from handlers.adoptions.entries import answer_of, counts_text, date_text, facts_of
from handlers.kit.context import Context
from handlers.kit.events import ChannelsAsked, DraftShown, LastActAsked, UndoAsked
from handlers.rules.calendar import local
from storage.vocabulary import DispatchStatus

registry.on(LastActAsked)(undoing.when_last)
registry.on(UndoAsked)(undoing.undo)


@registry.on(ChannelsAsked)
def have_channels(ctx: Context, _event: ChannelsAsked) -> None:
    """Give a bureau that has no channels yet those that ship."""
    channels_of(ctx)


@registry.on(DraftShown)
def show_what_became_of_it(ctx: Context, event: DraftShown) -> str:
    """Say where the draft was sent, who used it, and which leader wrote on it."""
    sent = ctx.uow.adoptions.dispatches([event.draft])
    used = ctx.uow.adoptions.of_drafts([event.draft], texts.WAITS)
    called = ctx.uow.adoptions.channel_names(
        [*(each.channel for each in sent), *(each.channel for each in used)]
    )
    lines = [
        texts.SHOWN_USE.format(
            facts=facts_of(ctx, each, called[each.channel]),
            counts=counts_text(ctx, each),
            waits=texts.WAITS[each.status],
        )
        for each in used
    ]
    if open_ones := [each for each in sent if each.status is not DispatchStatus.ADOPTED]:
        listed = "、".join(
            texts.SHOWN_ONE.format(
                channel=called[each.channel],
                day=date_text(ctx, local(each.dispatched_at).date()),
                outcome=texts.OUTCOMES[each.status] + (f"：{each.reason}" if each.reason else ""),
            )
            for each in open_ones
        )
        lines.insert(0, texts.SHOWN_DISPATCH.format(lines=listed))
    lines += [
        texts.SHOWN_REMARK.format(
            facts=facts_of(ctx, each), waits=texts.WAITS[each.status], answer=answer_of(ctx, each)
        )
        for each in ctx.uow.adoptions.instructions_of([event.draft])
    ]
    return "\n".join(lines)
