"""值班日历: an address to which one's calendar subscribes; it can be closed."""

import hashlib

from handlers.duty import texts
from handlers.duty.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from storage.models import CalendarFeed
from storage.vocabulary import UserId


@registry.command(
    "值班日历",
    "日历订阅",
    takes=Takes.NOTHING,
    usage="值班日历",
    purpose="把自己的值班订阅到手机日历",
)
def subscribe_to_duty(ctx: Context, _asked: Asked) -> str:
    """Give out a new address; those that were given out before are closed."""
    secret = ctx.new_id()
    address = ctx.around.address_of(f"feeds/{secret}.ics")
    if not address:
        raise UserError(texts.FEED_NO_PAGES)
    ctx.uow.duty.revoke_feeds(ctx.sender.userid, ctx.now)
    feed = CalendarFeed(sha256=digest(secret), member=ctx.sender.userid, made_at=ctx.now)
    ctx.uow.duty.add(feed)
    ctx.audit("feed:open", ctx.sender.userid)
    return texts.FEED.format(address=address)


@registry.command(
    "停用日历",
    takes=Takes.NOTHING,
    usage="停用日历",
    purpose="停用日历订阅的地址",
)
def stop_feed(ctx: Context, _asked: Asked) -> str:
    if not ctx.uow.duty.revoke_feeds(ctx.sender.userid, ctx.now):
        raise UserError(texts.FEED_NONE)
    ctx.audit("feed:close", ctx.sender.userid)
    return texts.FEED_STOPPED


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(ctx: Context, secret: str) -> UserId | None:
    """Return whose feed a secret opens; None where it is closed, unknown, or he has left."""
    feed = ctx.uow.duty.feed(digest(secret))
    if feed is None or ctx.uow.members.person(feed.member) is None:
        return None
    return feed.member
