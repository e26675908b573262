"""Who is within the app's range, asked so that nobody is overlooked."""

from collections.abc import Collection, Mapping

from bot.channel.client import ApiSettings, WeComClient
from bot.channel.port import Channel, ChannelError
from bot.config import WeCom
from storage.vocabulary import UserId

_GONE = frozenset({60111, 60011, 40003, 46004})
"""No such member, or none that this app may see."""


def api_settings(wecom: WeCom) -> ApiSettings:
    return ApiSettings(
        corp_id=wecom.corp_id,
        agent_id=wecom.agent_id,
        secret=wecom.secret,
        api_base_url=wecom.api_base_url,
        login_url=wecom.login_address,
    )


def listed(channel: Channel) -> dict[UserId, str]:
    """Return the userids and names in the departments within range."""
    return {contact.userid: contact.name for contact in channel.contacts()}


def found_one_by_one(client: WeComClient, userids: Collection[UserId]) -> Mapping[UserId, str]:
    """Return which of *userids* are within range all the same, with their names.

    A member whom the console names in the range himself, and not by a department, stands in no
    department's list; to take him for gone would lock him out.

    Raises:
        ChannelError: WeCom did not answer the question.
    """
    found: dict[UserId, str] = {}
    for userid in userids:
        try:
            found[userid] = str(client.user_get(userid).get("name", ""))
        except ChannelError as error:
            if error.code not in _GONE:
                raise
    return found
