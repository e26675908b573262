"""A form that a member sent from a page, on the same path as whatever he says in the chat."""

from dataclasses import dataclass
from datetime import datetime

from bot.channel.messages import Message
from storage.vocabulary import UserId


@dataclass(frozen=True, slots=True, kw_only=True)
class PageForm(Message):
    """*form* is the name under which a capability takes it, *fields* what was filled in."""

    form: str
    fields: dict[str, str]


def page_form(
    sender: UserId, act: str, now: datetime, form: str, fields: dict[str, str]
) -> PageForm:
    """Return the form as a message; *act* was made with the page, so sent twice it is one."""
    return PageForm(
        key=form_key(sender, act),
        sender=sender,
        agent_id=None,
        created_at=now,
        msg_id=act,
        form=form,
        fields=fields,
    )


def form_key(sender: UserId, act: str) -> str:
    return f"page:{sender}:{act}"
