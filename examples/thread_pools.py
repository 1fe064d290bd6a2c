from concurrent.futures import ThreadPoolExecutor, as_completed
import time

def download(url):
    time.sleep(1)  # Simulate I/O
    return f"Downloaded {url}"

urls = [f"https://example.com/{i}" for i in range(5)]

# Using map (ordered results)
with ThreadPoolExecutor(max_workers=3) as executor:
    results = list(executor.map(download, urls))
    print(results)

# Using submit (get futures)
with ThreadPoolExecutor(max_workers=3) as executor:
    futures = [executor.submit(download, url) for url in urls]

    # Process as completed (unordered)
    for future in as_completed(futures):
        result = future.result()
        print(result)

# With timeout
with ThreadPoolExecutor() as executor:
    future = executor.submit(download, "https://slow.com")
    try:
        result = future.result(timeout=0.5)
    except TimeoutError:
        print("Task timed out!")
