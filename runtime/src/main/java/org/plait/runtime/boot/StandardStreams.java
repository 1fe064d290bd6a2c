package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.List;
import org.plait.runtime.importing.Imports;
import org.plait.runtime.interp.PyInterpreter;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.ExclusiveStream;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;
import org.plait.sched.Clock;

/** {@code sys.stdin}, {@code stdout} and {@code stderr}. */
final class StandardStreams {
  private StandardStreams() {}

  static void install(PyInterpreter i) {
    PyObject io = Imports.importModule("io");
    i.builtins.putStr("open", PyObjects.getAttr(io, "open"));
    BootOptions o = BootOptions.current();
    String encoding = "utf-8";
    String errors = o.utf8Mode != 0 || o.lenientLocale ? "surrogateescape" : "strict";
    if (o.ioEncoding != null) {
      int colon = o.ioEncoding.indexOf(':');
      String e = colon < 0 ? o.ioEncoding : o.ioEncoding.substring(0, colon);
      String given = colon < 0 ? "" : o.ioEncoding.substring(colon + 1);
      if (!e.isEmpty()) {
        PyObject found = PyCalls.callMethod(Imports.importModule("codecs"), "lookup", PyStr.of(e));
        encoding = PyObjects.getAttr(found, "name").toString();
        errors = "strict";
      }
      errors = given.isEmpty() ? errors : given;
    }
    stream(i, io, "stdin", 0, encoding, errors, false);
    stream(i, io, "stdout", 1, encoding, errors, true);
    stream(i, io, "stderr", 2, encoding, "backslashreplace", true);
  }

  // Compare CPython create_stdio in pylifecycle.c.
  private static void stream(
      PyInterpreter i,
      PyObject io,
      String name,
      int fd,
      String encoding,
      String errors,
      boolean write) {
    BootOptions o = BootOptions.current();
    PyObject result;
    if (System.getProperty("plait.closed", "").indexOf('0' + fd) >= 0) {
      // The launcher found it closed.
      i.sysDict.putStr(name, Py.None);
      i.sysDict.putStr("__" + name + "__", Py.None);
      return;
    }
    try {
      boolean unbuffered = write && o.unbuffered;
      PyObject buffer =
          PyObjects.getAttr(io, "open")
              .call(
                  new PyObject[] {
                    Py.int_(fd),
                    PyStr.of(write ? "wb" : "rb"),
                    Py.int_(unbuffered ? 0 : -1),
                    Py.None,
                    Py.None,
                    Py.None,
                    Py.False
                  },
                  null);
      PyObject raw = unbuffered ? buffer : PyObjects.getAttr(buffer, "raw");
      PyObjects.setAttr(raw, "name", PyStr.of("<" + name + ">"));
      boolean tty = PyObjects.isTrue(PyCalls.callMethod(raw, "isatty"));
      boolean lineBuffering = write && !unbuffered && (tty || fd == 2);
      result =
          PyObjects.getAttr(io, "TextIOWrapper")
              .call(
                  new PyObject[] {
                    buffer,
                    PyStr.of(encoding),
                    PyStr.of(errors),
                    PyStr.of("\n"),
                    Py.bool_(lineBuffering),
                    Py.bool_(unbuffered)
                  },
                  null);
      PyObjects.setAttr(result, "mode", PyStr.of(write ? "w" : "r"));
    } catch (org.plait.runtime.exceptions.PyException e) {
      if (!e.matches(org.plait.runtime.exceptions.Exceptions.OSError)) {
        throw e;
      }
      // The descriptor is closed: Python programs then see None.
      result = Py.None;
    }
    i.sysDict.putStr(name, result);
    i.sysDict.putStr("__" + name + "__", result);
  }

  /** How long a daemon thread has at the end of the program to get out of a stream. */
  private static final long END_NANOS = 1_000_000_000L;

  /**
   * Keeps other threads out of what the end of the program flushes, so that none is stopped in
   * there; a stream that is not free in time is left out.
   *
   * @return the streams to let go
   */
  static List<ExclusiveStream> hold(PyInterpreter i) {
    List<ExclusiveStream> held = new ArrayList<>(2);
    long deadline = Clock.deadline(END_NANOS);
    for (String name : List.of("stdout", "stderr")) {
      if (i.sys(name) instanceof ExclusiveStream t && t.hold(deadline)) {
        held.add(t);
      }
    }
    return held;
  }
}
