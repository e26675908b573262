"""A sample bureau on this machine, with a few weeks behind it, and the simulator beside it."""

from bot.demo.bureau import members_csv
from bot.demo.history import HistoryClock, live_through
from bot.demo.setting import hints, prepare, run_simulator

__all__ = [
    "HistoryClock",
    "hints",
    "live_through",
    "members_csv",
    "prepare",
    "run_simulator",
]
