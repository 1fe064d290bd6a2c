"""Methods of a bytearray that look at the bytes twice, while another thread overwrites them."""

import threading
import time

data = bytearray(b"ab\t" * 3000)
end = time.monotonic() + 1.5


def overwrite():
    while time.monotonic() < end:
        data[:] = b"b\ta" * 3000
        data[:] = b"aaa" * 3000


def look():
    lengths = set()
    while time.monotonic() < end:
        lengths.add(len(data.replace(b"a", b"xy")) >= 9000)
        lengths.add(len(data.expandtabs(3)) >= 9000)
    print(lengths)


threads = [threading.Thread(target=f) for f in (overwrite, look)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
