"""What one collection finds dead is finalized oldest first; the youngest coroutine is told of last."""

import gc
import sys
import warnings


async def later():
    pass


class Counted:
    def __init__(self, number):
        self.number = number

    def __del__(self):
        ended.append(self.number)


def make(kind, count):
    ring = [kind(i) for i in range(count)]
    ring.append(ring)
    return kind(count)


def coroutine(i):
    c = later()
    names[repr(c)] = i
    return c


gc.collect()
gc.disable()
ended = []
last = make(Counted, 40)
last.me = last
del last
gc.collect()
print(ended == list(range(41)))

names = {}
told = []
sys.unraisablehook = lambda report: told.append(names[report.err_msg.partition("finalizing coroutine ")[2]])
warnings.simplefilter("error")
last = make(coroutine, 40)
ring = [last]
ring.append(ring)
del last, ring
gc.collect()
print(told == list(range(41)))
