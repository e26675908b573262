"""标题和篇幅: the title's length and its last mark, the body's length for its kind."""

from collections.abc import Iterator

from handlers.rules.proof.finding import Finding, Found, Item, Lists

_ENDS = frozenset("。，、；：,.;:")


def shape(item: Item, lists: Lists) -> Iterator[Found]:
    """Yield what is too long, too short, or ends as a title does not."""
    length = len(item.title)
    if length > lists.title_limit:
        yield Found(
            code=Finding.TITLE_LONG,
            in_title=True,
            start=lists.title_limit,
            end=length,
            words=str(length),
            instead=str(lists.title_limit),
        )
    if item.title[-1:] in _ENDS:
        yield Found(
            code=Finding.TITLE_MARK,
            in_title=True,
            start=length - 1,
            end=length,
            words=item.title[-1],
        )
    least, most = lists.lengths.get(item.kind, (0, 0))
    size = sum(not char.isspace() for char in item.body)
    if size < least:
        yield Found(code=Finding.TOO_SHORT, words=str(size), instead=str(least))
    elif most and size > most:
        yield Found(code=Finding.TOO_LONG, words=str(size), instead=str(most))
