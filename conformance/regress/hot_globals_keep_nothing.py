"""Hot code that has read a global keeps nothing alive of what the module had then."""

import gc
import weakref


class Thing:
    pass


def read():
    return kept


kept = 1
thing = Thing()
dead = weakref.ref(thing)
total = sum(read() for _ in range(300_000))
# The dict gets another table; the one that hot code knows still has the thing.
globals().update((f"name_{i}", i) for i in range(1000))
del thing
gc.collect()
print(total, dead())

scope = {"thing": Thing(), "n": 3}
exec("def f():\n    return n + len('ab')\ntotal = sum(f() for _ in range(300_000))", scope)
print(scope["total"])
f = scope["f"]
dead = weakref.ref(scope["thing"])
scope.update((f"name_{i}", i) for i in range(1000))
del scope["thing"]
gc.collect()
print(dead(), f())
