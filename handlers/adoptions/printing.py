"""What the bureau prints in a bulletin of its own is a use by the bulletin's channel."""

from handlers.adoptions import texts
from handlers.adoptions.commands import registry
from handlers.adoptions.deciding import make_count, propose
from handlers.adoptions.reading import Evidence, Said
from handlers.adoptions.using import add, authors_of
from handlers.kit.context import Context
from handlers.kit.events import BulletinDistributed, Printed
from handlers.kit.finding import facts, named, viewer
from handlers.rules.registering import Say, say_of
from storage.models import Channel
from storage.vocabulary import Form


@registry.on(BulletinDistributed)
def register_uses(ctx: Context, event: BulletinDistributed) -> str:
    """Enter each item as a use; one that the sender benefits from waits for another's yes."""
    channels = ctx.uow.adoptions.channels(ctx.sender.bureau)
    channel = next(one for one in channels if one.id == event.channel)
    known = ctx.uow.adoptions.of_drafts([item.draft for item in event.items])
    before = {each.draft for each in known if each.issue == event.issue}
    told = [_use(ctx, event, channel, each) for each in event.items if each.draft not in before]
    waiting = "、".join(filter(None, told))
    return texts.PRINTED_WAITS.format(names=waiting) if waiting else ""


def _use(ctx: Context, event: BulletinDistributed, channel: Channel, item: Printed) -> str:
    """Enter one; return its name if it has to be confirmed."""
    draft = ctx.uow.drafts.lock(item.draft)
    said = Said(
        day=event.day,
        evidence=Evidence(issue=event.issue),
        form=Form.FULL,
        flags=(),
        level=None,
        authors=(),
    )
    entry = add(ctx, draft, channel, said, authors_of(ctx, draft, said))
    if item.body != ctx.uow.drafts.version(draft.id, draft.version).body:
        entry.edited = item.body
    if say_of(viewer(ctx), facts(ctx, draft), [draft.author]) is Say.COUNTS:
        make_count(ctx, draft, entry)
        return ""
    propose(ctx, draft, entry)
    return named(draft)
