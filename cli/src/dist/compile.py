"""Compiles the library that the interpreter came with, for everybody who will run it.

usage: compile.py DIRECTORY

The files carry the hash of their source and are not checked against it (PEP 552), so that they hold
wherever the library is unpacked, whatever the times of its files; they depend on nothing but the
sources. Runs once while Plait is packaged.
"""

import concurrent.futures
import os
import py_compile
import sys

MODE = py_compile.PycInvalidationMode.UNCHECKED_HASH
NOT_THE_LIBRARY = {"__pycache__", "test", "site-packages"}


def sources(library):
    for directory, names, files in os.walk(library):
        names[:] = sorted(set(names) - NOT_THE_LIBRARY)
        yield from (os.path.join(directory, name) for name in sorted(files) if name.endswith(".py"))


def main(library):
    def one(path):
        return py_compile.compile(
            path, dfile=os.path.relpath(path, library), doraise=True, invalidation_mode=MODE
        )

    with concurrent.futures.ThreadPoolExecutor() as pool:
        made = list(pool.map(one, sources(library)))
    print(len(made), "files")


if __name__ == "__main__":
    main(sys.argv[1])
