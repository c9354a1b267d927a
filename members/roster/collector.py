"""The garbage collector looks away from a roster in memory."""

import gc
from contextlib import contextmanager


@contextmanager
def paused():
    """A million cells make no cycles, and each look of the collector at them costs as much as reading some.

    What is in memory at the end is left out of its looks until the next roster; it is freed by its counts all the same.
    """
    was_on = gc.isenabled()
    gc.disable()
    gc.unfreeze()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
