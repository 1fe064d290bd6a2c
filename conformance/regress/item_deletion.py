# Deletion of an item of what has none: an index says it otherwise than other keys do.
import types

for thing in (5, "ab", b"ab", (1,), range(3), None, frozenset(), {}.keys(), int, iter([]),
              types.MappingProxyType({}), types.SimpleNamespace(), object(), len):
    for key in (0, None, "a", slice(0, 1)):
        try:
            del thing[key]
        except Exception as e:
            print(key, type(e).__name__, e)
