"""topics: check a file of opinion topics, try it on posts, take it into force."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.common import DEFAULT_CONFIG, ConfigPath, bureau_at, fail, opened
from handlers.opinion.capability import take_refit, top_in_words, try_refit, undo_refit
from handlers.opinion.trying import Trial, take_topics, try_topics
from handlers.rules.opinion.matching import Hit, Matcher, Post
from handlers.rules.opinion.refit import (
    LEAST_DECISIONS,
    LEAST_HELD_BACK,
    Measured,
    Outcome,
    Refit,
)
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


@topics.command("import")
def import_topics(
    file: _TopicsPath,
    config: ConfigPath = DEFAULT_CONFIG,
    bureau: Annotated[str, typer.Option(help="whose topics they are")] = "",
) -> None:
    """Put a file of topics in force: all of it, or with a fault nothing."""
    text = _content(file)
    with opened(config) as services, services.database.begin() as uow:
        whose = bureau_at(uow, bureau)
        taken = take_topics(services.context(uow), whose.id, text)
    if not isinstance(taken, int):
        raise fail("\n".join(f"{file}:{fault.line}: {fault.text}" for fault in taken))
    typer.echo(f"topics of {whose.path}: version {taken} is in force")


@topics.command()
def replay(
    file: _TopicsPath,
    config: ConfigPath = DEFAULT_CONFIG,
    bureau: Annotated[str, typer.Option(help="whose posts they are tried on")] = "",
    days: Annotated[int, typer.Option(min=1, max=90, help="how many days back")] = 7,
) -> None:
    """Try a file of topics on what was found lately (试跑); nothing is changed."""
    if _matcher(file) is None:
        raise typer.Exit(1)
    with opened(config) as services, services.database.reading() as uow:
        whose = bureau_at(uow, bureau)
        trial = try_topics(services.context(uow), whose.id, _content(file), days)
    typer.echo("\n".join(_tried(trial)))


@topics.command()
def refit(
    config: ConfigPath = DEFAULT_CONFIG,
    bureau: Annotated[str, typer.Option(help="whose marks they are")] = "",
    *,
    dry_run: Annotated[bool, typer.Option(help="only say what would become of it")] = False,
    undo: Annotated[bool, typer.Option(help="take the last weights back")] = False,
) -> None:
    """Make a bureau's weights anew from what its people marked and decided."""
    if undo and dry_run:
        raise fail("--undo takes no --dry-run: it says what it took back")
    with opened(config) as services, services.database.begin() as uow:
        whose, ctx = bureau_at(uow, bureau), services.context(uow)
        if undo:
            said = _taken_back(whose.path, undo_refit(ctx, whose.id))
        else:
            tried = try_refit(ctx, whose.id)
            keep = tried.outcome is Outcome.KEPT and not dry_run
            said = _refitted(tried, take_refit(ctx, whose.id, tried) if keep else 0)
    typer.echo("\n".join(said))


def _taken_back(path: str, versions: tuple[int, int] | None) -> list[str]:
    if versions is None:
        raise fail(f"{path} judges by the weights that ship: nothing to take back")
    old, new = versions
    return [f"weights of {path}: version {old} is taken back, by version {new}"]


def _refitted(tried: Refit, version: int) -> list[str]:
    """Say what became of a refit, with what was measured on what was held back."""
    said = {
        Outcome.TOO_FEW: (
            f"too few: {LEAST_DECISIONS} decided cases or items are needed, {LEAST_HELD_BACK} of "
            "them held back"
        ),
        Outcome.SAME: "the weights stay as they are",
        Outcome.NO_BETTER: "not kept: no better than the weights in force",
        Outcome.WORSE: "not kept: worse on what was held back",
        Outcome.KEPT: f"version {version} is in force" if version else "it would be kept",
    }
    lines = [f"{tried.decisions} decided, {tried.held_back} of them held back"]
    if tried.outcome is not Outcome.TOO_FEW:
        lines.append(f"before: {_measured(tried.before)}")
        lines.append(f"after:  {_measured(tried.after)}  {top_in_words(tried.top)}")
    return [*lines, said[tried.outcome]]


def _measured(found: Measured) -> str:
    return f"grade right {found.exact:.2f}, within one {found.within_one:.2f}, AP {found.ap:.2f}"


def _tried(trial: Trial) -> list[str]:
    lines = [f"{trial.items} posts, {trial.hit} of them hit"]
    lines += [f"{count:6} {name}  {trial.examples[name]}" for name, count in trial.topics]
    lines += [f"line {line} hits too often: {label}" for line, label in trial.often]
    lines += [f"line {line} hits nothing: {label}" for line, label in trial.never]
    return lines


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
