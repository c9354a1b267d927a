"""The garbage collector stands still while a roster is in memory."""

import gc
from contextlib import contextmanager


@contextmanager
def paused():
    """A million cells make no cycles, and each look of the collector at them costs as much as reading some."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
