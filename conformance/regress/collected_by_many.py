"""Threads that collect at the same time come to an end, also while the finalizer thread is asleep.

One of them could take from the queue what was to wake that thread for another, which then waited for ever.
"""

import gc
import threading
import time
import weakref


class Watched:
    pass


watched = Watched()
reference = weakref.ref(watched, lambda dead: None)
# Until the finalizer thread has nothing left to look after.
time.sleep(3)
end = time.monotonic() + 8
while time.monotonic() < end:
    together = threading.Barrier(3)
    threads = [
        threading.Thread(target=lambda: (together.wait(), gc.collect()), daemon=True) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive(), "collects for ever"
print("done")
