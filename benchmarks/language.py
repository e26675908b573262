"""How long it takes to understand a message, beside the plainest table of patterns.

Run it with: python -m benchmarks.language
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from time import process_time

from benchmarks.bureau import ROOT, report
from benchmarks.table import found_in_table
from bot.cli.utterances import Utterance
from bot.language.heard import Heard
from bot.meanings import understanding
from tests.language.clock import clock
from tests.language.corpora import UNSEEN, known, rows

ROUNDS = 3
DRAFT = (
    "标题：全区开展节前燃气安全检查\n"
    + "9月20日，区住建局组织6个检查组走访餐饮单位38家，整改隐患9处。" * 90
)
DRAFT_CHARACTERS = 3000

_MADE_BY = {
    "xinshi": "from bot.meanings import understanding as made",
    "table": "from benchmarks.table import made",
}


def look_up(said: Utterance) -> str:
    return found_in_table(said.text)


def understand(said: Utterance) -> str:
    heard = Heard(said.text, said.situation, said.roles, clock())
    return understanding().understand(heard).intent


PROGRAMS: dict[str, Callable[[Utterance], str]] = {"xinshi": understand, "table": look_up}


def main() -> None:
    understanding().prepare()  # as a service does when it starts
    new = [row for name in UNSEEN for row in rows(name)]
    said = [row.utterance for row in (*known(), *new)]
    draft = Utterance(
        text=DRAFT[:DRAFT_CHARACTERS], situation=said[0].situation, roles=said[0].roles
    )
    for program, of in PROGRAMS.items():
        right = sum(of(row.utterance) == row.intent for row in new)
        for name, texts in {"corpora": said, "draft": [draft] * 200}.items():
            took = [_seconds(of, each) for _ in range(ROUNDS) for each in texts]
            cuts = statistics.quantiles(took, n=100)
            report(
                "language",
                program=program,
                texts=name,
                messages=len(took),
                median_us=statistics.median(took) * 1e6,
                p99_us=cuts[98] * 1e6,
                **({"right_of_new": right / len(new)} if name == "corpora" else {}),
            )
        report("language-start", program=program, **_start_up(program))


def _seconds(of: Callable[[Utterance], str], said: Utterance) -> float:
    before = process_time()
    of(said)
    return process_time() - before


def _start_up(program: str) -> dict[str, float]:
    """Return CPU seconds in a fresh process: all that is imported, and the making itself.

    It is the second of two, so that the modules are compiled, as those of a service are.
    """
    script = (
        "import json; from time import process_time\n"
        f"{_MADE_BY[program]}; before = process_time(); made()\n"
        "print(json.dumps({'cpu_s': process_time(), 'making_s': process_time() - before}))"
    )
    with tempfile.TemporaryDirectory() as folder:
        around = os.environ | {"PYTHONPYCACHEPREFIX": folder, "PYTHONDONTWRITEBYTECODE": ""}
        ran = [
            subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-c", script],
                cwd=ROOT,
                env=around,
                capture_output=True,
                text=True,
                check=True,
            )
            for _ in range(2)
        ]
    found: dict[str, float] = json.loads(ran[-1].stdout)
    return found


if __name__ == "__main__":
    main()
