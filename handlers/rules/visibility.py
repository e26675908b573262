"""Who may see and withdraw a draft: the one place, for chat, pages, files and pushes alike."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from storage.vocabulary import DraftStatus, Grade, Role, UnitId, UserId

_OVERSIGHT = frozenset(
    {
        Role.SECTION_HEAD,
        Role.OFFICE,
        Role.DEPUTY,
        Role.PRINCIPAL,
        Role.SECRECY_REVIEWER,
        Role.LEGAL_REVIEWER,
    }
)

_ORDER = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_ORDER_URGENTLY = _ORDER | {Role.DUTY, Role.LEAD_DUTY}

_POINTS_SEEN_BY = frozenset({Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """Somebody with his roles and the units that each is held over."""

    userid: UserId
    roles: Mapping[Role, Collection[UnitId]]

    def holds(self, roles: Collection[Role], lineage: Collection[UnitId]) -> bool:
        """Tell whether he holds one of *roles* over a unit of that *lineage*."""
        return any(
            scope in lineage for role in roles if role in self.roles for scope in self.roles[role]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFacts:
    """What decides who may see a draft; *lineage* is its unit and everything above it."""

    author: UserId
    status: DraftStatus
    lineage: Collection[UnitId]


def may_see(viewer: Viewer, draft: DraftFacts, *, has_held: bool) -> bool:
    """Tell whether *viewer* may see the draft; *has_held*: a gate of it was put before him.

    The author always; what is still being written nobody else; then whoever reviews it or holds a
    reviewing role over its unit.
    """
    if viewer.userid == draft.author:
        return True
    if draft.status in {DraftStatus.COMPOSING, DraftStatus.CANCELLED}:
        return False
    return has_held or viewer.holds(_OVERSIGHT, draft.lineage)


def may_withdraw(viewer: Viewer, draft: DraftFacts) -> bool:
    """Tell whether *viewer* may withdraw the draft.

    Before the last signature its author, his section head or the office; after it the office.
    Source: the transition table of domain-rules §3.2, row 12.
    """
    if draft.status in {DraftStatus.SIGNED, DraftStatus.EDITED}:
        return viewer.holds({Role.OFFICE}, draft.lineage)
    if viewer.userid == draft.author:
        return True
    return viewer.holds({Role.SECTION_HEAD, Role.OFFICE}, draft.lineage)


def may_ask_recall(viewer: Viewer, draft: DraftFacts) -> bool:
    """Tell whether *viewer* may ask that a published draft be taken down or put right.

    Its author, his section head, the office, and the leaders of its line. Source: the permission
    matrix of domain-rules §2.3.
    """
    asking = {Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL}
    return viewer.userid == draft.author or viewer.holds(asking, draft.lineage)


def may_see_points(viewer: Viewer, own: UnitId, lineage: Sequence[UnitId]) -> bool:
    """Tell whether *viewer*, of unit *own*, may see the points of the unit of that *lineage*."""
    return own == lineage[0] or viewer.holds(_POINTS_SEEN_BY, lineage)


def may_read_models(own: UnitId, bureau: UnitId) -> bool:
    """Tell whether a member of the bureau *own* may read the models (范文) of *bureau*.

    All of its members may, whosever the draft was: they are to learn from what was adopted and from
    what was changed in it (domain-rules §3.5).
    """
    return own == bureau


def may_see_all_points(viewer: Viewer, bureau: UnitId) -> bool:
    """Tell whether *viewer* may see all units of a bureau beside one another."""
    return viewer.holds({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL}, [bureau])


def may_make_notices(viewer: Viewer, bureau: UnitId) -> bool:
    """Tell whether *viewer* may change and release a bureau's notices."""
    return viewer.holds({Role.OFFICE}, [bureau])


def may_read_drafted_notices(viewer: Viewer, bureau: UnitId) -> bool:
    """Tell whether *viewer* may read a notice before it is released; after it, everybody may."""
    return viewer.holds({Role.OFFICE, Role.PRINCIPAL}, [bureau])


def may_deduct(viewer: Viewer, bureau: UnitId) -> bool:
    """Tell whether *viewer* may take points off, and answer what units object to.

    The office of the bureau: each point is entered by a named person of it with a reason.
    """
    return viewer.holds({Role.OFFICE}, [bureau])


def may_appeal(viewer: Viewer, unit: UnitId) -> bool:
    """Tell whether *viewer* may object to the score of *unit*: its officers and its head may."""
    return viewer.holds({Role.OFFICER, Role.SECTION_HEAD}, [unit])


def may_see_bulletins(viewer: Viewer, lineage: Collection[UnitId]) -> bool:
    """Tell whether *viewer* may see issues that the unit of that *lineage* compiles.

    The office that compiles them and the leaders over it: an issue has drafts of all sections, of
    every kind. Contributors see what was made of their own, when it is printed.
    """
    return viewer.holds({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL}, lineage)


def may_order_drafts(viewer: Viewer, *, urgent: bool) -> bool:
    """Tell whether *viewer* may call upon units of his bureau for drafts (约稿).

    The office and the leaders; who is on duty only where it is urgent (domain-rules §2.3).
    """
    roles = _ORDER_URGENTLY if urgent else _ORDER
    return bool(roles & viewer.roles.keys())


def may_steer_calls(viewer: Viewer, orderer: UserId) -> bool:
    """Tell whether *viewer* may extend, excuse, reassign and cancel what *orderer* ordered.

    The office and the leaders of the bureau, and whoever ordered it himself.
    """
    return viewer.userid == orderer or bool(_ORDER & viewer.roles.keys())


def may_answer_call(viewer: Viewer, lineage: Collection[UnitId]) -> bool:
    """Tell whether *viewer* may claim or decline the part of the unit of that *lineage*."""
    return viewer.holds({Role.OFFICER, Role.SECTION_HEAD, Role.OFFICE}, lineage)


def may_see_call(viewer: Viewer, orderer: UserId, units: Collection[Collection[UnitId]]) -> bool:
    """Tell whether *viewer* may see a call of his bureau; *units* are the lineages of its units."""
    if may_steer_calls(viewer, orderer):
        return True
    return any(may_answer_call(viewer, lineage) for lineage in units)


LEADERS = frozenset({Role.DEPUTY, Role.PRINCIPAL})
ALERTS_SEEN_BY = frozenset(
    {
        Role.SECTION_HEAD,
        Role.OFFICE,
        Role.DEPUTY,
        Role.PRINCIPAL,
        Role.DUTY,
        Role.LEAD_DUTY,
        Role.OPINION_LIAISON,
    }
)


def may_see_alert(
    viewer: Viewer, raised_by: UserId, lineage: Collection[UnitId], *, was_told: bool
) -> bool:
    """Tell whether *viewer* may see an alert about a unit of that *lineage*.

    Whoever raised it or was told; leadership, office, duty and the handling section (domain-rules
    §2.4). An administrator hears that it found nobody, not what it is about.
    """
    return was_told or viewer.userid == raised_by or viewer.holds(ALERTS_SEEN_BY, lineage)


ALERT_KEEPERS = frozenset(
    {Role.OFFICE, Role.LEAD_DUTY, Role.OPINION_LIAISON, Role.DEPUTY, Role.PRINCIPAL}
)
"""Who may hold back the lighter alerts of a source for a time."""


def may_raise_notices(viewer: Viewer) -> bool:
    """Tell whether *viewer* may call out to people of his bureau who all have to answer."""
    raising = {Role.OFFICE, Role.DUTY, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL, Role.ADMIN}
    return bool(raising & viewer.roles.keys())


def may_keep_plan(viewer: Viewer, bureau: UnitId) -> bool:
    """Tell whether *viewer* may change the plan of a bureau's year: its office keeps it."""
    return viewer.holds({Role.OFFICE}, [bureau])


def may_see_whole_plan(viewer: Viewer, bureau: UnitId) -> bool:
    """Tell whether *viewer* may see what the plan asks of every unit."""
    return viewer.holds({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL}, [bureau])


def may_see_plan_item(
    viewer: Viewer, bureau: UnitId, units: Collection[Collection[UnitId]]
) -> bool:
    """Tell whether *viewer* may see an item; *units* are the lineages of those that owe it.

    Who writes for one of them or oversees it, and who may see the whole plan.
    """
    concerned = {Role.OFFICER, Role.SECTION_HEAD, Role.DEPUTY, Role.OFFICE}
    return may_see_whole_plan(viewer, bureau) or any(
        viewer.holds(concerned, lineage) for lineage in units
    )


_HANDLE_INCIDENTS = frozenset(
    {Role.SECTION_HEAD, Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL, Role.DUTY, Role.LEAD_DUTY}
)
_GRADE_LIGHT = frozenset({Role.OFFICE, Role.DEPUTY, Role.PRINCIPAL})
_GRAVE = frozenset({Grade.ORANGE, Grade.RED})
_END_INCIDENTS = frozenset({Role.OFFICE, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL})


def may_see_incident(
    viewer: Viewer, reported_by: UserId, lineage: Collection[UnitId], *, on_duty: bool
) -> bool:
    """Tell whether *viewer* may see an incident of the unit of that *lineage*.

    Whoever reported it or is on duty; leadership, office, duty and the section (domain-rules §2.4).
    What is of the bureau itself and no section's, all who lead in it.
    """
    if on_duty or viewer.userid == reported_by or viewer.holds(ALERTS_SEEN_BY, lineage):
        return True
    is_of_no_section = len(lineage) == 1
    return is_of_no_section and not LEADERS.isdisjoint(viewer.roles)


def may_handle_incident(
    viewer: Viewer, reported_by: UserId, lineage: Collection[UnitId], *, on_duty: bool
) -> bool:
    """Tell whether *viewer* may add to an incident and say what was reported of it."""
    return on_duty or viewer.userid == reported_by or viewer.holds(_HANDLE_INCIDENTS, lineage)


def may_grade_incident(viewer: Viewer, grade: Grade, lineage: Collection[UnitId]) -> bool:
    """Tell whether *viewer* may decide that an incident is of *grade*; else he may propose it.

    The office and leaders up to 较大, leaders alone above (domain-rules §2.3).
    """
    return viewer.holds(LEADERS if grade in _GRAVE else _GRADE_LIGHT, lineage)


def may_end_incident(viewer: Viewer, lineage: Collection[UnitId]) -> bool:
    """Tell whether *viewer* may close an incident, call it a false one, or open it again."""
    return viewer.holds(_END_INCIDENTS, lineage)


_RUN_CONTINGENCIES = frozenset(
    {Role.OFFICE, Role.DUTY, Role.LEAD_DUTY, Role.DEPUTY, Role.PRINCIPAL}
)


def may_run_contingency(viewer: Viewer, *, on_duty: bool) -> bool:
    """Tell whether *viewer* may start and end emergency plans and exercises of his bureau."""
    return on_duty or bool(_RUN_CONTINGENCIES & viewer.roles.keys())


def may_see_contingencies(viewer: Viewer, *, on_duty: bool) -> bool:
    """Tell whether *viewer* may see the plans of his bureau: leadership, office, duty, heads."""
    return on_duty or bool(ALERTS_SEEN_BY & viewer.roles.keys())


def may_see_run(
    viewer: Viewer, lineage: Collection[UnitId], *, exercise: bool, was_told: bool, on_duty: bool
) -> bool:
    """Tell whether *viewer*, who sees plans, may see a run for the unit of that *lineage*.

    A head sees exercises, what runs for his section, and what has a task of his: a run is named
    for its case or emergency, which are not his to know of otherwise.
    """
    whole = (ALERTS_SEEN_BY - {Role.SECTION_HEAD}) & viewer.roles.keys()
    heads = viewer.holds({Role.SECTION_HEAD}, lineage)
    return exercise or was_told or on_duty or bool(whole) or heads
