"""topics: check a file of opinion topics, and try it on posts; neither needs a service."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import fail
from handlers.rules.opinion.matching import Hit, Matcher, Post
from handlers.rules.opinion.topics import read_topics

app = typer.Typer()
topics = typer.Typer(no_args_is_help=True, help="What is looked for in public posts.")
app.add_typer(topics, name="topics")

_TopicsPath = Annotated[Path, typer.Argument(help="A file of topics: docs/opinion-topics.md.")]


@topics.command()
def check(file: _TopicsPath) -> None:
    """Name every fault of a file of topics, with its line."""
    if _matcher(file) is None:
        raise typer.Exit(1)
    typer.echo("no fault was found")


@topics.command("try")
def try_out(
    file: _TopicsPath,
    posts: Annotated[
        Path, typer.Option("--on", help="A post on each line, its title before a tab.")
    ],
) -> None:
    """Print which line of which topic fits each post, and where; a JSON line for each post."""
    matcher = _matcher(file)
    if matcher is None:
        raise typer.Exit(1)
    for line in _content(posts).splitlines():
        title, _, body = line.partition("\t")
        post = Post.of(title, body)
        hits = [_told(post, hit) for hit in matcher.hits(post)]
        typer.echo(json.dumps({"post": line, "hits": hits}, ensure_ascii=False))


def _told(post: Post, hit: Hit) -> dict[str, object]:
    found = [post.plain.quoted(*span) for span in hit.spans]
    return {"topic": hit.topic.name, "line": hit.line, "label": hit.label, "found": found}


def _matcher(file: Path) -> Matcher | None:
    """Return the topics ready for posts, or None when there are faults, which are told."""
    read = read_topics(_content(file))
    matcher = Matcher(read.topics, read.filters)
    faults = sorted([*read.faults, *matcher.faults])
    for fault in faults:
        typer.echo(f"{file}:{fault.line}: {fault.text}", err=True)
    return None if faults else matcher


def _content(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise fail(f"{file}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise fail(f"{file}: not UTF-8; save it as UTF-8") from error
