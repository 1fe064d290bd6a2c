package org.plait.modules.ssl;

import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.PyOSError;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/** {@code ssl.SSLError}; its instances are those of OSError. */
@PyTypeDef(
    name = "SSLError",
    module = "ssl",
    subclassable = true,
    base = PyOSError.class,
    instances = PyOSError.class,
    doc = "What went wrong in TLS; the attributes library and reason name it.")
public final class PySslError {
  public static final PyType TYPE = PyType.builtin(PySslErrorTable.INSTANCE);

  private PySslError() {}

  /** The text alone, without the number that OSError puts in front. */
  @PyMethod(name = "__str__")
  static PyObject str(PyOSError self) {
    PyObject text = PyObjects.getAttr(self, "strerror");
    return text instanceof PyStr ? text : PyObjects.str(PyObjects.getAttr(self, "args"));
  }
}
