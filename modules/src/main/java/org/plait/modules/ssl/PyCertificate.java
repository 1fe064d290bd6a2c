package org.plait.modules.ssl;

import java.util.Arrays;
import org.bouncycastle.asn1.x509.Certificate;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** {@code _ssl.Certificate}; immutable. */
@PyTypeDef(
    name = "Certificate",
    module = "_ssl",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyCertificate extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyCertificateTable.INSTANCE);

  static final int PEM = 1;
  static final int DER = 2;

  private static final int EQ = 2;
  private static final int NE = 3;

  private final byte[] der;

  PyCertificate(byte[] der) {
    this.der = der;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "public_bytes", sig = "!(format=1)", doc = "The certificate, as PEM or DER.")
  PyObject publicBytes(int format) {
    return switch (format) {
      case PEM -> Py.str(Pem.write(der));
      case DER -> Py.bytes(der);
      default -> throw Errors.valueError("Unsupported format");
    };
  }

  @PyMethod(name = "get_info", sig = "()", doc = "What getpeercert() tells of it.")
  PyObject getInfo() {
    return CertificateText.decode(Certificate.getInstance(der));
  }

  @PyMethod(name = "__repr__")
  String repr() {
    return "<_ssl.Certificate '"
        + CertificateText.line(Certificate.getInstance(der).getSubject())
        + "'>";
  }

  @PyMethod(name = "__hash__")
  int hash() {
    return Arrays.hashCode(der);
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PyCertificate c) || op != EQ && op != NE) {
      return Py.NotImplemented;
    }
    return Py.bool_(Arrays.equals(der, c.der) == (op == EQ));
  }
}
