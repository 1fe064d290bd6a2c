# A small heap, as in a container with little memory: the program starts, keeps what it needs for
# long, and a MemoryError is one that can be caught. CPython takes no notice of the variable.
import os
import subprocess
import sys

program = """
import sys
kept = [bytes(100_000) for _ in range(700)]
print(sum(map(len, kept)))
if sys.implementation.name == "cpython":
    print("full")
else:
    try:
        while True:
            kept.append(bytes(100_000))
    except MemoryError:
        kept.clear()
        print("full")
"""
for options in ("-Xmx128m", "-Xmx200m", "-XX:MaxRAM=300m", "-Xmx2g"):
    print(options)
    sys.stdout.flush()
    env = dict(os.environ, PLAIT_JAVA_OPTS=options)
    if options == "-Xmx2g":
        subprocess.run([sys.executable, "-c", "print('roomy')"], env=env, check=True)
    else:
        subprocess.run([sys.executable, "-c", program], env=env, check=True)
