package org.plait.runtime.boot;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMember;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;
import org.plait.runtime.protocol.Buffer;
import org.plait.runtime.protocol.PyBuffers;
import org.plait.runtime.text.sre.SreMatcher;
import org.plait.runtime.types.PyBytes;

/**
 * {@code _sre.SRE_Scanner}: matches one after the other. One thread at a time; others get an error.
 */
@PyTypeDef(
    name = "SRE_Scanner",
    module = "_sre",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class ReScanner extends PyObject {
  public static final PyType TYPE = PyType.builtin(ReScannerTable.INSTANCE);

  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(ReScanner.class, "busy", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @PyMember("pattern")
  final RePattern pattern;

  private final SreSubject subject;

  /** Keeps a mutable subject from being resized while there is more to match. */
  private final @Nullable Buffer pin;

  private final SreMatcher matcher;
  private final int pos;
  private final int endpos;
  private boolean busy;
  private boolean exhausted;

  ReScanner(RePattern pattern, SreSubject subject, int pos, int endpos) {
    this.pattern = pattern;
    this.subject = subject;
    this.pin =
        subject.isBytes() && !(subject.object instanceof PyBytes)
            ? PyBuffers.get(subject.object, PyBuffers.SIMPLE)
            : null;
    this.pos = pos;
    this.endpos = endpos;
    this.exhausted = pos > endpos;
    this.matcher = subject.matcher(pattern.code, Math.min(pos, endpos), endpos);
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  private PyObject next(RePattern.Way way) {
    if (!BUSY.compareAndSet(this, false, true)) {
      throw Errors.valueError("regular expression scanner already executing");
    }
    try {
      if (exhausted) {
        return Py.None;
      }
      if (!RePattern.run(matcher, way)) {
        exhausted = true;
        if (pin != null) {
          pin.close();
        }
        return Py.None;
      }
      PyObject m = new ReMatch(pattern, subject, matcher, pos, endpos);
      matcher.advance();
      return m;
    } finally {
      BUSY.setRelease(this, false);
    }
  }

  @PyMethod(sig = "()")
  PyObject match() {
    return next(RePattern.Way.MATCH);
  }

  @PyMethod(sig = "()")
  PyObject search() {
    return next(RePattern.Way.SEARCH);
  }
}
