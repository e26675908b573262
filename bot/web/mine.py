"""我的稿件: the drafts of whoever is logged in, newest first, by state."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.services import Services
from bot.web.family import family, looking
from bot.web.lists import PAGE, page_number, turning
from handlers.drafts.texts import STATUS
from handlers.kit.finding import named
from handlers.rules.calendar import short_time
from storage.vocabulary import DraftStatus

_SHOWN = tuple(status for status in DraftStatus if status is not DraftStatus.CANCELLED)


def mine_pages(services: Services) -> Blueprint:
    blueprint = family(services, "mine")

    @blueprint.get("/")
    def home() -> Response:
        return redirect(url_for(".drafts"))

    @blueprint.get("/mine")
    def drafts() -> str:
        state, number = _asked_state(), page_number()
        with looking(services) as ctx:
            author = ctx.sender.userid
            counts = ctx.uow.drafts.counts_of(author)
            found = ctx.uow.drafts.of_author(
                author, PAGE + 1, offset=(number - 1) * PAGE, status=state
            )
            lines = [
                {
                    "name": named(draft),
                    "address": url_for("drafts.show", draft=draft.id),
                    "state": draft.status,
                    "status": STATUS[draft.status],
                    "since": short_time(draft.created_at, ctx.now),
                }
                for draft in found[:PAGE]
            ]
        return render_template(
            "mine.html",
            title="我的稿件",
            tabs=_tabs(counts, state),
            lines=lines,
            **turning(".drafts", number, more=len(found) > PAGE, state=state),
        )

    return blueprint


def _asked_state() -> DraftStatus | None:
    asked = request.args.get("state", "")
    if asked and asked not in _SHOWN:
        abort(404)
    return DraftStatus(asked) if asked else None


def _tabs(
    counts: Mapping[DraftStatus, int], here: DraftStatus | None
) -> list[Mapping[str, object]]:
    everything: list[tuple[DraftStatus | None, str, int]] = [(None, "全部", sum(counts.values()))]
    everything += [(one, STATUS[one], counts[one]) for one in _SHOWN if counts.get(one)]
    return [
        {
            "words": words,
            "count": count,
            "here": state is here,
            "address": url_for(".drafts", state=state),
        }
        for state, words, count in everything
    ]
