"""Pictures that members sent about a case or an incident, or before it was settled about which."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base
from storage.vocabulary import PictureId, PictureOf, UserId

_UNFETCHED = text("sha256 = '' AND NOT lost")


class SentPicture(Base, kw_only=True, eq=False):
    """A picture and what it belongs to; *sha256* is empty until it has been fetched.

    *subject* is the id of the case or the incident, or what a report that is asked about is kept
    by. *told*: who has the incident in hand has heard that it came; of others nobody is told.
    """

    __tablename__ = "sent_pictures"
    __table_args__ = (
        UniqueConstraint("about", "subject", "media_id"),
        Index(
            "ix_sent_pictures_unfetched",
            "created_at",
            sqlite_where=_UNFETCHED,
            postgresql_where=_UNFETCHED,
        ),
    )

    id: Mapped[PictureId] = mapped_column(primary_key=True)
    about: Mapped[PictureOf]
    subject: Mapped[str]
    sender: Mapped[UserId]
    media_id: Mapped[str]
    filename: Mapped[str] = mapped_column(default="")
    sha256: Mapped[str] = mapped_column(default="")
    lost: Mapped[bool] = mapped_column(default=False)
    told: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
