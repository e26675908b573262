"""Everything that can be asked of the service: all capabilities, joined."""

from functools import cache

from bot.language.understanding import Understanding
from handlers import (
    adoptions,
    bulletins,
    calls,
    drafts,
    duty,
    library,
    opinion,
    outside,
    profiles,
    quotas,
    recalls,
    reminders,
    reports,
    reviews,
    scores,
    troubles,
)
from handlers import help as assistance
from handlers.kit.registry import Registry, join


def all_capabilities() -> Registry:
    """Return everything that the service can do."""
    return join(
        [
            drafts.registry,
            reviews.registry,
            recalls.registry,
            quotas.registry,
            calls.registry,
            opinion.registry,
            duty.registry,
            adoptions.registry,
            library.registry,
            bulletins.registry,
            scores.registry,
            outside.registry,
            reports.registry,
            reminders.registry,
            profiles.registry,
            assistance.registry,
            troubles.registry,
        ]
    )


def understanding_of(registry: Registry) -> Understanding:
    """Return the finder of meanings, made of what the capabilities declare."""
    commands = (command.means for command in registry.commands.values() if command.means)
    answered = (each.meaning for each in registry.answered)
    return Understanding((*commands, *answered), registry.examples)


@cache
def understanding() -> Understanding:
    """Return that of all capabilities; made once in a process, which takes about a second."""
    return understanding_of(all_capabilities())
