"""Papers, made when they are wanted: facts in one reading, then the file, then the media store."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.documents.approval_form import approval_form_file
from bot.documents.article import article_file
from bot.documents.paper import ReadPicture
from bot.media import keep, path_of
from bot.services import Services
from handlers.drafts import papers
from handlers.kit.context import Context
from handlers.kit.messages import Document, Paper
from storage.models import Draft
from storage.vocabulary import DraftId, PaperKind

Write = Callable[[ReadPicture, datetime], bytes]


def made(services: Services, paper: Paper) -> Document:
    """Make a paper and keep it; return what is sent."""
    with services.database.reading() as uow:
        ctx = services.context(uow)
        write = writer(ctx, paper.paper, uow.drafts.get(DraftId(paper.subject)))
        now = ctx.now
    content = write(partial(_read, services), now)
    return Document(sha256=keep(services.media_dir, content), filename=paper.filename)


def written(services: Services, write: Write) -> bytes:
    """Return the file of a paper whose facts have been read."""
    return write(partial(_read, services), services.now())


def writer(ctx: Context, kind: PaperKind, draft: Draft) -> Write:
    """Read the facts; return what writes them, with no database any more."""
    match kind:
        case PaperKind.APPROVAL_FORM:
            return partial(approval_form_file, papers.approval_form(ctx, draft))
        case PaperKind.ARTICLE:
            return partial(article_file, papers.article(ctx, draft))


def _read(services: Services, sha256: str) -> bytes:
    return path_of(services.media_dir, sha256).read_bytes()
