package org.plait.runtime.exceptions;

import org.plait.runtime.object.NativeDef;
import org.plait.runtime.object.NativeTable;
import org.plait.runtime.object.PyType;

/** The table of an exception class that adds nothing but its name to its base. */
final class SimpleExceptionTable extends NativeTable {
  private final String name;
  private final PyType base;
  private final int flags;

  SimpleExceptionTable(String name, PyType base) {
    this(name, base, 0);
  }

  /**
   * A table of a class that can more than its base.
   *
   * @param more flags beside those of all exceptions
   */
  SimpleExceptionTable(String name, PyType base, int more) {
    this.name = name;
    this.base = base;
    this.flags = PyType.BASETYPE | PyType.HAS_DICT | more;
  }

  @Override
  protected NativeDef[] createDefs() {
    return new NativeDef[0];
  }

  @Override
  public String typeName() {
    return name;
  }

  @Override
  public String moduleName() {
    return "builtins";
  }

  @Override
  public PyType base() {
    return base;
  }

  @Override
  public boolean addsLayout() {
    return false;
  }

  @Override
  public int flags() {
    return flags;
  }
}
