package org.plait.runtime.object;

public final class PyBaseObject {
  public static final PyType TYPE = new PyType(null);
}
