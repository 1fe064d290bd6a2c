package org.plait.runtime.object;

public final class NativeDef {
  public static final int METHOD = 0;
  public static final int WRAPPER = 1;
  public static final int SEQUENCE_WRAPPER = 2;
  public static final int CLASS_METHOD = 3;
  public static final int STATIC_METHOD = 4;
  public static final int NEW = 5;
  public static final int FUNCTION = 6;
  public static final int GETSET = 7;
  public static final int MEMBER = 8;
  public static final int RAW = 16;
  public static final int WRITABLE = 32;
  private final String text;

  public NativeDef(NativeTable t, int id, int kind, String name, String sig, String doc) {
    text = id + " " + kind + " " + name + " " + sig + " " + doc;
  }

  public String toString() {
    return text;
  }
}
