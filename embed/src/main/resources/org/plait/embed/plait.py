"""What Python code inside a Java program may use of it."""

import _ast
import io


class JavaError(Exception):
    """A Java exception, thrown by a Java function; `java_exception` is the Java object."""


class _Stream(io.RawIOBase):
    """A Java stream."""

    def __init__(self, name, fd, read, write, flush):
        self.name = name
        self._fd = fd
        self._read = read
        self._write = write
        self._flush = flush

    def readable(self):
        return self._read is not None

    def writable(self):
        return self._write is not None

    def readinto(self, buffer):
        self._checkClosed()
        data = self._read(len(buffer))
        buffer[:len(data)] = data
        return len(data)

    def write(self, data):
        self._checkClosed()
        data = bytes(data)
        self._write(data)
        return len(data)

    def flush(self):
        super().flush()
        if self._flush is not None:
            self._flush()


def _redirect(name, fd, read, write, flush):
    import sys
    raw = _Stream(f"<{name}>", fd, read, write, flush)
    stream = io.TextIOWrapper(
        raw if read is None else io.BufferedReader(raw),
        encoding="utf-8",
        errors="backslashreplace" if name == "stderr" else "surrogateescape",
        newline="\n",
        write_through=read is None,
    )
    stream.mode = "w" if read is None else "r"
    setattr(sys, name, stream)
    setattr(sys, f"__{name}__", stream)


def _split(source, filename):
    """Compile statements, and the expression at their end apart."""
    tree = compile(source, filename, "exec", _ast.PyCF_ONLY_AST)
    last = None
    if tree.body and isinstance(tree.body[-1], _ast.Expr):
        last = compile(_ast.Expression(tree.body.pop().value), filename, "eval")
    return (compile(tree, filename, "exec") if tree.body else None), last
