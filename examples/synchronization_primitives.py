import threading
import time  # the text imports it in its first program only

# Lock - Basic mutual exclusion
lock = threading.Lock()
with lock:
    # Critical section
    pass

# RLock - Reentrant lock (can acquire multiple times)
rlock = threading.RLock()
with rlock:
    with rlock:  # OK - same thread can reacquire
        pass

# Semaphore - Limit concurrent access
semaphore = threading.Semaphore(3)  # Max 3 threads at once
with semaphore:
    # Up to 3 threads can be here simultaneously
    pass

# Event - Thread signaling
event = threading.Event()

def waiter():
    print("Waiting for event...")
    event.wait()  # Block until set
    print("Event received!")

def setter():
    time.sleep(2)
    event.set()  # Signal all waiters

threading.Thread(target=waiter).start()
threading.Thread(target=setter).start()

# Condition - Complex synchronization
condition = threading.Condition()

def consumer():
    with condition:
        condition.wait()  # Wait for notification
        print("Consumed!")

def producer():
    with condition:
        # Produce something
        condition.notify_all()  # Wake up waiters
