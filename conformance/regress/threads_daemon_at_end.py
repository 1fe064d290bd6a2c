# When the program ends, no daemon thread runs any more: neither one that computes nor one that is
# woken by a finalizer. One that writes to stdout all the time is not stopped inside it.
import atexit
import sys
import threading
import time

gate = threading.Lock()
gate.acquire()
running = threading.Barrier(4)
steps = 0


def waits():
    running.wait()
    gate.acquire()
    sys.stderr.write("woken at the end\n")


def computes():
    global steps
    running.wait()
    while True:
        steps += 1


def writes():
    running.wait()
    while True:
        sys.stdout.write("")
        sys.stdout.flush()


class Last:
    def __del__(self):
        before = steps
        gate.release()
        time.sleep(0.2)
        print("stopped:", steps == before)


for target in (waits, computes, writes):
    threading.Thread(target=target, daemon=True).start()
running.wait()
atexit.register(print, "atexit: finalizing", sys.is_finalizing())
last = Last()
