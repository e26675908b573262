"""WeCom's error codes, and what can be done about each."""

from bot.channel.port import ChannelError, Remedy

TOKEN_CODES = frozenset({40014, 42001, 41001})
"""The access token is invalid, expired or missing: take a new one, once."""

ALL_UNREACHABLE = 81013
"""Not one of the recipients can be reached."""

_CODES: dict[Remedy, tuple[int, ...]] = {
    # A token that is refused twice in a row is WeCom's trouble or another cache's: it passes.
    Remedy.RETRY: (-1, 6000, 45033, *TOKEN_CODES),
    Remedy.WAIT: (45009, 45029),
    Remedy.RECONFIGURE: (
        *(40001, 40013, 40091, 41002, 41004, 45031),  # corp id and secret
        *(60020, 301042),  # the calling address is not trusted
        *(48001, 48002, 48003, 48004, 48005, 48006, 48009, 50003, 60011),  # permission
        *(40056, 41011, 301002),  # agent id
        *(43009, 43012, 301007),  # corp not verified, no callback address, corp disabled
        50001,  # log-in from a domain that is not trusted
        *(93000, 93004),  # group robot removed or disabled
    ),
    Remedy.RECIPIENT: (
        *(ALL_UNREACHABLE, 82001, 82002, 82003),
        *(40003, 40031, 40032, 46004, 60021, 60111, 92000),  # member
        *(40066, 60003, 60123, 40068, 40070),  # department, tag
        93008,  # not in the group
    ),
    Remedy.MEDIA: (40007,),
    Remedy.CARD_CODE: (60140,),
    Remedy.PAYLOAD: (
        *(40008, 41016, 41033, 44004, 45002, 45008, 45032, 45034, 40033, 40035, 40039, 40058),
        *(40063, 40074, 40094, 82004, 40201, 85002),
        *range(42014, 42021),  # task cards
        *range(42027, 42052),  # template cards
        *(40004, 40005, 40006, 40009, 40011, 40123, 41006, 44001, 45001, 45007),  # media
        *(301016, 301017, 301019, 830002),
        *(40029, 42003, 42022, 84014, 84015),  # log-in: code wrong, expired or used
        *range(40016, 40028),  # menu
        *(40054, 40055, 46003),
        *(40050, 86001, 86003, 86004, 86005, 86006, 86007, 86008, 86101),  # group chats
        *range(86201, 86208),
        *(86215, 86216, 86217, 86220, 86224, 49008),
    ),
}

REMEDIES = {code: remedy for remedy, codes in _CODES.items() for code in codes}


def error_for(code: int, message: str) -> ChannelError:
    """Return the error that *code* stands for.

    An unknown code counts as a passing fault. Any error code means that nothing was carried out, so
    trying again duplicates nothing and costs a bounded number of calls; giving up at once would
    lose a message to a code that WeCom introduced last week.
    """
    return ChannelError(REMEDIES.get(code, Remedy.RETRY), code, message)
