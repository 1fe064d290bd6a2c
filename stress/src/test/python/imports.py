"""Many threads import the same modules at once: each is run once, and nobody sees half of it.

Circular imports and imports in crossing order must not deadlock.
"""

import importlib
import os
import sys
import tempfile
import threading
import time

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 2
THREADS = 8

COUNTING = """
import builtins, time
builtins.executed.append(__name__)
early = 1
time.sleep({pause})
late = 2
"""

CIRCULAR = """
import builtins, time
builtins.executed.append(__name__)
time.sleep({pause})
import {other}
def friend():
    return {other}.value
value = {value}
"""


def write(folder, name, text):
    with open(os.path.join(folder, name + ".py"), "w") as f:
        f.write(text)


def at_once(actions):
    """Runs the actions in threads that start together; what they raise is an error."""
    barrier = threading.Barrier(len(actions))
    errors = []

    def run(action):
        barrier.wait()
        try:
            action()
        except BaseException as e:
            errors.append(e)

    threads = [threading.Thread(target=run, args=(a,), daemon=True) for a in actions]
    for t in threads:
        t.start()
    for t in threads:
        t.join(30)
        assert not t.is_alive(), "deadlock"
    for e in errors:
        raise e


def insist(statements):
    """A package that imports its module, and a thread that imports that module: importlib locks
    them in crossing order and gives one thread this error instead of a deadlock."""
    while True:
        try:
            exec(statements)
            return
        except importlib._bootstrap._DeadlockError:
            time.sleep(0.001)


def round_of(folder, n):
    import builtins

    builtins.executed = []
    names = [f"counting_{n}_{k}" for k in range(3)]
    for k, name in enumerate(names):
        write(folder, name, COUNTING.format(pause=0.002 * k))
    one, other = f"one_{n}", f"other_{n}"
    write(folder, one, CIRCULAR.format(pause=0.003, other=other, value=1))
    write(folder, other, CIRCULAR.format(pause=0.003, other=one, value=2))
    package = f"package_{n}"
    os.mkdir(os.path.join(folder, package))
    write(os.path.join(folder, package), "__init__", "from . import inner\nwhole = inner.late\n")
    write(os.path.join(folder, package), "inner", COUNTING.format(pause=0.001))
    importlib.invalidate_caches()

    def straight():
        for name in names:
            assert importlib.import_module(name).late == 2

    def back():
        for name in reversed(names):
            exec(f"import {name}\nassert {name}.late == 2")

    # Whoever would deadlock gets a module half done, so that friend() may fail yet.
    def from_one():
        assert importlib.import_module(one).value == 1

    def from_other():
        assert importlib.import_module(other).value == 2

    def of_package():
        insist(f"from {package} import whole, inner\nassert whole == 2 and inner.early == 1")

    def of_inner():
        insist(f"import {package}.inner as inner\nassert inner.late == 2")

    at_once([straight, back, from_one, from_other, of_package, of_inner] * (THREADS // 4))
    assert sys.modules[one].friend() == 2 and sys.modules[other].friend() == 1
    assert len(executed) == len(set(executed)) == 6, executed


def crossing(folder):
    """One thread has found a module missing and is about to lock it, when another one begins to
    execute it and waits for the module that the first one executes."""
    write(folder, "crossing_first", "import crossing_second\nvalue = 1\n")
    write(folder, "crossing_second", "import crossing_first\nvalue = 2\n")
    importlib.invalidate_caches()
    bootstrap = importlib._bootstrap
    second = threading.Thread(target=importlib.import_module, args=("crossing_second",))

    def begin_second(frame, event, arg):
        code = frame.f_code.co_qualname
        if code == "_ModuleLockManager.__enter__" and not second.ident:
            if frame.f_locals["self"]._name == "crossing_second":
                second.start()
                while not bootstrap._blocking_on.get(second.ident):
                    time.sleep(0.001)

    sys.settrace(begin_second)
    try:
        importlib.import_module("crossing_first")
    finally:
        sys.settrace(None)
        second.join()
    assert sys.modules["crossing_first"].value == 1 and sys.modules["crossing_second"].value == 2


def library():
    """Modules of the library, native ones among them, for the first time in this process."""
    names = """json decimal fractions collections.abc datetime random hashlib zlib csv struct
        array bisect heapq statistics unicodedata email.message xml.etree.ElementTree urllib.parse
        concurrent.futures asyncio typing dataclasses enum string textwrap pickle copy queue
        socket select selectors subprocess tempfile shutil logging locale contextvars""".split()
    orders = [names, names[::-1], names[10:] + names[:10], names[20:] + names[:20]]
    at_once([lambda o=o: [importlib.import_module(n) for n in o] for o in orders])
    for n in names:
        assert sys.modules[n].__spec__._initializing is False, n


with tempfile.TemporaryDirectory() as folder:
    sys.path.insert(0, folder)
    sys.dont_write_bytecode = True
    library()
    crossing(folder)
    end = time.monotonic() + SECONDS
    n = 0
    while n < 3 or time.monotonic() < end:
        round_of(folder, n)
        n += 1
print("ok")
