package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code _io.BufferedRandom}. */
@PyTypeDef(
    name = "BufferedRandom",
    sig = "(raw, buffer_size=DEFAULT_BUFFER_SIZE)",
    module = "_io",
    subclassable = true,
    hostErrors = true,
    flags = {TypeFlag.DICT, TypeFlag.WEAKREF},
    doc =
        "A buffer over a raw stream that can be read, written and moved about in.\n\n"
            + "It is of DEFAULT_BUFFER_SIZE bytes unless another size is given.")
public class PyBufferedRandom extends PyBufferedInput {
  public static final PyType TYPE = PyType.builtin(PyBufferedRandomTable.INSTANCE);

  protected PyBufferedRandom(PyType type) {
    super(type, true);
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PyBufferedRandom(cls);
  }

  @PyMethod(name = "__init__", sig = "(raw, buffer_size=131072)")
  void init(PyObject raw, long buffer_size) {
    requireSeekable(raw);
    requireReadable(raw);
    requireWritable(raw);
    start(raw, buffer_size);
  }

  @PyMethod(sig = "()")
  PyObject writable() {
    return org.plait.runtime.protocol.PyCalls.callMethod(rawOrFail(), "writable");
  }

  @PyMethod(
      sig = "(buffer, /)",
      doc =
          "Takes all the bytes and returns how many they are.\n\n"
              + "BlockingIOError if the buffer is full and the raw stream takes nothing now.")
  PyObject write(PyObject buffer) {
    return writeBuffer(buffer);
  }
}
