package org.plait.modules.hash;

import java.util.HexFormat;
import org.bouncycastle.crypto.ExtendedDigest;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code _hashlib.HASHXOF}: a hash object whose digest can be of any length. */
@PyTypeDef(
    name = "HASHXOF",
    module = "_hashlib",
    flags = {TypeFlag.DISALLOW_INSTANTIATION},
    doc = "Computes digests of any length.")
public class PyHashXof extends PyHash {
  public static final PyType TYPE = PyType.builtin(PyHashXofTable.INSTANCE);

  PyHashXof(Algorithm algorithm, ExtendedDigest state) {
    this(TYPE, algorithm, state, PyHashXof::new);
  }

  protected PyHashXof(PyType type, Algorithm algorithm, ExtendedDigest state, Maker maker) {
    super(type, algorithm, state, maker);
  }

  @PyMethod(name = "digest", sig = "(length)", doc = "The digest of all bytes so far.")
  PyObject digestOf(long length) {
    return Py.bytes(result(length));
  }

  @PyMethod(name = "hexdigest", sig = "(length)", doc = "The digest as hexadecimal digits.")
  String hexdigestOf(long length) {
    return HexFormat.of().formatHex(result(length));
  }

  @Override
  @PyGetter("digest_size")
  int getDigestSize() {
    return 0;
  }
}
