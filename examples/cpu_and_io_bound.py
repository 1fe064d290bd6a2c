import threading
import time

# CPU-bound task - GIL is a bottleneck
def cpu_bound(n):
    return sum(i * i for i in range(n))

# I/O-bound task - GIL is released during I/O
def io_bound(seconds):
    time.sleep(seconds)  # GIL released
    return "done"

# For I/O-bound: threading is effective
# For CPU-bound: use multiprocessing instead

# The text defines the two tasks; these lines run each of them in two threads.
results = []
threads = [threading.Thread(target=lambda: results.append(cpu_bound(100_000))) for _ in range(2)]
threads += [threading.Thread(target=lambda: results.append(io_bound(1))) for _ in range(2)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(sorted(results, key=str))
