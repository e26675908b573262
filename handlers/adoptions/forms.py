"""采用登记页: what the office registers, decides and corrects on a page, as in the chat."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.adoptions import texts
from handlers.adoptions.answering import answer
from handlers.adoptions.channels import channels_of
from handlers.adoptions.commands import registry
from handlers.adoptions.confirming import decide
from handlers.adoptions.correcting import correct, replace_remark, replace_use
from handlers.adoptions.deciding import confirm, refuse
from handlers.adoptions.dispatching import dispatch, not_adopted
from handlers.adoptions.editing import keep_edited
from handlers.adoptions.entries import meant, refuse_unless_office
from handlers.adoptions.reading import Evidence, Said, flags_in, form_in, level_in, read_remark
from handlers.adoptions.remarking import enter_remark
from handlers.adoptions.using import authors_of, enter
from handlers.kit.asked import Asked, Form
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.finding import sees
from handlers.rules.sharing import read_byline
from storage.models import Adoption, Attachment, Channel, Draft, Instruction
from storage.queries.adoptions import Entry
from storage.vocabulary import AttachmentKind

Fields = Mapping[str, str]


@registry.form("adoption")
def register_on_page(ctx: Context, form: Form) -> str:
    """Do *what* the form says with the draft of that ``number`` or the ``entry`` of that id.

    ``channel`` is a name, ``day`` 2026-09-20, ``level`` and ``form`` words of texts.py, ``scans``
    a JSON list of [name, hash, text] of what was uploaded, ``edited`` the text as it was printed.

    Raises:
        UserError: it is not the sender's to do, or something is missing; nothing is changed.
    """
    # The talk in the chat may be about something else: what is asked is asked on the page.
    return _ACTS[form.fields["what"]](replace(ctx, talk=None), form.fields)


def _use(ctx: Context, fields: Fields) -> str:
    asked = _asked(fields, channel_key=_channel(ctx, fields).id)
    draft = meant(ctx, asked)[0]
    asked = _with_scans(ctx, draft, asked, fields)
    before = {entry.id for entry in ctx.uow.adoptions.of_drafts([draft.id])}
    said = enter(ctx, asked)
    fresh = [e for e in ctx.uow.adoptions.of_drafts([draft.id]) if e.id not in before]
    if not fresh:  # it was a question, and the page is where it is answered
        raise UserError(said)
    if fields.get("edited"):
        said += "\n" + keep_edited(ctx, Asked(numbers=asked.numbers, text=fields["edited"]))
    return said


def _remark(ctx: Context, fields: Fields) -> str:
    asked = _asked(fields, instruction=True, leader=fields["leader"])
    words = fields.get("remark", "")
    kind = "written" if words else "circled"
    slots = {**asked.slots, "instruction_type": kind}
    if (level := level_in(fields.get("level", ""))) is not None:
        slots["leader_level"] = level.value
    asked = replace(asked, slots=slots, text=f"批示：{words}" if words else "圈阅")
    draft = meant(ctx, asked)[0]
    asked = _with_scans(ctx, draft, asked, fields)
    before = {entry.id for entry in ctx.uow.adoptions.instructions_of([draft.id])}
    said = enter_remark(ctx, asked)
    after = {entry.id for entry in ctx.uow.adoptions.instructions_of([draft.id])}
    if after == before:
        raise UserError(said)
    return said


def _sent(ctx: Context, fields: Fields) -> str:
    return dispatch(ctx, _to_channel(ctx, fields))


def _unused(ctx: Context, fields: Fields) -> str:
    return not_adopted(ctx, _to_channel(ctx, fields, why=fields.get("reason") or texts.NO_REASON))


def _to_channel(ctx: Context, fields: Fields, **slots: str) -> Asked:
    key = _channel(ctx, fields).id
    return Asked(numbers=(int(fields["number"]),), slots={**slots, "channel_key": key})


def _channel(ctx: Context, fields: Fields) -> Channel:
    found = [channel for channel in channels_of(ctx) if channel.name == fields["channel"]]
    if not found:
        raise UserError(texts.UNKNOWN_CHANNEL.format(name=fields["channel"]))
    return found[0]


def _asked(fields: Fields, **slots: object) -> Asked:
    """Return what the form says, as the chat would have it."""
    byline = f"署名 {fields['authors']}" if fields.get("authors") else ""
    parts = [fields.get(name, "") for name in ("level", "form", "url", "issue")]
    return Asked(
        numbers=(int(fields["number"]),),
        text="\n".join(part for part in (*parts, byline) if part),
        slots={
            **slots,
            "day": fields["day"],
            "evidence": "\n".join(fields.get(name, "") for name in ("words", "issue")),
            "again": bool(fields.get("again")),
        },
    )


def _with_scans(ctx: Context, draft: Draft, asked: Asked, fields: Fields) -> Asked:
    scan = _attached(ctx, draft, fields)
    return replace(asked, slots={**asked.slots, "scan": scan}) if scan else asked


def _attached(ctx: Context, draft: Draft, fields: Fields) -> str:
    """Keep the evidence beside the draft; return the first one's id, empty where there is none."""
    there = {each.media_id: each.id for each in ctx.uow.drafts.attached(draft.id)}
    kept = []
    for name, sha256, text in json.loads(fields.get("scans", "[]")):
        media_id = f"sha256:{sha256}"
        if media_id not in there:
            there[media_id] = ctx.new_id()
            ctx.uow.drafts.attach(
                Attachment(
                    id=there[media_id],
                    draft=draft.id,
                    media_id=media_id,
                    filename=name,
                    sha256=sha256,
                    kind=AttachmentKind.EVIDENCE,
                    text=text,
                    created_at=ctx.now,
                )
            )
        kept.append(there[media_id])
    return kept[0] if kept else ""


def _found(ctx: Context, fields: Fields) -> tuple[Draft, Entry]:
    """Return the entry that the form is about, of a draft that the sender may see."""
    entry: Entry | None = ctx.uow.adoptions.adoption(fields["entry"])
    entry = entry or ctx.uow.adoptions.instruction(fields["entry"])
    if entry is None or entry.bureau != ctx.sender.bureau:
        raise UserError(texts.PAGE_NO_ENTRY)
    draft = ctx.uow.drafts.lock(entry.draft)
    if not sees(ctx, draft):
        raise UserError(texts.PAGE_NO_ENTRY)
    return draft, entry


def _confirm(ctx: Context, fields: Fields) -> str:
    draft, entry = _found(ctx, fields)
    return confirm(ctx, draft, entry)


def _refuse(ctx: Context, fields: Fields) -> str:
    draft, entry = _found(ctx, fields)
    return refuse(ctx, draft, entry, fields["reason"])


def _decide(ctx: Context, fields: Fields) -> str:
    """Decide all ``entries`` (a JSON list of ids) at once: the ``reason`` refuses them."""
    return decide(ctx, set(json.loads(fields["entries"])), refused=fields.get("reason", ""))


def _void(ctx: Context, fields: Fields) -> str:
    draft, entry = _found(ctx, fields)
    sure = {"entry": entry.id, "confirmed": True}
    return correct(ctx, Asked(numbers=(draft.number,), text="作废", slots=sure))


def _answer(ctx: Context, fields: Fields) -> str:
    draft, entry = _found(ctx, fields)
    asked = Asked(numbers=(draft.number,), text=fields["answer"], slots={"entry": entry.id})
    return answer(ctx, asked)


def _correct(ctx: Context, fields: Fields) -> str:
    draft, entry = _found(ctx, fields)
    refuse_unless_office(ctx, draft)
    if entry.id not in {each.id for each in _standing(ctx, draft)}:
        raise UserError(texts.PAGE_NO_ENTRY)
    if isinstance(entry, Instruction):
        return _correct_remark(ctx, draft, entry, fields)
    return _correct_use(ctx, draft, entry, fields)


def _standing(ctx: Context, draft: Draft) -> Sequence[Entry]:
    return [
        *ctx.uow.adoptions.of_drafts([draft.id]),
        *ctx.uow.adoptions.instructions_of([draft.id]),
    ]


def _correct_use(ctx: Context, draft: Draft, entry: Adoption, fields: Fields) -> str:
    channel = _channel(ctx, fields)
    form = fields.get("form", "")
    said = Said(
        day=date.fromisoformat(fields["day"]),
        evidence=Evidence(
            url=fields.get("url", ""),
            issue=fields.get("issue", ""),
            scan=_attached(ctx, draft, fields) or entry.scan,
            words=fields.get("words", ""),
        ),
        form=form_in(form),
        flags=flags_in(form),
        level=level_in(fields.get("level", "")),
        authors=read_byline(f"署名 {fields['authors']}") if fields.get("authors") else (),
    )
    if not said.evidence.there:
        name = f"{draft.number}号《{draft.title}》"
        raise UserError(texts.ASK_EVIDENCE.format(name=name, channel=channel.name))
    return replace_use(ctx, draft, entry, channel, said, authors_of(ctx, draft, said))


def _correct_remark(ctx: Context, draft: Draft, entry: Instruction, fields: Fields) -> str:
    words = fields.get("remark", "")
    slots = {"leader": fields["leader"], "instruction_type": "written" if words else "circled"}
    said = read_remark(Asked(text=fields["leader"], slots=slots))
    level = level_in(fields.get("level", "")) or said.level
    scan = _attached(ctx, draft, fields) or entry.scan
    said = replace(said, level=level, words=words, scan=scan)
    return replace_remark(ctx, draft, entry, said, date.fromisoformat(fields["day"]))


_ACTS: Mapping[str, Callable[[Context, Fields], str]] = {
    "use": _use,
    "sent": _sent,
    "unused": _unused,
    "remark": _remark,
    "confirm": _confirm,
    "refuse": _refuse,
    "correct": _correct,
    "void": _void,
    "decide": _decide,
    "answer": _answer,
}
