import threading

# Thread-local storage
local_data = threading.local()

def worker(value):
    local_data.x = value  # Each thread has its own x
    print(f"Thread {threading.current_thread().name}: x = {local_data.x}")

threads = [
    threading.Thread(target=worker, args=(i,), name=f"Worker-{i}")
    for i in range(3)
]

for t in threads:
    t.start()
for t in threads:
    t.join()
