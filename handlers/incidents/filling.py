"""补充: what is missing is asked for, one question at a time; any answer may say several things."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from handlers.incidents import clocks, meanings, signing, texts
from handlers.incidents.finding import may_handle, named, note, talk_of, the_one
from handlers.incidents.grading import weigh_again
from handlers.incidents.papers import known, missing_in, title_of_report
from handlers.incidents.registry import registry
from handlers.kit.asked import Asked, Takes
from handlers.kit.context import Context
from handlers.kit.errors import UserError
from handlers.kit.events import AlertTaken
from handlers.rules.calendar import SHANGHAI, local
from handlers.rules.incidents import reading
from handlers.rules.incidents.wording import LABELS
from storage.models import Incident, IncidentReport
from storage.vocabulary import (
    ConversationState,
    IncidentAct,
    IncidentElement,
    IncidentReportId,
    IncidentReportKind,
)

SLOT = "incident_element"
_KEPT = frozenset({IncidentElement.EVENT, IncidentElement.NATURE, IncidentElement.PLACE})
"""What the first line said stands, unless it is asked for or named."""
_PATIENCE = timedelta(hours=12)
_PERHAPS_FALSE = re.compile(
    r"\s*(?:紧急(?:信息)?\s?第?\d{1,4}号?[的\s,，:：]*)?"
    r"(?:[这那也]|应该|可能|好像|大概|怀疑|疑似|像|也许|恐怕|就?是|一?场)*(?:误报|虚惊|乌龙|假警)"
)
"""Somebody thinks that it may be none, which is no answer to what is asked: 烟感误报 is one."""
_RECEIVED = re.compile(
    r"接报时间?(?:应?(?:是|为|改[为成]))?[:：\s]*(?P<hour>\d{1,2})[:：点时](?P<minute>\d{1,2})?分?"
)
_SAYS = {label: each for each, label in LABELS.items()}
_LABELLED = re.compile(rf"^(?P<label>{'|'.join(_SAYS)})\s*[:：]\s*(?P<said>.+)$", re.DOTALL)


def ask_next(ctx: Context, incident: Incident) -> str:
    """Ask for the first thing that is missing; empty where nothing is."""
    lacks = missing_in(incident)
    if not lacks:
        return ""
    kept = Asked(numbers=(incident.number,), slots={"element": lacks[0].value})
    question = texts.ASK.format(question=texts.QUESTIONS[lacks[0]])
    said = ctx.ask(question, SLOT, "fill_incident", kept)
    ctx.turn(ConversationState.ASKING, SLOT, ctx.now + _PATIENCE)
    return said


@registry.on(AlertTaken)
def go_on_asking(ctx: Context, event: AlertTaken) -> str | None:
    """Write down who took the alert; a question that is open to him is put again."""
    kind, _, key = event.subject.partition(":")
    incident = ctx.uow.incidents.get(key) if kind == "incident" else None
    if incident is None or not incident.is_open:
        return None
    note(ctx, incident, IncidentAct.TAKEN)
    if ctx.talk is not None and ctx.talk.state is ConversationState.IDLE:
        talk_of(ctx, incident)
    return ask_next(ctx, incident) if may_handle(ctx, incident) else None


@registry.command(
    "补充紧急",
    takes=Takes.WORDS,
    usage="补充紧急 2人轻伤，已送医（几件时：补充紧急3 …）",
    purpose="补充紧急信息的要素，一句话可以说几项",
    means=meanings.fill,
    reads=meanings.added,
)
def fill_incident(ctx: Context, asked: Asked) -> str:
    """Take in what an answer or a line says of an incident, and ask for the next thing."""
    said = str(asked.slots.get(SLOT, ""))
    asked_for = asked.slots.get("element")
    element = IncidentElement(asked_for) if asked_for else None

    def take(ctx: Context, incident: Incident, words: str) -> str:
        return take_in(ctx, incident, said or words, element)

    return the_one(ctx, asked, "fill_incident", take)


def take_in(ctx: Context, incident: Incident, words: str, element: IncidentElement | None) -> str:
    if found := _RECEIVED.search(words):
        return _received(ctx, incident, found)
    if not words:
        question = ask_next(ctx, incident)
        nothing = texts.NOTHING_ADDED.format(name=named(incident), number=incident.number)
        return question or nothing
    if reading.is_done(words):
        return _done(ctx, incident)
    if _PERHAPS_FALSE.match(words):
        raise UserError(texts.PERHAPS_FALSE.format(name=named(incident), number=incident.number))
    if element is not None and reading.is_unknown(words):
        incident.unknown = [*incident.unknown, element.value]
        lines = [texts.NOTED_UNKNOWN.format(what=LABELS[element])]
    else:
        added = add(ctx, incident, words, element)
        lines = (
            [added]
            if added
            else [texts.NOTHING_ADDED.format(name=named(incident), number=incident.number)]
        )
    question = ask_next(ctx, incident)
    return "\n".join([*lines, question or _done(ctx, incident)])


def _done(ctx: Context, incident: Incident) -> str:
    """End the asking: the report is put before its signers once more, as it now is."""
    report = signing.open_report(ctx, incident)
    if report is None:
        return texts.NOTHING_ADDED.format(name=named(incident), number=incident.number)
    signing.offer(ctx, incident, report)
    return texts.ADDING_OVER.format(
        name=named(incident),
        report=title_of_report(report),
        signers=signing.signers_words(ctx, incident),
        number=incident.number,
    )


def add(
    ctx: Context, incident: Incident, words: str, element: IncidentElement | None = None
) -> str:
    """Take in what *words* say; return what was noted, empty where nothing was new.

    A report of what is new also has, as they were said, the words that no element tells.
    """
    fresh, labelled = _read(ctx, incident, words, element), _LABELLED.match(words.strip())
    said = write(ctx, incident, fresh, words)
    report = signing.open_report(ctx, incident)
    if said and report is not None and report.kind is IncidentReportKind.FOLLOW_UP:
        rest = "" if labelled else reading.untold(words, [*known(incident.elements).values()])
        report.words = "；".join(filter(None, (report.words, rest)))
    return said


def write(
    ctx: Context, incident: Incident, fresh: Mapping[IncidentElement, str], words: str
) -> str:
    """Note elements that are new or put right; return what was noted, empty where none was."""
    if not fresh:
        return ""
    before = known(incident.elements)
    incident.elements = {**incident.elements, **{each.value: said for each, said in fresh.items()}}
    incident.unknown = [one for one in incident.unknown if one not in incident.elements]
    incident.revision += 1
    what = "；".join(
        texts.NOTED.format(what=LABELS[each], said=said) for each, said in fresh.items()
    )
    note(ctx, incident, IncidentAct.ADDED, words)
    ctx.audit(
        "incident:add",
        incident.id,
        before={each.value: before[each] for each in fresh if each in before},
        after={each.value: said for each, said in fresh.items()},
    )
    lines = [texts.ADDED.format(name=named(incident), what=what)]
    if signing.open_report(ctx, incident) is None:
        report = next_report(ctx, incident)
        lines.append(texts.ADDED_LATER.format(report=title_of_report(report)))
    if IncidentElement.CASUALTIES in fresh or IncidentElement.LOSS in fresh:
        lines += weigh_again(ctx, incident)
    return "\n".join(lines)


def _read(
    ctx: Context, incident: Incident, words: str, element: IncidentElement | None
) -> dict[IncidentElement, str]:
    """Return what *words* say that is not known yet."""
    if labelled := _LABELLED.match(words.strip()):
        element = _SAYS[labelled["label"]]
        said = {element: labelled["said"].strip()}
    else:
        said = reading.answered(element, words, ctx.now)
        if element is not IncidentElement.HAPPENED and not _tells_when(incident, words):
            said.pop(IncidentElement.HAPPENED, None)
    fresh = {}
    for each, value in said.items():
        now = str(incident.elements.get(each, ""))
        if not value or value == now or (now and each in _KEPT and each is not element):
            continue
        fresh[each] = value
    place = said.get(IncidentElement.PLACE, "")
    return fresh or ({IncidentElement.PLACE: place} if place and len(said) == 1 else {})


def _tells_when(incident: Incident, words: str) -> bool:
    """Tell whether a time in *words* may be that of the event: 9:50关阀 later on is not."""
    settled = incident.elements.get(IncidentElement.HAPPENED) or incident.written_at
    return not settled or reading.tells_when_it_began(words)


def next_report(
    ctx: Context,
    incident: Incident,
    kind: IncidentReportKind = IncidentReportKind.FOLLOW_UP,
    words: str = "",
) -> IncidentReport:
    """Begin the next report of an incident."""
    reports = ctx.uow.incidents.reports(incident.id)
    report = IncidentReport(
        id=IncidentReportId(ctx.new_id()),
        incident=incident.id,
        position=reports[-1].position + 1,
        kind=kind,
        opened_by=ctx.sender.userid,
        opened_at=ctx.now,
        words=words,
    )
    ctx.uow.incidents.add_report(report)
    note(ctx, incident, IncidentAct.BEGUN, title_of_report(report))
    return report


def _received(ctx: Context, incident: Incident, found: re.Match[str]) -> str:
    """Let the clocks run from when the office really heard of it."""
    here = local(ctx.now)
    try:
        moment = here.replace(
            hour=int(found["hour"]), minute=int(found["minute"] or 0), second=0, microsecond=0
        )
    except ValueError:
        raise UserError(texts.MOVED_WRONG) from None
    if moment > here:
        moment -= timedelta(days=1)
    received = moment.astimezone(SHANGHAI)
    if received > ctx.now or ctx.now - received > timedelta(days=1):
        raise UserError(texts.MOVED_WRONG)
    _move(ctx, incident, received)
    return texts.MOVED.format(
        when=f"{local(received):%H:%M}", clocks=clocks.states_of(ctx, incident)
    )


def _move(ctx: Context, incident: Incident, received: datetime) -> None:
    before = incident.received_at
    incident.received_at = received
    incident.revision += 1
    clocks.set_clocks(ctx, incident)
    note(ctx, incident, IncidentAct.MOVED, f"{local(received):%H:%M}")
    ctx.audit(
        "incident:move",
        incident.id,
        before={"received_at": before.isoformat()},
        after={"received_at": received.isoformat()},
    )
