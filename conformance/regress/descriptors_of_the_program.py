"""The descriptors that a program sees of its own process are the program's alone."""

import os
import select
import subprocess
import sys
import threading

COUNT = "import os; print(len(os.listdir('/proc/self/fd')), [e.name for e in os.scandir('/dev/fd')][:3])"


def count():
    return len(os.listdir("/proc/self/fd"))


before = count()
r, w = os.pipe()
print(count() - before, len(os.listdir(f"/proc/{os.getpid()}/fd")) - before)
reader = threading.Thread(target=os.read, args=(r, 1))
reader.start()
select.select([r], [], [], 0.05)
subprocess.run([sys.executable, "-c", "pass"], check=True)
os.write(w, b"x")
reader.join()
print(count() - before)
os.close(r)
os.close(w)
print(count() - before)
sys.stdout.flush()
subprocess.run([sys.executable, "-c", COUNT], check=True)
