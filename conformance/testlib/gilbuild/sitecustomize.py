"""Has the package test.test_interpreters run on a build without a GIL; see ../README.md.

The package leaves itself out of such builds as a whole, in every interpreter that imports it. Only
while it is loaded it is told that there is a GIL: its parts, which ask the same question to know
what the defaults of an interpreter are, get the true answer.
"""

import sys
from importlib.machinery import PathFinder


class _Lift:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "test.test_interpreters":
            return None
        spec = PathFinder.find_spec(name, path, target)
        run = spec.loader.exec_module

        def exec_module(module):
            from test import support

            told = support.Py_GIL_DISABLED
            support.Py_GIL_DISABLED = False
            try:
                run(module)
            finally:
                support.Py_GIL_DISABLED = told

        spec.loader.exec_module = exec_module
        return spec


sys.meta_path.insert(0, _Lift)
