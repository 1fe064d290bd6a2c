package org.plait.runtime.io;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyNew;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyNumbers;
import org.plait.runtime.types.PyBytes;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/** {@code _io.IncrementalNewlineDecoder}. The translation is done under the object's monitor. */
@PyTypeDef(
    name = "IncrementalNewlineDecoder",
    module = "_io",
    subclassable = true,
    sig = "(decoder, translate, errors='strict')",
    doc =
        "A decoder of lines whichever way they end.\n\n"
            + "It stands behind another decoder, or takes str if that is None, turns \\r\\n "
            + "and \\r\n"
            + "into \\n if translate is true, never cuts \\r\\n in two, and notes what it has "
            + "seen.")
public class PyIncrementalNewlineDecoder extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyIncrementalNewlineDecoderTable.INSTANCE);

  private volatile @Nullable PyObject decoder;
  private volatile @Nullable NewlineTranslator translator;

  protected PyIncrementalNewlineDecoder() {}

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyNew(sig = "!(*args, **kwargs)", raw = true)
  static PyObject new_(PyType cls, PyObject[] args, String @Nullable [] kwnames) {
    return cls == TYPE
        ? new PyIncrementalNewlineDecoder()
        : new PyIncrementalNewlineDecoderDerived(cls);
  }

  @PyMethod(name = "__init__", sig = "(decoder, translate, errors=NULL)")
  void init(PyObject decoder, boolean translate, @Nullable PyObject errors) {
    this.decoder = decoder == Py.None ? null : decoder;
    translator = new NewlineTranslator(translate);
  }

  private NewlineTranslator translator() {
    NewlineTranslator t = translator;
    if (t == null) {
      throw Errors.valueError("IncrementalNewlineDecoder.__init__() not called");
    }
    return t;
  }

  @PyMethod(sig = "(input, final=False)")
  PyObject decode(PyObject input, boolean final_) {
    NewlineTranslator t = translator();
    PyObject d = decoder;
    PyObject text = d == null ? input : PyCalls.callMethod(d, "decode", input, Py.bool_(final_));
    if (!(text instanceof PyStr s)) {
      throw Errors.typeError(
          "decoder should return a string result, not '" + text.type().name() + "'");
    }
    synchronized (t) {
      return t.translate(s, final_);
    }
  }

  @PyMethod(sig = "()")
  PyObject getstate() {
    NewlineTranslator t = translator();
    PyObject d = decoder;
    PyObject buffer = PyBytes.EMPTY;
    PyObject flag = Py.int_(0);
    if (d != null) {
      PyObject state = PyCalls.callMethod(d, "getstate");
      if (!(state instanceof PyTuple p)) {
        throw Errors.typeError("illegal decoder state");
      }
      if (p.size() != 2) {
        throw Errors.typeError("illegal decoder state");
      }
      buffer = p.get(0);
      flag = PyNumbers.lshift(p.get(1), Py.int_(1));
    }
    if (t.pendingCr()) {
      flag = PyNumbers.or(flag, Py.int_(1));
    }
    return Py.tuple(buffer, flag);
  }

  @PyMethod(sig = "(state, /)")
  PyObject setstate(PyObject state) {
    NewlineTranslator t = translator();
    if (!(state instanceof PyTuple p)) {
      throw Errors.typeError("state argument must be a tuple");
    }
    if (p.size() != 2) {
      throw Errors.typeError("setstate(): illegal state argument");
    }
    long flag = PyNumbers.asLong(PyNumbers.index(p.get(1)), Exceptions.OverflowError);
    t.setPendingCr((flag & 1) != 0);
    PyObject d = decoder;
    return d == null
        ? Py.None
        : PyCalls.callMethod(d, "setstate", Py.tuple(p.get(0), Py.int_(flag >> 1)));
  }

  @PyMethod(sig = "()")
  PyObject reset() {
    translator().reset();
    PyObject d = decoder;
    return d == null ? Py.None : PyCalls.callMethod(d, "reset");
  }

  @PyGetter("newlines")
  PyObject newlines() {
    return translator().newlines();
  }
}
