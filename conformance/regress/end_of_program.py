# What is alive when the program ends is finalized: __del__ runs, files are flushed and closed.
import os
import subprocess
import sys
import tempfile

script = """
import sys
class Noisy:
    def __init__(self, name):
        self.name = name
    def __del__(self):
        print("end of", self.name, len(()))
one = Noisy("one")
two = Noisy("two")
text = open(sys.argv[1], "w")
text.write("kept")
"""

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "text")
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)
    print(done.returncode, repr(done.stdout), repr(done.stderr))
    with open(path) as file:
        print(file.read())
