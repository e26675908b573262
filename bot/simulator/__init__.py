"""A WeCom on this machine: server API, phones, faults and a clock that can be advanced."""

from bot.simulator.app import create_simulator_app
from bot.simulator.clockwork import Clockwork, Happening
from bot.simulator.faults import ApiFault, Faults
from bot.simulator.messages import Message
from bot.simulator.phones import GreyedCardError, NoSuchButtonError, Phone
from bot.simulator.server import NotLoopbackError, Server, serve
from bot.simulator.world import Account, CorpSettings, World

__all__ = [
    "Account",
    "ApiFault",
    "Clockwork",
    "CorpSettings",
    "Faults",
    "GreyedCardError",
    "Happening",
    "Message",
    "NoSuchButtonError",
    "NotLoopbackError",
    "Phone",
    "Server",
    "World",
    "create_simulator_app",
    "serve",
]
