import threading
import time

def download(site):
    print(f"Downloading {site}...")
    time.sleep(2)   # Simulate network I/O
    print(f"Done: {site}")

# Without threads: takes 6 seconds
# With threads: takes ~2 seconds
threads = []
for site in ["google.com", "github.com", "python.org"]:
    t = threading.Thread(target=download, args=(site,))
    threads.append(t)
    t.start()

for t in threads:
    t.join()   # Wait for all to complete
print("All downloads done")
