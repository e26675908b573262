"""By what posts are found again is kept: what is written today must be found by tomorrow's code."""

from handlers.rules.opinion.alike import look_at, matter_of, runs_of, shipped_rarity
from storage.vocabulary import UnitId

_WORDS = "业主反映:翠湖花园3号楼电梯连坏三天,物业说配件没到,老人下不了楼。翠湖花园的老人怎么办"


def test_a_post_has_the_prints_and_keys_that_it_always_had() -> None:
    matter = matter_of(runs_of("电梯又坏了", _WORDS), shipped_rarity())
    look = look_at(UnitId("bureau"), f"电梯又坏了\n{_WORDS}", matter, url="https://example.com/1")
    assert (len(look.prints), sum(look.prints)) == (40, -6268095208990822472)
    assert (len(look.keys), sum(look.keys)) == (12, 1252524720270430478)
