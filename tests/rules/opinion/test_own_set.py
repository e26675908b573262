"""Floors of the judgement on the project's own labelled set; the half held back decides.

`python -m benchmarks.opinion` prints all figures. The set is in benchmarks/opinion_set.tsv.
"""

from benchmarks.opinion_quality import (
    copies_and_cases,
    halves,
    in_matters,
    on_own_set,
    own_matters,
    own_set,
)
from benchmarks.opinion_voices import STRANGERS, harm_in_reports, heard


def test_the_judgement_holds_its_floors_on_what_was_held_back() -> None:
    figures = on_own_set(halves(own_set())["held back"])
    floors = {
        "risk_ap": 0.87,
        "topic_right": 0.8,
        "grade_within_one": 0.95,
        "alarm_precision": 0.87,
        "alarm_recall": 0.86,
        "own_precision": 0.97,
        "own_recall": 0.97,
    }
    assert {name: figures[name] for name, least in floors.items() if figures[name] < least} == {}


def test_idiomatic_complaints_are_told_from_notices_and_chatter() -> None:
    figures = on_own_set(own_set(STRANGERS), heard)
    floors = {"risk_ap": 0.92, "alarm_precision": 0.95, "alarm_recall": 0.87}
    assert {name: figures[name] for name, least in floors.items() if figures[name] < least} == {}


def test_who_was_harmed_is_read_from_reports_of_many_wordings() -> None:
    figures = harm_in_reports()
    floors = {"dead_some_right": 0.93, "dead_none_right": 0.95, "hurt_some_right": 0.9}
    assert {name: figures[name] for name, least in floors.items() if figures[name] < least} == {}


def test_copies_and_cases_of_the_set_are_found() -> None:
    items = own_set()
    assert len(items) >= 300
    figures = copies_and_cases(items)
    assert (figures["copy_precision"], figures["copy_recall"]) >= (0.99, 0.93)
    assert figures["case_b3_f"] >= 0.96


def test_matters_of_one_estate_are_told_apart_however_people_say_them() -> None:
    figures = in_matters(own_matters(), orders=1)
    assert figures["b3_precision"] >= 0.87
    assert figures["b3_recall"] >= 0.88
