package org.plait.modules.decimal;

import org.jspecify.annotations.Nullable;
import org.plait.processor.annotation.PyMethod;
import org.plait.processor.annotation.PyTypeDef;
import org.plait.processor.annotation.TypeFlag;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.object.PyType;

/** What {@code localcontext()} gives: sets a context and puts back the one that was there. */
@PyTypeDef(
    name = "ContextManager",
    module = "decimal",
    flags = {TypeFlag.DISALLOW_INSTANTIATION})
public final class PyContextManager extends PyObject {
  public static final PyType TYPE = PyType.builtin(PyContextManagerTable.INSTANCE);

  private final PyDecimalContext local;
  private final PyDecimalContext before;

  PyContextManager(PyDecimalContext local, PyDecimalContext before) {
    this.local = local;
    this.before = before;
  }

  @Override
  public PyType type() {
    return TYPE;
  }

  @PyMethod(name = "__enter__", sig = "()")
  PyObject enter() {
    Contexts.set(local);
    return local;
  }

  @PyMethod(name = "__exit__", sig = "!(*args)", raw = true)
  boolean exit(PyObject[] args, String @Nullable [] kwnames) {
    Contexts.restore(before);
    return false;
  }
}
