"""A sample bureau on this machine, with a few weeks behind it, and the simulator beside it."""

from bot.demo.bureau import members_csv
from bot.demo.clockwork import LABELS, UNSEEN, ServiceClockwork, next_morning
from bot.demo.folder import finish, prepare
from bot.demo.history import HistoryClock, Past, live_through
from bot.demo.rehearsal import alike, rehearse, settle_all
from bot.demo.setting import corp_settings, hints, run_simulator

__all__ = [
    "LABELS",
    "UNSEEN",
    "HistoryClock",
    "Past",
    "ServiceClockwork",
    "alike",
    "corp_settings",
    "finish",
    "hints",
    "live_through",
    "members_csv",
    "next_morning",
    "prepare",
    "rehearse",
    "run_simulator",
    "settle_all",
]
