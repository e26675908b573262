"""sources: what posts come from by themselves; secrets are made and changed here alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, bureau_at, fail, opened
from bot.cli.sheets import sheet_commands, who_answers
from bot.feeds import polling
from bot.feeds.keys import push_address, secret_of
from bot.services import Services
from handlers.feeds.capability import BOOK, fault_words, keeping, kind_words, state_of
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.rules.calendar import local
from handlers.rules.sources import WEEK
from storage.models import Source
from storage.vocabulary import SourceId, SourceKind

app = typer.Typer(
    name="sources", no_args_is_help=True, help="What posts come from: feeds, services that send."
)

_As = Annotated[str, typer.Option("--as", help="Who answers for it: office, liaison or admin.")]
_Number = Annotated[int, typer.Argument(min=1, help="The number that `sources list` shows.")]


@app.command("list")
def show(
    config: ConfigPath = DEFAULT_CONFIG,
    bureau: Annotated[str, typer.Option(help="whose sources")] = "",
) -> None:
    """Print number, kind, name, state and address of each source."""
    with opened(config) as services, services.database.reading() as uow:
        whose = bureau_at(uow, bureau)
        lately = uow.sources.brought_since(whose.id, services.now() - WEEK)
        for one in uow.sources.of_bureau(whose.id):
            state = state_of(one, lately.get(one.id, 0))
            heard = f"{local(one.last_item_at):%m-%d %H:%M}" if one.last_item_at else "-"
            where = one.url or push_address(services.config.server, one)
            typer.echo(f"{one.number}\t{kind_words(one)}\t{one.name}\t{state}\t{heard}\t{where}")


@app.command()
def add(
    name: str,
    url: Annotated[str, typer.Argument(help="A feed's address; none: a service that sends.")] = "",
    platform: Annotated[str, typer.Option(help="what its posts are on, if on one")] = "",
    userid: _As = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Add a feed, or without an address a service that sends: its secret is printed once."""
    with opened(config) as services:
        if not url:
            _need_address(services)
        with _asking(services, userid) as ctx:
            if url:
                keeping.refuse_others(ctx)
                typer.echo(keeping.add_feed(ctx, name, url))
                return
            source = keeping.add_push(ctx, name, platform)
        typer.echo(f"source {source.number} is there. Give these to the service, and nobody else:")
        _show_secret(services, source)


@app.command()
def rotate(
    number: _Number,
    at_once: Annotated[
        bool, typer.Option("--at-once", help="The secret before it is worth nothing from now on.")
    ] = False,
    userid: _As = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Give a service another secret; the one before is good until it has had time to change."""
    with opened(config) as services:
        _need_address(services)
        with _asking(services, userid) as ctx:
            source = keeping.numbered(ctx, number)
            keeping.turn_secret(ctx, source, at_once=at_once)
        until = f"good until {local(source.old_until):%m-%d %H:%M}" if source.old_until else "void"
        typer.echo(f"the secret before is {until}; the new one:")
        _show_secret(services, source)


@app.command()
def pause(number: _Number, userid: _As = "", config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Take nothing more from a source until it is resumed."""
    with opened(config) as services, _asking(services, userid) as ctx:
        typer.echo(keeping.stop(ctx, keeping.numbered(ctx, number)))


@app.command()
def resume(number: _Number, userid: _As = "", config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Take posts from a paused source again."""
    with opened(config) as services, _asking(services, userid) as ctx:
        typer.echo(keeping.start(ctx, keeping.numbered(ctx, number)))


@app.command()
def remove(number: _Number, userid: _As = "", config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Remove a paused source; what it brought stays."""
    with opened(config) as services, _asking(services, userid) as ctx:
        typer.echo(keeping.remove(ctx, keeping.numbered(ctx, number)))


@app.command()
def weigh(
    number: _Number,
    weight: Annotated[str, typer.Argument(help="0 to 100; none: what its platform is worth.")] = "",
    userid: _As = "",
    config: ConfigPath = DEFAULT_CONFIG,
) -> None:
    """Say what a source's word is worth in the risk of a post."""
    with opened(config) as services, _asking(services, userid) as ctx:
        typer.echo(keeping.weigh(ctx, keeping.numbered(ctx, number), weight))


@app.command("try")
def try_out(number: _Number, userid: _As = "", config: ConfigPath = DEFAULT_CONFIG) -> None:
    """Read a feed now; of a service that sends, say when it was heard last."""
    with opened(config) as services:
        with _asking(services, userid) as ctx:
            source = keeping.numbered(ctx, number)
            if source.kind is SourceKind.FEED and source.active:
                source.polled_at = services.now()
        if source.kind is SourceKind.FEED and source.active:
            polling.ask(services, polling.asked_of(source))
        _say_how_it_is(services, source.id)


sheet_commands(
    app,
    BOOK,
    "Take in the posts of a sheet (.xlsx, .csv); one fault in it, and nothing is taken in.",
)


def _say_how_it_is(services: Services, source_id: SourceId) -> None:
    with services.database.reading() as uow:
        source = uow.sources.get(source_id)
        if source is None:
            return
        lately = uow.sources.brought_since(source.bureau, services.now() - WEEK)
    if source.fault is not None:
        raise fail(f"{source.name}: {fault_words(source.fault, source.fault_detail)}")
    heard = f"{local(source.last_item_at):%m-%d %H:%M}" if source.last_item_at else "-"
    typer.echo(f"{source.name}: {state_of(source, lately.get(source_id, 0))}; {heard}")


def _show_secret(services: Services, source: Source) -> None:
    typer.echo(f"address: {push_address(services.config.server, source)}")
    typer.echo(f"secret:  {secret_of(services.config.server, source)}")


def _need_address(services: Services) -> None:
    server = services.config.server
    if not server.public_url or not server.secret_key:
        raise fail("a service that sends needs [server] public_url and secret_key")


@contextmanager
def _asking(services: Services, userid: str) -> Iterator[Context]:
    """Give the view of whoever answers for it; what is refused ends the command."""
    try:
        with services.database.begin() as uow:
            yield services.context(uow, me=who_answers(uow, userid))
    except UserError as refusal:
        raise fail(str(refusal)) from refusal
