"""Paths of odd objects, positions below zero, and timers that no child program gets."""

import errno
import os


class NoPath:
    __fspath__ = None


class BrokenPath:
    @property
    def __fspath__(self):
        raise ValueError("not shown")


class WrongPath:
    def __fspath__(self):
        return 3


for path in NoPath(), BrokenPath(), WrongPath():
    for function in os.fspath, open, os.stat, os.listdir, lambda p: os.rename("a", p):
        try:
            function(path)
        except TypeError as e:
            print(e)

r, w = os.pipe()
source = os.memfd_create("source")
os.write(source, b"0123456789")
for function in (
    lambda at: os.sendfile(w, source, at, 4),
    lambda at: os.copy_file_range(source, source, 4, at, 40),
    lambda at: os.splice(source, w, 4, at),
):
    for at in 2, -1, -(2**63), 10**30, "2":
        try:
            print(function(at))
        except (OSError, OverflowError, TypeError) as e:
            print(type(e).__name__, errno.errorcode.get(getattr(e, "errno", 0)) or e)

timer = os.timerfd_create(1, flags=os.TFD_NONBLOCK)
print(os.get_inheritable(timer), os.get_blocking(timer))
timer = os.timerfd_create(1)
print(os.get_inheritable(timer), os.get_blocking(timer))
for initial in 1e-10, 1000, -1, 1e300, float("nan"), float("-inf"):
    try:
        os.timerfd_settime(timer, initial=initial)
        print(initial, os.timerfd_gettime_ns(timer)[0] > 0)
    except (OSError, OverflowError) as e:
        print(initial, e)
