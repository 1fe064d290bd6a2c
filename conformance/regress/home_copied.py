"""An installation that was copied, so that its files have other times, runs as it did: what its cache
holds of a library goes together with what comes from the library's jar. (Other interpreters run as they are.)"""

import os
import shutil
import subprocess
import sys
import tempfile

PROGRAM = """
import bz2, hashlib, lzma, unicodedata, zipfile
data = b"plait" * 1000
for form in lzma.FORMAT_XZ, lzma.FORMAT_ALONE:
    print(lzma.decompress(lzma.compress(data, form)) == data)
print(bz2.decompress(bz2.compress(data)) == data)
print(hashlib.blake2b(data).hexdigest()[:16], unicodedata.name("ß"))
"""


def copied(home, target):
    for folder in "bin", "lib":
        os.makedirs(os.path.join(target, folder), exist_ok=True)
        for entry in os.scandir(os.path.join(home, folder)):
            to = os.path.join(target, folder, entry.name)
            if entry.is_file():
                shutil.copyfile(entry.path, to)
                shutil.copymode(entry.path, to)
            else:
                os.symlink(entry.path, to)
    return os.path.join(target, "bin", "plait")


with tempfile.TemporaryDirectory() as target:
    is_plait = os.path.exists(os.path.join(sys.prefix, "lib", "plait.jar"))
    command = copied(sys.prefix, target) if is_plait else sys.executable
    done = subprocess.run([command, "-c", PROGRAM], capture_output=True, text=True)
    print(done.returncode, done.stdout, done.stderr)
