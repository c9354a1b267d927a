"""Found examples are the same on every machine and on a busy one: no deadline, nothing kept on disk."""

from hypothesis import settings

settings.register_profile("portal", deadline=None, database=None, derandomize=True)
settings.load_profile("portal")
