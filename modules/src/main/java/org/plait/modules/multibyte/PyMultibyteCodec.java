package org.plait.modules.multibyte;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/** {@code _multibytecodec.MultibyteCodec}: encodes and decodes whole texts. Immutable. */
@PyTypeDef(
    name = "MultibyteCodec",
    module = "_multibytecodec",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyMultibyteCodec extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyMultibyteCodecTable.INSTANCE);

  final MultibyteEncoding encoding;

  PyMultibyteCodec(MultibyteEncoding encoding) {
    this.encoding = encoding;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(sig = "(input, errors=None)", doc = "Encode a text; also tells its length.")
  PyObject encode(PyObject input, @Nullable PyStr errors) {
    PyStr text = input instanceof PyStr s ? s : PyObjects.str(input);
    byte[] state = new byte[8];
    encoding.startEncoding(state);
    Conversion.Encoded r =
        Conversion.encode(
            encoding,
            text,
            PyCodecs.errors(errors == null ? null : errors.toString()),
            state,
            true,
            true);
    return Py.tuple(Py.bytes(r.bytes()), Py.int_(text.length()));
  }

  @PyMethod(sig = "(input, errors=None)", doc = "Decode bytes; also tells their number.")
  PyObject decode(PyObject input, @Nullable PyStr errors) {
    byte[] in = PyBuffers.toBytes(input);
    byte[] state = new byte[8];
    encoding.startDecoding(state);
    Conversion.Decoded r =
        Conversion.decode(
            encoding, in, PyCodecs.errors(errors == null ? null : errors.toString()), state, true);
    return Py.tuple(r.text(), Py.int_(in.length));
  }
}
