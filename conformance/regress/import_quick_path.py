"""Modules of a directory: the same whether importlib's own code loads them or the short way."""

import importlib
import importlib.machinery
import os
import sys
import tempfile
import threading
import traceback

sys.dont_write_bytecode = False


def write(*parts, text):
    path = os.path.join(*parts)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)
    importlib.invalidate_caches()
    return path


def forget(*names):
    for name in names:
        sys.modules.pop(name, None)


def facts(module, root):
    spec = module.__spec__
    values = [
        list(vars(module)),
        type(spec.loader).__name__,
        vars(spec.loader),
        {k: v for k, v in vars(spec).items() if k != "loader"},
        spec.has_location,
        spec.parent,
        module.__loader__ is spec.loader,
        module.__file__,
        os.path.exists(module.__cached__),
        getattr(module, "__path__", None),
    ]
    return repr(values).replace(root, "ROOT").replace(sys.implementation.cache_tag, "TAG")


with tempfile.TemporaryDirectory() as root:
    sys.path.insert(0, root)
    write(root, "plain.py", text="value = 1\n")
    write(root, "package", "__init__.py", text="from . import inner\n")
    write(root, "package", "inner.py", text="value = __name__\n")
    write(root, "part", "alone.py", text="value = 3\n")
    write(root, "broken.py", text="value = 1\nraise ValueError(value)\n")
    write(root, "missing.py", text="import nothing_like_it\n")
    write(root, "other.py", text="import sys\nsys.modules[__name__] = 'another object'\n")
    write(root, "gone.py", text="import sys\ndel sys.modules[__name__]\n")

    names = "plain", "package", "package.inner", "part", "part.alone"
    seen = []
    for turn in "compiled", "read", "not plain":
        forget(*names)
        if turn == "not plain":
            sys.setprofile(lambda frame, event, arg: None)
        for name in names:
            importlib.import_module(name)
        seen.append([facts(sys.modules[n], root) for n in names if n != "part"])
        print(turn, sys.modules["package"].inner.value, "__file__" in vars(sys.modules["part"]))
        if turn == "not plain":
            sys.setprofile(None)
    print("alike", seen[0] == seen[1] == seen[2])
    print(seen[1][1])

    print("- errors")
    for name in "broken", "missing", "gone":
        for turn in range(2):
            try:
                importlib.__import__(name)
            except Exception as e:
                frames = [f.name for f in traceback.extract_tb(e.__traceback__)]
                print(name, repr(e), name == "gone" or frames[-1:], name in sys.modules)
    print(importlib.import_module("other"), __import__("other"))

    print("- changed source, changed parts")
    path = write(root, "plain.py", text="value = 'longer'\n")
    forget("plain")
    import plain

    print(plain.value)
    real = importlib._bootstrap_external._path_isfile
    importlib._bootstrap_external._path_isfile = lambda path: asked.append(path) or real(path)
    asked = []
    forget("plain")
    import plain

    importlib._bootstrap_external._path_isfile = real
    print([os.path.basename(p) for p in asked])

    class Hooked(importlib.machinery.SourceFileLoader):
        def exec_module(self, module):
            super().exec_module(module)
            module.hooked = True

    class Finder:
        @staticmethod
        def find_spec(name, path=None, target=None):
            spec = importlib.machinery.PathFinder.find_spec(name, path)
            if spec is not None:
                spec.loader.exec_module = Hooked(name, spec.origin).exec_module
            return spec

    sys.meta_path.insert(0, Finder)
    forget("plain")
    import plain

    sys.meta_path.remove(Finder)
    print(plain.hooked)

    print("- a directory in front, one file more")
    front = os.path.join(root, "front")
    os.mkdir(front)
    sys.path.insert(0, front)
    forget("plain")
    import plain

    write(front, "plain.py", text="value = 'front'\n")
    forget("plain")
    import plain

    print(plain.value, importlib.reload(plain) is plain)
    forget("plain")
    path = os.path.join(root, "plain.py")
    sys.path.remove(front)

    print("- threads")
    write(root, "slow.py", text="import time\ntime.sleep(0.05)\nvalue = 1\n")
    got = []
    threads = [threading.Thread(target=lambda: got.append(importlib.import_module("slow").value)) for _ in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    print(got)

    print("- where a module's code sees itself called from")
    write(root, "caller.py", text="import sys\nframe = sys._getframe(1)\nname = frame.f_code.co_name\ndel frame\n")
    import caller

    forget("caller")
    import caller

    print(caller.name)

    print("- traced")
    called = set()
    forget("plain")
    sys.setprofile(lambda frame, event, arg: called.add(frame.f_code.co_name))
    import plain

    sys.setprofile(None)
    print("exec_module" in called, "get_code" in called)
