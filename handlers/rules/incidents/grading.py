"""How grave an incident seems by the classes of site accidents; a person decides (§6.6 [JZ4])."""

from typing import NamedTuple

from storage.vocabulary import Grade

_CLASSES = (
    (Grade.RED, 30, 100, 10_000),
    (Grade.ORANGE, 10, 50, 5_000),
    (Grade.YELLOW, 3, 10, 1_000),
)
"""From how many dead, injured, and ten thousands of yuan of direct loss on."""


class Suggestion(NamedTuple):
    """A grade, and in words what it rests on; empty where nothing but the lightest speaks."""

    grade: Grade
    why: str


def suggested(dead: int, hurt: int, loss: int) -> Suggestion:
    """Return the class of *dead*, *hurt* people and a direct *loss* in ten thousands of yuan."""
    for grade, of_dead, of_hurt, of_loss in _CLASSES:
        reached = [
            words
            for reaches, words in (
                (dead >= of_dead, f"死亡{dead}人（{of_dead}人以上）"),
                (hurt >= of_hurt, f"受伤{hurt}人（{of_hurt}人以上）"),
                (loss >= of_loss, f"损失{loss}万元（{of_loss}万元以上）"),
            )
            if reaches
        ]
        if reached:
            return Suggestion(grade, "、".join(reached))
    return Suggestion(Grade.BLUE, "")
