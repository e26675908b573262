"""What else can be done with a draft on its page: undo, take back, take down, put right.

Whatever the visitor could say about it in the chat he finds here as a form, and only that.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import AnyOf, Length, Optional

from bot.ids import new_id
from bot.web.handing import ID, HandedForm
from bot.web.reading import Sight
from handlers.drafts.capability import withdrawable
from handlers.kit.context import Context
from handlers.recalls.capability import RecallAct, offered, standing
from handlers.reviews.capability import undoable
from storage.models import Draft, Recall
from storage.queries.pages import Opinion
from storage.vocabulary import RecallKind

UNDO, WITHDRAW = "undo", "withdraw"
_REASON, _TEXT = 500, 50_000
_REASONED = {RecallAct.RETRACT, RecallAct.CORRECT, RecallAct.REFUSE}


class MoveForm(HandedForm):
    """One act and the words that go with it; *act* is this very page, *recall* what it showed."""

    recall = HiddenField(validators=[Optional(), ID])
    move = HiddenField(validators=[AnyOf([UNDO, WITHDRAW, *RecallAct], message="请选一项。")])
    words = TextAreaField(validators=[Length(max=_TEXT, message="全文最多%(max)d字，请缩短。")])
    sure = BooleanField()

    def fault(self) -> str:
        """Return what has to be put right; empty where nothing."""
        move, words = self.move.data, (self.words.data or "").strip()
        for one in (self.words, self.move):
            if one.errors:
                return str(one.errors[0])
        if move != RecallAct.RIGHT and len(words) > _REASON:
            return f"原因最多{_REASON}字，请缩短。"
        if move == WITHDRAW and not self.sure.data:
            return "撤稿后不能恢复，请先勾选确认。"
        if move in _REASONED and not words:
            return "请写明原因。"
        return ""

    def message(self, draft: Draft) -> tuple[str, dict[str, str]]:
        """Return the name of the form that a capability takes, and its fields."""
        fields: dict[str, str] = {"draft": draft.id}
        if self.move.data in {UNDO, WITHDRAW}:
            return self.move.data, fields
        words, recall = self.words.data or "", self.recall.data or ""
        return "recall", {**fields, "act": self.move.data, "words": words, "recall": recall}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenMoves:
    """What the visitor may do now, beside a verdict; *recall* is what somebody asked for."""

    withdraws: bool = False
    undoes: bool = False
    recall: Recall | None = None
    recalled: str = ""
    acts: Collection[RecallAct] = field(default_factory=frozenset)

    @property
    def any(self) -> bool:
        """Whether there is something below the fold."""
        return self.withdraws or bool({"retract", "correct", "down_first"} & {*self.acts})

    @property
    def doing(self) -> str:
        """What the request is for."""
        return "更正" if self.recall and self.recall.kind is RecallKind.CORRECT else "撤下"


def open_moves(ctx: Context, sight: Sight, opinions: Collection[Opinion]) -> OpenMoves:
    draft, who, what = sight
    recall = standing(ctx, draft)
    return OpenMoves(
        withdraws=withdrawable(who, what),
        undoes=undoable(ctx, draft, [one.decided_at for one in opinions]),
        recall=recall.recall,
        recalled=recall.words,
        acts=offered(ctx, draft, recall.recall, who, what),
    )


def blank_move() -> MoveForm:
    """Return a form for a page that is shown anew."""
    form = MoveForm(formdata=None)
    form.act.data = new_id()
    return form
