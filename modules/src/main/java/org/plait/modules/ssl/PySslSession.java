package org.plait.modules.ssl;

import java.util.Arrays;
import org.plait.processor.annotation.PyGetter;
import org.plait.processor.annotation.PyRichCompare;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.types.PyBytes;

/** {@code ssl.SSLSession}. */
@PyTypeDef(
    name = "SSLSession",
    module = "_ssl",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PySslSession extends PyObject {
  public static final PyType TYPE = PyType.builtin(PySslSessionTable.INSTANCE);

  private static final int EQ = 2;
  private static final int NE = 3;

  /** How long the JDK keeps sessions and says that its tickets hold, in seconds. */
  private static final int LIFETIME = 86_400;

  final SessionKey key;
  final PySslContext context;

  PySslSession(SessionKey key, PySslContext context) {
    this.key = key;
    this.context = context;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyRichCompare
  PyObject compare(PyObject other, int op) {
    if (!(other instanceof PySslSession s) || op != EQ && op != NE) {
      return Py.NotImplemented;
    }
    return Py.bool_(Arrays.equals(key.id(), s.key.id()) == (op == EQ));
  }

  @PyGetter("has_ticket")
  boolean hasTicket() {
    return true;
  }

  @PyGetter("id")
  PyBytes id() {
    return Py.bytes(key.id());
  }

  @PyGetter("ticket_lifetime_hint")
  int ticketLifetimeHint() {
    return LIFETIME;
  }

  @PyGetter("time")
  long time() {
    return key.time();
  }

  @PyGetter("timeout")
  int timeout() {
    return LIFETIME;
  }
}
