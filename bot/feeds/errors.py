"""Why a feed could not be read."""

from datetime import timedelta

from storage.vocabulary import SourceFault


class FeedError(Exception):
    """It could not be read; *detail* is a status, a host: never what stood there.

    *wished* is for how long it asked to be left alone.
    """

    def __init__(
        self, fault: SourceFault, detail: str = "", wished: timedelta = timedelta(0)
    ) -> None:
        super().__init__(fault.value, detail)
        self.fault = fault
        self.detail = detail
        self.wished = wished
