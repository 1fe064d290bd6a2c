"""The options that change threads: what children started with them say."""

import os
import subprocess
import sys

INHERIT = """
import contextvars, sys, threading
var = contextvars.ContextVar("var", default="default")
var.set("of the main thread")
seen = []
def look():
    seen.append(var.get())
t = threading.Thread(target=look); t.start(); t.join()
t = threading.Thread(target=look, context=contextvars.copy_context()); t.start(); t.join()
t = threading.Thread(target=look, context=contextvars.Context()); t.start(); t.join()
print(sys.flags.thread_inherit_context, seen)
"""

WARN = """
import sys, threading, warnings
def other():
    inside.wait(60)
    warnings.warn("from another thread")
    seen.set()
inside, seen = threading.Event(), threading.Event()
t = threading.Thread(target=other)
t.start()
with warnings.catch_warnings(record=True) as log:
    warnings.simplefilter("always")
    inside.set()
    seen.wait(60)
    warnings.warn("from this one")
t.join()
print(sys.flags.context_aware_warnings, sorted(str(w.message) for w in log))
"""

SWITCH = """
import sys
for value in (0.001, 1e-6, 2):
    sys.setswitchinterval(value)
    print(sys.getswitchinterval())
for value in (0, -1.0, "1"):
    try:
        sys.setswitchinterval(value)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
"""


def run(title, *options, **environment):
    child = subprocess.run(
        [sys.executable, *options[:-1], "-c", options[-1]],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    error = child.stderr.strip().splitlines()
    print(f"{title}: {child.stdout.strip()}", *error[:1])


for value in "01":
    run("inherit, -X", "-X", f"thread_inherit_context={value}", INHERIT)
    run("inherit, variable", INHERIT, PYTHON_THREAD_INHERIT_CONTEXT=value)
    run("warnings, -X", "-W", "ignore", "-X", f"context_aware_warnings={value}", WARN)
    run("warnings, variable", "-W", "ignore", WARN, PYTHON_CONTEXT_AWARE_WARNINGS=value)
run("both", "-X", "thread_inherit_context=1", INHERIT, PYTHON_THREAD_INHERIT_CONTEXT="0")
run("switch", SWITCH)
