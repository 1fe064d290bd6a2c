# What gc.collect() finds dead has been finalized when it returns, also when it finds one thing only:
# no other thread has that in its hands yet.
import gc
import weakref

log = []


class Ends:
    def __del__(self):
        log.append("finalized")


def rounds(make, expected):
    wrong = 0
    for i in range(40):
        log.clear()
        reference = make()
        gc.collect()
        wrong += log != [expected]
    return wrong


def in_a_cycle():
    ends = Ends()
    ends.me = ends


def watched():
    cycle = lambda: cycle
    return weakref.ref(cycle, lambda reference: log.append("called back"))


print(rounds(in_a_cycle, "finalized"), rounds(watched, "called back"))
