"""A process that is ended while it starts dies of the signal, and says nothing."""

import multiprocessing
import signal
import subprocess
import sys
import time

if __name__ == "__main__":
    # Not SIGHUP, which whoever runs this may have ignored; so would the child.
    for end in (signal.SIGTERM, signal.SIGUSR1):
        codes = set()
        output = set()
        for i in range(8):
            p = subprocess.Popen(
                [sys.executable, "-c", "import time; time.sleep(60)"],
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
            )
            time.sleep(i * 0.03)
            p.send_signal(end)
            output.add(p.communicate()[0])
            codes.add(p.returncode)
        print(end.name, codes, output)
    codes = set()
    for i in range(3):
        p = multiprocessing.get_context("spawn").Process(target=time.sleep, args=(60,))
        p.start()
        p.terminate()
        p.join()
        codes.add(p.exitcode)
    print(codes)
