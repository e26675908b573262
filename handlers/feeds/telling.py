"""How a source is named, how it is, and who keeps it."""

from handlers.feeds import texts
from handlers.kit.context import Context
from handlers.kit.finding import viewer
from storage.models import Source
from storage.vocabulary import Role, SourceFault, SourceKind

KEEPERS = frozenset({Role.OFFICE, Role.OPINION_LIAISON, Role.ADMIN})
_KINDS = {
    SourceKind.FEED: texts.KIND_FEED,
    SourceKind.PUSH: texts.KIND_PUSH,
    SourceKind.SHEET: texts.KIND_SHEET,
}


def may_keep(ctx: Context) -> bool:
    """Tell whether the sender keeps his bureau's sources."""
    return viewer(ctx).holds(KEEPERS, ctx.uow.members.lineage(ctx.sender.unit))


def named(source: Source) -> str:
    return texts.NAMED.format(number=source.number, name=source.name)


def kind_words(source: Source) -> str:
    return _KINDS[source.kind]


def fault_words(fault: SourceFault, detail: str) -> str:
    words = texts.FAULTS[fault]
    return texts.FAULT_DETAIL.format(fault=words, detail=detail) if detail else words


def state_of(source: Source, lately: int) -> str:
    """Say how a source is; *lately* is what it brought in a week."""
    if not source.active:
        return texts.STATE_STOPPED
    if source.fault is not None:
        fault = fault_words(source.fault, source.fault_detail)
        return texts.STATE_BROKEN[source.kind].format(fault=fault)
    if source.silent_at is not None:
        return texts.STATE_SILENT
    if source.kind is not SourceKind.SHEET and source.well_at is None:
        return texts.STATE_NEW[source.kind]
    return texts.STATE_WELL.format(count=lately)
