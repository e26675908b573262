"""What a bureau's file of topics sets beside what they look for: @去 and @限."""

from handlers.kit.context import Context
from handlers.kit.events import TopicSettings, TopicSettingsAsked
from handlers.opinion.registry import registry
from handlers.opinion.watching import watch_of


@registry.on(TopicSettingsAsked)
def tell_settings(ctx: Context, event: TopicSettingsAsked) -> None:
    event.found.extend(
        TopicSettings(name=topic.name, routes=topic.routes, cap=topic.cap)
        for topic in watch_of(ctx, event.bureau).set_apart
        if topic.name in event.topics
    )
