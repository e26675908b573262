"""What can be made to go wrong: switches for the server API and for callbacks."""

import threading
from dataclasses import dataclass, replace

ANY = "*"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiFault:
    """A fault of one API method (or of any, ``*``), for the next *times* calls or until cleared.

    *lose_answer*: the call is carried out, and the connection closes without an answer.
    """

    method: str
    errcode: int | None = None
    status: int | None = None
    latency: float = 0.0
    lose_answer: bool = False
    times: int | None = 1

    def __str__(self) -> str:
        what = [
            f"错误码 {self.errcode}" if self.errcode is not None else "",
            f"HTTP {self.status}" if self.status is not None else "",
            f"延迟 {self.latency:g} 秒" if self.latency else "",
            "执行后不回包" if self.lose_answer else "",
        ]
        often = "一直" if self.times is None else f"还有 {self.times} 次"
        return f"{self.method}：{'、'.join(filter(None, what))}（{often}）"


class Faults:
    """Thread-safe; nothing is wrong until somebody sets a switch."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._api: list[ApiFault] = []
        self._copies = 0
        self._holds = 0
        self._early_closes = 0

    def add(self, fault: ApiFault) -> None:
        with self._lock:
            self._api.append(fault)

    def refuse(self, method: str, errcode: int, *, times: int | None = 1) -> None:
        """Answer calls of *method* with an errcode, without carrying them out."""
        self.add(ApiFault(method=method, errcode=errcode, times=times))

    def break_down(self, method: str, *, status: int = 500, times: int | None = 1) -> None:
        """Answer calls of *method* with an HTTP error, without carrying them out."""
        self.add(ApiFault(method=method, status=status, times=times))

    def delay(self, method: str, seconds: float, *, times: int | None = None) -> None:
        self.add(ApiFault(method=method, latency=seconds, times=times))

    def lose_answer(self, method: str, *, times: int | None = 1) -> None:
        """Carry calls of *method* out and close the connection without an answer."""
        self.add(ApiFault(method=method, lose_answer=True, times=times))

    def distrust_ip(self) -> None:
        """Refuse every method with 60020 until cleared: the caller is not a trusted IP."""
        self.refuse(ANY, 60020, times=None)

    def duplicate_callbacks(self, copies: int) -> None:
        """Deliver each callback *copies* times more, with the same MsgId."""
        with self._lock:
            self._copies = copies

    def reorder_next_callback(self) -> None:
        """Hold the next callback back and deliver it after the one that follows."""
        with self._lock:
            self._holds += 1

    def close_early(self, times: int = 1) -> None:
        """Send the next *times* callbacks and hang up without waiting for the answer."""
        with self._lock:
            self._early_closes = times

    def clear(self) -> None:
        with self._lock:
            self._api.clear()
            self._copies = self._holds = self._early_closes = 0

    def take_api(self, method: str) -> ApiFault:
        """Join what is wrong with this call of *method*, and count it off."""
        joined = ApiFault(method=method)
        with self._lock:
            struck = [one for one in self._api if one.method in (method, ANY)]
            rest = [one if one not in struck else _count_off(one) for one in self._api]
            self._api = [one for one in rest if one.times != 0]
        for fault in struck:
            joined = replace(
                joined,
                errcode=fault.errcode if joined.errcode is None else joined.errcode,
                status=fault.status if joined.status is None else joined.status,
                latency=joined.latency + fault.latency,
                lose_answer=joined.lose_answer or fault.lose_answer,
            )
        return joined

    def take_copies(self) -> int:
        with self._lock:
            return self._copies

    def take_hold(self) -> bool:
        with self._lock:
            held = self._holds > 0
            self._holds -= held
            return held

    def take_early_close(self) -> bool:
        with self._lock:
            early = self._early_closes > 0
            self._early_closes -= early
            return early

    def describe(self) -> list[str]:
        """Say each switch that is on, for the page."""
        with self._lock:
            lines = [str(fault) for fault in self._api]
            if self._copies:
                lines.append(f"回调：每条重复 {self._copies} 次")
            if self._holds:
                lines.append("回调：下一条延后到再下一条之后")
            if self._early_closes:
                lines.append(f"回调：不等应答就断开（还有 {self._early_closes} 次）")
            return lines


def _count_off(fault: ApiFault) -> ApiFault:
    return fault if fault.times is None else replace(fault, times=fault.times - 1)
