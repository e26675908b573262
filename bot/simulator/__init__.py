"""A WeCom on this machine: server API, phones, faults and a clock that can be advanced."""
