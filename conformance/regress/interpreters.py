"""Interpreters beside the main one: their own state, and what goes between them."""

import atexit
import os
import sys
import threading
from concurrent import interpreters


class OnlyHere:
    pass


def run(interp, code):
    try:
        interp.exec(code)
    except interpreters.ExecutionFailed as e:
        print("failed:", e.excinfo.formatted)


first = interpreters.create()
second = interpreters.create()

# Each has a stdout of its own, and what one holds back would come out of turn.
BY_LINES = "import sys; sys.stdout.reconfigure(line_buffering=True)"
exec(BY_LINES)
first.exec(BY_LINES)
second.exec(BY_LINES)

# Each has its own modules, classes, settings and hooks.
run(first, "import json; json.extra = 1; import sys; sys.setrecursionlimit(500)")
run(second, "import json; print(hasattr(json, 'extra'))")
run(second, "import sys; print(sys.getrecursionlimit())")
import json

print(hasattr(json, "extra"), sys.getrecursionlimit())
run(first, "print([c for c in object.__subclasses__() if c.__name__ == 'OnlyHere'])")
run(first, "import sys; sys.set_int_max_str_digits(700); sys.addaudithook(lambda event, args: event == 'nobody.listens' and print(event))")
print(sys.get_int_max_str_digits())
sys.audit("nobody.listens")
run(first, "import ast; ast.Name.extra = 1")
run(second, "import ast; print(hasattr(ast.Name, 'extra'))")
run(first, "import os; print(os.getcwd() == %r)" % os.getcwd())
run(second, "import signal\nsignal.signal(signal.SIGINT, print)")

# Threads, exit functions.
run(
    second,
    """if True:
    import atexit, threading
    atexit.register(print, "the end of the second")
    print(threading.current_thread() is threading.main_thread())
    t = threading.Thread(target=print, args=("in its thread",))
    t.start()
    t.join()
    try:
        threading.Thread(target=print, daemon=True).start()
    except RuntimeError as e:
        print(e)
    """,
)
print(atexit._ncallbacks())

# Who is there, and what can be done to whom.
print(second.is_running(), interpreters.get_main().is_running())
for what in (interpreters.get_current().close, lambda: second.exec("1/"), lambda: second.call(5)):
    try:
        what()
    except (interpreters.InterpreterError, SyntaxError, TypeError) as e:
        print(type(e).__name__, e)

read, write = os.pipe()
started = threading.Thread(target=second.exec, args=(f"import os; os.read({read}, 1)",))
started.start()
while not second.is_running():
    pass
for what in (second.close, lambda: second.exec("pass"), lambda: second.call(len, [])):
    try:
        what()
    except interpreters.InterpreterError as e:
        print(type(e).__name__, e)
os.write(write, b".")
started.join()

# What goes over: by itself, as code, pickled, not at all.
second.prepare_main(data=(1, "a", b"b", None, memoryview(b"view")))
run(second, "print(data[:4], bytes(data[4]))")
print(second.call(lambda x: x * 2, 21), second.call(sorted, [3, 1, 2]))
free = 3
for what in (lambda: second.call(lambda: free), lambda: second.prepare_main(x=[])):
    try:
        what()
    except interpreters.NotShareableError as e:
        print(type(e).__name__, e, "|", repr(e.__cause__))
try:
    second.call(int, "x")
except interpreters.ExecutionFailed as e:
    print(e.excinfo.type.__name__, e.excinfo.msg)

# Queues.
queue = interpreters.create_queue(2)
first.prepare_main(queue=queue)
second.prepare_main(queue=queue)
run(first, "queue.put({'from': 'first'})")
run(second, "queue.put('from second')")
try:
    queue.put_nowait(None)
except interpreters.QueueFull as e:
    print(str(e).replace(str(queue.id), "N"))
first.close()
print(queue.get(), queue.get())
try:
    queue.get_nowait()
except interpreters.QueueEmpty as e:
    print(str(e).replace(str(queue.id), "N"))
second.close()
print(interpreters.list_all())
