"""A virtual environment: its prefix and packages are its own, the library is the installation's."""

import os
import pathlib
import subprocess
import sys
import tempfile
import venv

import ensurepip

SHOW = """
import sys, os, site
top = os.path.realpath(sys.argv[1])
print("executable", os.path.relpath(sys.executable, top))
print("prefix", os.path.relpath(sys.prefix, top), os.path.relpath(sys.exec_prefix, top))
print("base", sys.base_prefix == sys.base_exec_prefix == sys.argv[2])
print("base executable outside", not sys._base_executable.startswith(top))
print("packages", [os.path.relpath(p, top).split(os.sep)[0] for p in site.getsitepackages()])
import only_there
print("imported", os.path.relpath(only_there.__file__, top).split(os.sep)[-2:])
"""

with tempfile.TemporaryDirectory() as directory:
    top = pathlib.Path(os.path.realpath(directory))
    venv.create(top / "env", with_pip=False)
    (packages,) = (top / "env").glob("lib/*/site-packages")
    (packages / "only_there.py").write_text("")
    arguments = ["-c", SHOW, top, sys.base_prefix]

    def run(command):
        subprocess.run([command, *arguments], check=True)

    run(top / "env/bin/python")
    os.chdir(top)
    run("env/bin/python3")
    os.symlink(top / "env/bin/python", top / "link")
    # a link to it from elsewhere is no environment, as nothing lies beside it
    lost = subprocess.run([top / "link", *arguments], capture_output=True, text=True)
    print(lost.stdout.splitlines()[0], lost.stderr.splitlines()[-1])

bundled = pathlib.Path(ensurepip.__file__).parent / "_bundled"
print([wheel.name == f"pip-{ensurepip.version()}-py3-none-any.whl" for wheel in bundled.iterdir()])
