"""The forms of the register: what is filled in, which pictures came, how it is handed in."""

import json
from collections.abc import Sequence
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from bot.intake import RefusedFileError, read_evidence
from bot.media import keep
from bot.services import Services
from bot.web.handing import HandedForm, hand_in
from handlers.adoptions import texts
from handlers.adoptions.channels import channels_of
from handlers.kit.context import Context
from handlers.rules.secrecy import secrecy_mark
from storage.models import Channel

_FILES, _WORDS, _LINE, _EDITED, _NUMBERS = 4, 500, 200, 50_000, 999_999
_NEEDED = InputRequired(message="请填写。")
_SHORT = Length(max=_LINE, message="最多%(max)d字，请缩短。")
_NUMBER = NumberRange(min=1, max=_NUMBERS, message="请填稿号，例如 12。")
_FORMS = ("", *texts.FORMS.values(), "配图", "转报")
_LEVELS = [SelectChoice(words, words) for words in texts.LEVELS.values()]
NO_REASON = "请写不确认的理由。"
NONE_CHOSEN = "请先选要处理的。"
REFUSED = "《{file}》{reason}"
REFUSED_NAME = "有一个文件{reason}"
TOO_MANY = "一次最多传{most}个附件。"


class RegisterForm(HandedForm):
    """What each form of the register has; *act* is this very page, *what* is to be done."""

    what = HiddenField()

    def faults(self) -> list[str]:
        return [f"{field.label.text}：{error}" for field in self for error in field.errors]


class UseForm(RegisterForm):
    """A use of a draft by a channel."""

    number = IntegerField("稿号", validators=[_NEEDED, _NUMBER])
    channel = SelectField("渠道", validators=[_NEEDED])
    day = DateField("采用日期", validators=[_NEEDED])
    level = SelectField("层级", choices=[SelectChoice("", "按渠道"), *_LEVELS])
    form = SelectField(
        "形式", choices=[SelectChoice(each, each or "单篇") for each in _FORMS if each != "单篇"]
    )
    url = StringField("链接", validators=[_SHORT])
    issue = StringField("期号", validators=[_SHORT])
    words = StringField("佐证说明", validators=[_SHORT])
    authors = StringField("作者", validators=[_SHORT])
    edited = TextAreaField("刊用稿", validators=[Length(max=_EDITED, message="最多%(max)d字。")])
    again = BooleanField("是另一次采用")


class RemarkForm(RegisterForm):
    """A leader's remark on a draft; no words: he circled it."""

    number = IntegerField("稿号", validators=[_NEEDED, _NUMBER], id="remark-number")
    leader = StringField("批示领导", validators=[_NEEDED, _SHORT])
    day = DateField("批示日期", validators=[_NEEDED], id="remark-day")
    level = SelectField("层级", choices=[SelectChoice("", "按职务"), *_LEVELS], id="remark-level")
    remark = TextAreaField("批示内容", validators=[Length(max=_WORDS, message="最多%(max)d字。")])


class SentForm(RegisterForm):
    """A draft went to a channel, or was not used by it."""

    number = IntegerField("稿号", validators=[_NEEDED, _NUMBER], id="sent-number")
    channel = SelectField("渠道", validators=[_NEEDED], id="sent-channel")
    reason = StringField("没采用的原因", validators=[Optional(), _SHORT], id="sent-reason")


class ActForm(RegisterForm):
    """A word about one entry."""

    reason = StringField("理由", validators=[Optional(), _SHORT])
    answer = TextAreaField("落实情况", validators=[Length(max=_WORDS, message="最多%(max)d字。")])

    def missing(self) -> list[str]:
        """Return what has to be said for what is to be done."""
        if self.what.data == "refuse" and not self.reason.data:
            return [NO_REASON]
        if self.what.data == "answer" and not self.answer.data:
            return ["请写落实情况。"]
        return []


class ChosenForm(RegisterForm):
    """A word about several entries that wait."""

    entry = SelectMultipleField("条目", validate_choice=False)
    reason = StringField("理由", validators=[Optional(), _SHORT])

    def faults(self) -> list[str]:
        missing = [NONE_CHOSEN] if not self.entry.data else []
        if self.what.data == "refuse" and not self.reason.data:
            missing.append(NO_REASON)
        return [*super().faults(), *missing]


def use_form(ctx: Context, *, sent: bool = False, **values: Any) -> UseForm:
    """Return the form with the bureau's channels: as it was *sent*, or with *values*."""
    form = UseForm() if sent else UseForm(formdata=None, **values)
    form.channel.choices = [SelectChoice(*choice) for choice in channel_choices(channels_of(ctx))]
    return form


def sent_form(ctx: Context, *, sent: bool = False) -> SentForm:
    """Return the form with the bureau's channels, as it was *sent* or empty."""
    form = SentForm() if sent else SentForm(formdata=None)
    form.channel.choices = [SelectChoice(*choice) for choice in channel_choices(channels_of(ctx))]
    return form


def channel_choices(channels: Sequence[Channel]) -> list[tuple[str, str]]:
    """Return channels by name: a bureau that has none yet is shown those that ship."""
    order = {level: place for place, level in enumerate(texts.LEVELS)}
    listed = sorted(channels, key=lambda each: (order[each.level], each.name))
    return [("", "请选择"), *((c.name, f"{c.name}（{texts.LEVELS[c.level]}）") for c in listed)]


def handed_in(services: Services, form: RegisterForm, **more: str) -> tuple[str, str]:
    """Hand the form in as a message; return its answer and the act that it was."""
    fields = {"what": form.what.data or "", **more}
    for field in form:
        if field.name not in {"act", "what", "csrf_token"}:
            fields[field.name] = _text(field.data)
    act = str(form.act.data)
    return hand_in(services, act, "adoption", fields), act


def _text(value: Any) -> str:
    if value in {None, False}:
        return ""
    return str(value.isoformat() if hasattr(value, "isoformat") else value).strip()


def read_scans(services: Services) -> tuple[str, list[str]]:
    """Keep the evidence that was sent; where one is refused none is kept, and why is returned.

    Of a mark of secrecy nothing is handed on but the mark, at which the whole message is stopped.
    """
    read, faults = [], []
    sent = [each for each in request.files.getlist("files") if each.filename]
    if len(sent) > _FILES:
        return "[]", [TOO_MANY.format(most=_FILES)]
    for each in sent:
        try:
            found = read_evidence(each.filename or "", each.read())
        except RefusedFileError as refused:
            said = REFUSED_NAME if refused.is_name else REFUSED
            faults.append(said.format(file=each.filename, reason=refused.reason.value))
            continue
        if mark := secrecy_mark(f"{found.name}\n{found.text}"):
            return json.dumps([["", "", f"【{mark}】"]], ensure_ascii=False), []
        read.append(found)
    if faults:
        return "[]", faults
    kept = [[one.name, keep(services.media_dir, one.content), one.text] for one in read]
    return json.dumps(kept, ensure_ascii=False), []
