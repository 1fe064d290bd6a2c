import threading

balance = 0

def deposit():
    global balance
    for _ in range(1000000):
        balance += 1  # This is NOT an atomic operation!

t1 = threading.Thread(target=deposit)
t2 = threading.Thread(target=deposit)

t1.start(); t2.start()
t1.join(); t2.join()

print(f"Final Balance: {balance}")
# Expected: 2,000,000. Actual: Something much smaller!
