"""警报: two who were told of it answer 收到 in one instant; one has it, the other hears who."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from bot.config import Config
from handlers.kit.events import AlertAsked
from storage.vocabulary import Grade
from tests.harness.offline import offline, saying
from tests.harness.rows import all_rows
from tests.harness.service import ROSTER

ROUNDS = 8
NAMES = {"bob": "李强", "carol": "周敏"}


def test_two_take_an_alert_at_once(config: Config) -> None:
    with offline(config, ROSTER) as services, ThreadPoolExecutor(2) as pool:
        say = saying(services)
        for code in range(1, ROUNDS + 1):
            with services.database.begin() as uow:
                unit = uow.members.unit_at("区住建局/物业科")
                assert unit
                asked = AlertAsked(
                    unit=unit.id,
                    kind="call",
                    key=str(code),
                    grade=Grade.YELLOW,
                    source="12345",
                    title="电梯困人",
                    text="电梯困人",
                )
                services.context(uow).emit(asked)
            together = Barrier(2)

            def takes(who: str, code: int = code, together: Barrier = together) -> str:
                together.wait()
                return say(who, f"收到 {code}")

            answers = dict(zip(NAMES, pool.map(takes, NAMES), strict=True))
            won = [who for who, answer in answers.items() if "由您处理" in answer]
            assert len(won) == 1, answers
            (lost,) = set(NAMES) - set(won)
            assert f"{NAMES[won[0]]}已于" in answers[lost], answers
            assert "不用再处理" in answers[lost]
        rows = all_rows(services.database)
        holders = {row["id"]: row["holder"] for row in rows["alerts"]}
        assert len(holders) == ROUNDS
        taken = [row for row in rows["audit_entries"] if row["tag"] == "alert:take"]
        assert {row["subject"]: row["actor"] for row in taken} == holders
        assert len(taken) == ROUNDS
        clocks = [row["kind"] for row in rows["timers"] if row["status"] == "pending"]
        assert clocks == ["alert_lease"] * ROUNDS
