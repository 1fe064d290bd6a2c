"""Context.run in hot code: who waits, raises or is looked at within it is in the right context."""

import contextvars
import sys
import threading

var = contextvars.ContextVar("var", default="none")
gate = threading.Lock()


def plain(context):
    return context.run(var.get)


def get():
    return var.get()


def fail():
    var.set("failing")
    raise ValueError(var.get())


def wait():
    var.set("waiting")
    with gate:
        pass
    return var.get(), len(names())


def names():
    found = []
    f = sys._getframe()
    while f is not None:
        found.append(f.f_code.co_name)
        f = f.f_back
    return found


def nested():
    inner = contextvars.Context()
    var.set("outer")
    return run(inner, get), run(inner, fail_quietly), var.get()


def fail_quietly():
    try:
        run(contextvars.Context(), fail)
    except ValueError as e:
        return e.args[0], var.get()


def run(context, function):
    return context.run(function)


def again(context):
    try:
        return context.run(lambda: context.run(get))
    except RuntimeError as e:
        return str(e).split(":")[0].split("<")[0]


def looks():
    return names()[:4]


def recursive():
    depth = 0

    def deeper():
        nonlocal depth
        depth += 1
        run(contextvars.Context(), deeper)

    try:
        deeper()
    except RecursionError:
        return depth > 100, var.get()


results = set()
for _ in range(3000):
    c = contextvars.Context()
    results.add((plain(c), run(c, get), run(c, nested), run(c, fail_quietly), again(c), get()))
    results.add(tuple(run(c, looks)))
print(sorted(results))
print(recursive(), get())

seen = []


class Named(threading.Thread):
    def run(self):
        try:
            seen.append(wait())
        finally:
            seen.append(var.get())


caught = []
threading.excepthook = lambda args: caught.append((args.exc_type.__name__, var.get(), args.thread.is_alive()))
for _ in range(30):
    gate.acquire()
    threads = [Named(context=contextvars.Context()) for _ in range(20)]
    threads += [threading.Thread(target=fail) for _ in range(20)]
    for t in threads:
        t.start()
    gate.release()
    for t in threads:
        t.join()
print(sorted(set(map(str, seen))), len(seen))
print(set(caught), len(caught))

c = contextvars.Context()
gate.acquire()
t = threading.Thread(target=wait, context=c)
t.start()
while c.get(var) != "waiting":
    pass
try:
    c.run(get)
except RuntimeError as e:
    print(type(e).__name__)
gate.release()
t.join()
print(c.run(get))
