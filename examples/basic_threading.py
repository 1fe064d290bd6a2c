import threading
import time

def task(name, delay):
    print(f"{name} starting on {threading.current_thread().name}")
    time.sleep(delay)
    print(f"{name} finished")
    return f"{name} result"

# Create threads
t1 = threading.Thread(target=task, args=("Task 1", 2), name="Worker-1")
t2 = threading.Thread(target=task, args=("Task 2", 1), name="Worker-2")

# Start threads
t1.start()
t2.start()

# Check if running
print(f"t1 alive: {t1.is_alive()}")  # True

# Wait for completion
t1.join()  # Block until t1 finishes
t2.join()

print("All tasks completed")
