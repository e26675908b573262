"""Why a callback is refused."""

from enum import StrEnum, unique


@unique
class Refusal(StrEnum):
    """One static word for each reason, fit for a log line and for a metric's label."""

    MISSING_ARGUMENT = "missing_argument"
    BAD_TIMESTAMP = "bad_timestamp"
    STALE_TIMESTAMP = "stale_timestamp"
    OVERSIZE = "oversize"
    NOT_UTF8 = "not_utf8"
    DOCTYPE = "doctype"
    NOT_XML = "not_xml"
    MISSING_ELEMENT = "missing_element"
    DOUBLED_ELEMENT = "doubled_element"
    BAD_VALUE = "bad_value"
    BAD_SIGNATURE = "bad_signature"
    BAD_BASE64 = "bad_base64"
    BAD_BLOCK = "bad_block"
    BAD_PADDING = "bad_padding"
    BAD_LENGTH = "bad_length"
    WRONG_RECEIVE_ID = "wrong_receive_id"


class EnvelopeError(Exception):
    """A callback is not a message of WeCom to this app; it carries no part of what was sent."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.value)
        self.reason = reason
