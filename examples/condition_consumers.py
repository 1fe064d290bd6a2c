"""Condition: two consumers wait until the producer wakes them both."""

import threading

condition = threading.Condition()
waiting = 0

def consumer():
    global waiting
    with condition:
        waiting += 1
        condition.wait()  # Wait for notification
        print("Consumed!")

def producer():
    with condition:
        # Produce something
        condition.notify_all()  # Wake up waiters

threads = [threading.Thread(target=consumer) for _ in range(2)]
for t in threads:
    t.start()
while True:
    with condition:
        if waiting == len(threads):
            break
producer()
for t in threads:
    t.join()
print("All consumed")
