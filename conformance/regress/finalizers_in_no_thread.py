"""A finalizer that asks for its thread leaves none behind in threading.

Where finalizers have a thread of their own, that is one which threading did not start.
"""

import gc
import threading
import time

seen = []


class Asks:
    def __init__(self):
        self.me = self

    def __del__(self):
        seen.append(threading.current_thread())


end = time.monotonic() + 60
while not seen and time.monotonic() < end:
    Asks()
    bytearray(1 << 16)
time.sleep(0.1)
print("asked", len(seen) > 0)
seen.clear()
del Asks
for _ in range(3):
    gc.collect()
print(threading.enumerate() == [threading.main_thread()], threading.active_count())
