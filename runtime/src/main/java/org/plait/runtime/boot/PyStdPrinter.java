package org.plait.runtime.boot;

import org.plait.host.file.Fd;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyStr;

/** {@code sys.stderr} until there are files: writes straight to the process's stderr. */
@PyTypeDef(
    name = "stderrprinter",
    module = "builtins",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyStdPrinter extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyStdPrinterTable.INSTANCE);

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(sig = "(text, /)")
  int write(PyStr text) {
    ErrorDisplay.raw(text.toString());
    return text.length();
  }

  @PyMethod(sig = "()")
  void flush() {}

  @PyMethod(sig = "()")
  void close() {}

  @PyMethod(sig = "()")
  int fileno() {
    return 2;
  }

  @PyMethod(sig = "()")
  boolean isatty() {
    return Fd.isatty(2);
  }

  @PyGetter("closed")
  PyObject closed() {
    return Py.False;
  }

  @PyGetter("encoding")
  PyObject encoding() {
    return Py.None;
  }

  @PyGetter("mode")
  PyObject mode() {
    return PyStr.of("w");
  }
}
