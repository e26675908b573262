"""The vendor's error codes that this WeCom answers with (pages 90313 and 90236)."""

from enum import IntEnum, unique


@unique
class Errcode(IntEnum):
    """The card codes lie in the vendor's range for cards; which of them is which is our choice."""

    BAD_SECRET = 40001
    BAD_USERID = 40003
    BAD_MEDIA_FORMAT = 40004
    BAD_MEDIA_KIND = 40005
    BAD_MEDIA_SIZE = 40006
    BAD_MEDIA_ID = 40007
    BAD_MSGTYPE = 40008
    BAD_CORP_ID = 40013
    BAD_ACCESS_TOKEN = 40014
    BAD_BUTTON_COUNT = 40016
    BAD_BUTTON_TYPE = 40017
    BAD_BUTTON_NAME = 40018
    BAD_BUTTON_KEY = 40019
    BAD_BUTTON_URL = 40020
    BAD_MENU_DEPTH = 40022
    BAD_SUB_COUNT = 40023
    BAD_SUB_TYPE = 40024
    BAD_SUB_NAME = 40025
    BAD_SUB_KEY = 40026
    BAD_SUB_URL = 40027
    BAD_LOGIN_CODE = 40029
    TOO_MANY_USERS = 40032
    BAD_PARAMETER = 40035
    LONG_URL = 40039
    BAD_AGENT_ID = 40056
    BAD_MSGID = 40058
    BAD_URL = 40094
    NO_ACCESS_TOKEN = 41001
    NO_CORP_ID = 41002
    NO_SECRET = 41004
    NO_MEDIA = 41005
    NO_MEDIA_ID = 41006
    NO_TITLE = 41016
    NO_DESCRIPTION = 41033
    ACCESS_TOKEN_EXPIRED = 42001
    LOGIN_CODE_EXPIRED = 42003
    LOGIN_CODE_USED = 42022
    CARD_TYPE = 42035
    CARD_TASK_ID = 42036
    CARD_TASK_ID_USED = 42037
    CARD_BUTTONS = 42038
    CARD_KEY = 42039
    CARD_SELECTION = 42040
    CARD_SUBMIT = 42041
    CARD_ACTION = 42042
    CARD_MENU = 42043
    CARD_ROWS = 42044
    CARD_JUMPS = 42045
    CARD_NOT_INTERACTIVE = 42046
    CARD_IMAGE = 42047
    NEEDS_GET = 43001
    NEEDS_POST = 43002
    EMPTY_TEXT = 44004
    MEDIA_TOO_LARGE = 45001
    CONTENT_TOO_LONG = 45002
    BAD_ARTICLES = 45008
    TOO_FREQUENT = 45009
    NO_MENU = 46003
    BAD_DEPARTMENT = 60003
    UNTRUSTED_IP = 60020
    NO_SUCH_MEMBER = 60111
    BAD_RESPONSE_CODE = 60140
    ALL_INVALID = 81013
    NO_RECIPIENTS = 82001
    TOO_MANY_PARTIES = 82002
    TOO_MANY_TAGS = 82003
    OTHER_APPS_AGENT = 301002


class Refusal(Exception):  # noqa: N818 - an answer of the API, not a failure of ours
    """A call that the server API answers with an errcode."""

    def __init__(self, code: Errcode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
