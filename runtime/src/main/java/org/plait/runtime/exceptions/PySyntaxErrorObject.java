package org.plait.runtime.exceptions;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.protocol.PySequences;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code SyntaxError}: where in the source. */
@PyTypeDef(name = "SyntaxError", subclassable = true, base = Bases.OfException.class)
public final class PySyntaxErrorObject extends PyBaseException {
  public static final PyType TYPE = PyType.builtin(PySyntaxErrorObjectTable.INSTANCE);

  @PyMember(readonly = false)
  volatile @Nullable PyObject msg;

  @PyMember(readonly = false)
  volatile @Nullable PyObject filename;

  @PyMember(readonly = false)
  volatile @Nullable PyObject lineno;

  @PyMember(readonly = false)
  volatile @Nullable PyObject offset;

  @PyMember(readonly = false)
  volatile @Nullable PyObject text;

  @PyMember(value = "end_lineno", readonly = false)
  volatile @Nullable PyObject endLineno;

  @PyMember(value = "end_offset", readonly = false)
  volatile @Nullable PyObject endOffset;

  @PyMember(value = "print_file_and_line", readonly = false)
  volatile @Nullable PyObject printFileAndLine;

  @PyMember(value = "_metadata", readonly = false)
  volatile @Nullable PyObject metadata;

  public PySyntaxErrorObject(PyType type) {
    super(type);
  }

  @PyNew(sig = "(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return new PySyntaxErrorObject(cls).withArgs(args, kwnames);
  }

  // Compare CPython SyntaxError_init in exceptions.c.
  @Override
  @PyMethod(name = "__init__", sig = "(*args, **kwargs)", raw = true)
  void init(PyObject[] args, String @Nullable [] kwnames) {
    super.init(args, kwnames);
    if (args.length >= 1) {
      msg = args[0];
    }
    if (args.length != 2) {
      return;
    }
    PyTuple info = PySequences.tuple(args[1]);
    int n = info.size();
    if (n < 4) {
      throw Errors.typeError(
          "function missing required argument '" + NAMES[n] + "' (pos " + (n + 1) + ")");
    }
    if (n > 7) {
      throw Errors.typeError("function takes at most 7 arguments (" + n + " given)");
    }
    filename = info.get(0);
    lineno = info.get(1);
    offset = info.get(2);
    text = info.get(3);
    endLineno = n > 4 ? info.get(4) : null;
    endOffset = n > 5 ? info.get(5) : null;
    metadata = n > 6 ? info.get(6) : null;
    if (endLineno != null && endOffset == null) {
      throw Errors.typeError("end_offset must be provided when end_lineno is provided");
    }
  }

  private static final String[] NAMES = {"filename", "lineno", "offset", "text"};

  @Override
  @PyMethod(name = "__str__")
  PyObject str() {
    PyStr message = PyObjects.str(Py.orNone(msg));
    String file = filename instanceof PyStr s ? baseName(s.toString()) : null;
    boolean line = lineno != null && lineno.getClass() == PyInt.class;
    if (file == null && !line) {
      return message;
    }
    String where =
        file != null && line
            ? " (" + file + ", line " + PyObjects.str(lineno) + ")"
            : file != null ? " (" + file + ")" : " (line " + PyObjects.str(lineno) + ")";
    return Py.str(message + where);
  }

  private static String baseName(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
