import threading

balance = 0
lock = threading.Lock()

def safe_deposit():
    global balance
    with lock:  # The thread 'acquires' the lock
        balance += 1
    # Lock is 'released' automatically after the block

# The text shows only the function; these lines call it.
threads = [threading.Thread(target=safe_deposit) for _ in range(200)]
for t in threads: t.start()
for t in threads: t.join()
print(f"Final Balance: {balance}")
