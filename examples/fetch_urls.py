from concurrent.futures import ThreadPoolExecutor
import time

def fetch(url):
    time.sleep(1)   # Simulate I/O
    return f"Data from {url}"

urls = ["api.com/1", "api.com/2", "api.com/3"]

with ThreadPoolExecutor(max_workers=3) as executor:
    results = list(executor.map(fetch, urls))

for r in results:
    print(r)
