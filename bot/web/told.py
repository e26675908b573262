"""收到的消息: what the member was sent in the last days, whole; digests name it in a line."""

from datetime import timedelta

from flask import Blueprint, render_template

from bot.services import Services
from bot.web.family import family, looking
from handlers.rules.calendar import short_time
from storage.models import OutboxMessage

_DAYS = 7
_SHOWN = 100


def told_pages(services: Services) -> Blueprint:
    blueprint = family(services, "told")

    @blueprint.get("/told")
    def messages() -> str:
        with looking(services) as ctx:
            since = ctx.now - timedelta(days=_DAYS)
            rows = ctx.uow.outbox.told_to(ctx.sender.userid, since, _SHOWN)
            lines = [
                {"when": short_time(row.sent_at, ctx.now), "text": text}
                for row in rows
                if row.sent_at is not None and (text := _text(row))
            ]
        return render_template("messages.html", title="收到的消息", days=_DAYS, lines=lines)

    return blueprint


def _text(row: OutboxMessage) -> str:
    """Return the words of a message; files and pictures have none."""
    content = row.content
    if content["type"] == "button_card":
        return "\n".join(filter(None, (content["title"], content["description"])))
    return str(content.get("text", ""))
