"""How fast one worker sends, beside the least number of calls and WeCom's own cap.

Run it with: python -m benchmarks.delivery
"""

from benchmarks.bureau import MEMBERS, Stopwatch, accepting_wecom, bureau, report
from bot import delivery
from bot.app import build_services
from bot.services import Services
from handlers.kit.messages import Text
from storage.vocabulary import UserId

CAP_PER_SECOND = 10_000 / 60
PUSHES = 10_000


def promise(services: Services, *, same: bool) -> None:
    """Promise 10,000 pushes: ten texts to a thousand people each, or as many different texts."""
    people = [UserId(f"u{number}") for number in range(MEMBERS)]
    for turn in range(PUSHES // MEMBERS):
        with services.database.begin() as uow:
            ctx = services.context(uow)
            if same:
                ctx.tell("answer", people, Text(text=f"通知{turn}"), subject=f"same{turn}")
                continue
            for person in people:
                text = Text(text=f"{person}，通知{turn}")
                ctx.tell("answer", [person], text, subject=f"own{turn}")


def main() -> None:
    for kind in ("sqlite", "postgresql"):
        with accepting_wecom() as (api, counter), bureau(kind, api) as config:
            services = build_services(config)
            for same in (True, False):
                watch = Stopwatch()
                promise(services, same=same)
                promised = watch.seconds
                counter.calls = 0
                watch = Stopwatch()
                delivery.drain(services)
                seconds = watch.seconds
                least = PUSHES // MEMBERS if same else PUSHES
                with services.database.begin() as uow:
                    left = uow.outbox.has_unsent(services.now())
                report(
                    "delivery",
                    database=kind,
                    pushes=PUSHES,
                    texts="ten" if same else "all different",
                    promise_s=promised,
                    send_s=seconds,
                    calls=counter.calls,
                    least_calls=least,
                    calls_per_second=counter.calls / seconds,
                    cap_per_second=CAP_PER_SECOND,
                    share_of_cap=min(counter.calls / seconds / CAP_PER_SECOND, 1.0),
                    all_left=not left,
                )
            services.close()


if __name__ == "__main__":
    main()
