"""What `xinshi up` needs in memory, process by process (proportional set size, in MiB).

Its database has the newest schema, as `xinshi migrate` leaves it: a start that takes the steps
itself keeps 15 MiB of Alembic.

Run it with: python -m benchmarks.memory
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.bureau import ROOT, family, report
from bot.demo import members_csv, prepare

_SETTLE_SECONDS = 25


def pss(pid: int) -> float:
    """Return the process's share of memory in MiB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="xsbench") as folder:
        path, _ = prepare(Path(folder), 8750)
        (Path(folder) / "members.csv").write_text(members_csv(), encoding="utf-8")
        words = [sys.executable, "-m", "bot"]
        subprocess.run([*words, "migrate", "--config", str(path)], cwd=ROOT, check=True)  # noqa: S603 - our own program
        process = subprocess.Popen([*words, "up", "--config", str(path)], cwd=ROOT)  # noqa: S603 - as above
        try:
            time.sleep(_SETTLE_SECONDS)  # until what each process loads is loaded
            parts = {
                pid: (Path(f"/proc/{pid}/cmdline").read_text().split("\0"), pss(pid))
                for pid in family(process.pid)
            }
            for words, size in parts.values():
                report("memory", program=" ".join(words[:4])[-60:], pss_mib=size)
            report("memory", program="all", pss_mib=sum(size for _, size in parts.values()))
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
