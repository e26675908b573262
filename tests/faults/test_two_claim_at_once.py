"""约稿: two officers of a unit claim its part in the same instant; one wins, the other is told."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.config import Config
from tests.harness.offline import offline, saying
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER

ROUNDS = 8
ANOTHER = "zoe,林静,区住建局/物业科,officer,,\n"


def test_two_officers_claim_at_once(config: Config) -> None:
    with offline(config, ROSTER + ANOTHER) as services, ThreadPoolExecutor(2) as pool:
        say = saying(services)
        for number in range(1, ROUNDS + 1):
            assert say("carol", "约稿 燃气检查 周五前 物业科").startswith("已下")
            together = Barrier(2)

            def claims(who: str, number: int = number, together: Barrier = together) -> str:
                together.wait()
                return say(who, f"认领 {number}")

            answers = list(pool.map(claims, ("alice", "zoe")))
            won = [answer.startswith("已认领") for answer in answers]
            assert sorted(won) == [False, True], answers
            refused = answers[won.index(False)]
            winner = "王芳" if won[0] else "林静"
            assert f"已认领（{winner} " in refused, refused
        rows = all_rows(services.database)
        assert [part["state"] for part in rows["call_parts"]] == ["claimed"] * ROUNDS
        claims_made = [row for row in rows["audit_entries"] if row["tag"] == "call:claim"]
        assert len(claims_made) == ROUNDS
