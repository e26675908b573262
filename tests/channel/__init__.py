"""The WeCom channel, tested against real servers on this machine."""
