"""What words about a case do that say in full what was done: 已在抖音回应了, 先观察三天."""

import re
from collections.abc import Callable

from handlers.cases import ending, handling, texts
from handlers.cases.finding import allowed
from handlers.cases.wording import approve_wording, refuse_wording
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.words import LEADER
from storage.models import Case
from storage.vocabulary import CaseMove

_Act = Callable[[Context, Case, str], str]


def _approve(ctx: Context, case: Case, _words: str) -> str:
    return approve_wording(ctx, case)


def _send_back(ctx: Context, case: Case, reason: str) -> str:
    allowed(ctx, case, CaseMove.APPROVE)
    if not reason:
        raise UserError(texts.REFUSE_WHY.format(number=case.number))
    return refuse_wording(ctx, case, reason)


_ACTS: tuple[tuple[re.Pattern[str], _Act], ...] = (
    (
        re.compile(
            r"^(?=.*(?:已|刚|了))(?:我们|局里|官方|已经?|刚刚?|都)*(?:在|通过)?"
            r"(?P<x>[^,，。:：口径]{1,16}?)(?:已经?)?(?:公开|统一|正式)?(?:回应|回复|答复)(?:过|完)?了?[。.!！]*$"
        ),
        ending.answer,
    ),
    (
        re.compile(
            r"^(?:(?:这个|对外)?口径(?:我|看了?|这样|就)*(?:同意|批准|可以|行|没问题|没意见|通过)"
            r"|同意(?:这个|对外)?口径)[了的吧]*[。.!！]*$"
        ),
        _approve,
    ),
    (
        re.compile(
            r"^(?:(?:这个|对外)?口径(?:我|这样|还)?(?:不同意|不行|不妥|不合适|退回|打回|得改|要改|重新?拟)"
            r"|(?:不同意|退回|打回)(?:这个|对外)?口径)(?:了|吧)?[\s,，:：。]*(?P<x>.*)$"
        ),
        _send_back,
    ),
    (
        re.compile(
            r"^(?:超时|逾期|迟了|晚了)(?:的?原因(?:是|[:：])?|是?因为|[:：])[\s,，:：]*(?P<x>.{2,})$"
        ),
        handling.explain,
    ),
    (
        re.compile(rf"^(?P<x>{LEADER}(?:作?出?了?)批示(?:了|说|要求)?[\s,，:：]*.{{2,}})$"),
        handling.instruct,
    ),
    (
        re.compile(
            r"^(?P<x>(?:转|移交|移送|交)(?:给|到)?[^,，。]{2,16}[,，\s]+[^,，。]{0,4}"
            r"不(?:归|是|属于?)(?:我们?|咱们?|本)(?:[局区县市]|单位)?(?:的|管|负责|事)*)[了吧。.!！]*$"
        ),
        ending.forward,
    ),
    (re.compile(r"^(?:先|再|继续)*观察(?P<x>.{0,8})$"), ending.watch_as_said),
)
"""Each form stands for the whole of what is said; what says more than that is progress."""


def done_in_words(ctx: Context, case: Case, words: str) -> str | None:
    """Do what *words* say in full; None where they say no such thing.

    Raises:
        UserError: it is not the sender's to do.
    """
    for form, act in _ACTS:
        if found := form.search(words):
            return act(ctx, case, found.groupdict().get("x", "") or "")
    return None
