# A callback that sys.monitoring has let go of is gone when a weak reference is asked for it, as
# where references are counted; one that somebody else holds stays.
import sys
import weakref

monitoring = sys.monitoring
LINE = monitoring.events.LINE
TOOL = 3
monitoring.use_tool_id(TOOL, "regress")


def register():
    def callback(*args):
        pass

    monitoring.register_callback(TOOL, LINE, callback)
    return weakref.ref(callback)


def kept(*args):
    pass


first = register()
print("registered:", first() is not None)
second = register()
print("replaced:", first())
print("registered:", second() is not None)
monitoring.register_callback(TOOL, LINE, None)
print("removed:", second())

held = weakref.ref(kept)
monitoring.register_callback(TOOL, LINE, kept)
monitoring.register_callback(TOOL, LINE, None)
print("held elsewhere:", held() is kept, held() is kept)

third = register()
monitoring.clear_tool_id(TOOL)
print("cleared:", third())


class Ends:
    def __call__(self, *args):
        pass

    def __del__(self):
        print("finalized")


last = weakref.ref(instance := Ends())
monitoring.register_callback(TOOL, LINE, instance)
del instance
print("only monitoring holds it:", last() is not None)
monitoring.register_callback(TOOL, LINE, None)
print("removed:", last())


def look(reference):
    return reference()


for i in range(500):
    # Where the call is compiled, too.
    look(held)
for i in range(3):
    reference = register()
    monitoring.register_callback(TOOL, LINE, None)
    print("compiled:", look(reference))
