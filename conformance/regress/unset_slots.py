# Reading, deleting and setting where a slot holds nothing.
class K:
    __slots__ = ("x", "y")


o = K()
o.x = 1
for step in ("o.y", "del o.y", "del o.x; o.x", "del o.x", "o.z", "o.z = 1", "del o.z", "K.x.__set__(o, 2); o.x"):
    try:
        exec(step)
        print(step, "fine")
    except AttributeError as e:
        print(step, "AttributeError", e, e.name)
