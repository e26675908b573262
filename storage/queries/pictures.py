"""Pictures that members sent: of what each is, which have to be fetched yet."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from storage.models import SentPicture
from storage.vocabulary import PictureId, PictureOf

# Written out, so that both databases see that the partial index answers the question.
_UNFETCHED = text("sent_pictures.sha256 = '' AND NOT sent_pictures.lost")


class Pictures:
    """Pictures of cases and of incidents."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, picture: SentPicture) -> None:
        self._session.add(picture)

    def of(self, about: PictureOf, subject: str) -> Sequence[SentPicture]:
        """Return what belongs to one thing and is not lost, the earliest first."""
        return self.of_each(about, [subject])[subject]

    def of_each(
        self, about: PictureOf, subjects: Collection[str]
    ) -> Mapping[str, Sequence[SentPicture]]:
        """Return what belongs to each of several things, as `of` does."""
        self._session.flush()
        found: dict[str, list[SentPicture]] = {subject: [] for subject in subjects}
        rows = self._session.scalars(
            select(SentPicture)
            .where(
                SentPicture.about == about,
                SentPicture.subject.in_(subjects),
                SentPicture.lost.is_(False),
            )
            .order_by(SentPicture.created_at, SentPicture.id)
        )
        for picture in rows:
            found[picture.subject].append(picture)
        return found

    def drop(self, about: PictureOf, subject: str) -> None:
        """Forget what belonged to something; the files stay where they are."""
        self._session.flush()
        self._session.execute(
            delete(SentPicture).where(SentPicture.about == about, SentPicture.subject == subject)
        )

    def unfetched(self, limit: int) -> Sequence[PictureId]:
        return self._session.scalars(
            select(SentPicture.id).where(_UNFETCHED).order_by(SentPicture.created_at).limit(limit)
        ).all()

    def lock(self, picture: PictureId) -> SentPicture | None:
        """Return it as it now is, and keep others from recording it until the commit."""
        return self._session.get(SentPicture, picture, with_for_update=True, populate_existing=True)
