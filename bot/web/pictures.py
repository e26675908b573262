"""Pictures and files of a draft, for whoever may see the draft; nothing in them is run."""

from http import HTTPStatus

from flask import Blueprint, Response, abort, send_file

from bot.media import path_of
from bot.services import Services
from bot.web.family import family, looking
from bot.web.reading import draft_on_page

_SHOWN = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF87a": "image/gif",
    b"GIF89a": "image/gif",
}
_HEAD = 16
PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def picture_pages(services: Services) -> Blueprint:
    blueprint = family(services, "pictures")

    @blueprint.get("/drafts/<draft>/pictures/<picture>")
    def show(draft: str, picture: str) -> Response:
        """Send a picture as what its own bytes say it is, and anything else as a download."""
        with looking(services) as ctx:
            found = draft_on_page(ctx, draft)
            wanted = [one for one in ctx.uow.drafts.attached(found.id) if one.id == picture]
        if not wanted or not wanted[0].sha256:
            abort(HTTPStatus.NOT_FOUND)
        return kept_file(services, wanted[0].sha256, wanted[0].filename or "附件")

    return blueprint


def kept_file(services: Services, sha256: str, name: str) -> Response:
    """Answer with a file that a member sent: a picture is shown, anything else a download."""
    path = path_of(services.media_dir, sha256)
    with path.open("rb") as file:
        kind = kind_of(file.read(_HEAD))
    response = send_file(
        path,
        mimetype=kind or "application/octet-stream",
        as_attachment=not kind,
        download_name=name,
    )
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    return response


def kind_of(head: bytes) -> str:
    """Return the type of a picture by its first bytes; empty for whatever a page does not show."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for begin, kind in _SHOWN.items() if head.startswith(begin)), "")
