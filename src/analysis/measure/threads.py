"""Like pieces of work side by side: numpy lets go of the interpreter while it counts and sorts, so threads are enough."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from threadpoolctl import ThreadpoolController

Item = TypeVar("Item")
Result = TypeVar("Result")

# More threads than this would wait for each other's memory.
MOST = 8


def threaded(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """The results of `work`, in the order of the items; each must depend on its item alone."""
    # Linear algebra with threads of its own inside these would wait for them: half as much time again.
    with _libraries().limit(limits=1, user_api="blas"), ThreadPoolExecutor(min(os.cpu_count() or 1, MOST)) as pool:
        return list(pool.map(work, items))


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()
