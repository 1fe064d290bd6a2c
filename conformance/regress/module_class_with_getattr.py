"""A class of modules has a __getattr__, which every way to an attribute asks."""

import sys
import types


class Lazy(types.ModuleType):
    def __getattr__(self, name):
        if name.startswith("made"):
            return name.upper()
        raise AttributeError(f"nothing called {name}")


sys.modules["lazy"] = Lazy("lazy")
from lazy import made_up

print(made_up)
import lazy

print(lazy.made_here, getattr(lazy, "made_there", None), getattr(lazy, "missing", "default"))
print(hasattr(lazy, "made"), hasattr(lazy, "missing"))
try:
    from lazy import missing
except ImportError as e:
    print(e)

plain = types.ModuleType("plain")
print(hasattr(plain, "made"))
plain.__class__ = Lazy
print(hasattr(plain, "made"), plain.made)
