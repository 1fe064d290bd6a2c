"""Semaphore and RLock: never more than three threads in the room, counted under a reentrant lock."""

import threading
import time

semaphore = threading.Semaphore(3)
rlock = threading.RLock()
inside = 0
most = 0

def note(change):
    global inside, most
    with rlock:
        inside += change
        with rlock:  # the same thread may take it again
            most = max(most, inside)

def visit():
    with semaphore:
        note(+1)
        time.sleep(0.05)
        note(-1)

threads = [threading.Thread(target=visit) for _ in range(12)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(f"at most {most} at once, {inside} left inside")
