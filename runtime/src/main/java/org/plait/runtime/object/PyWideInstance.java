package org.plait.runtime.object;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An instance of a class whose methods set more attributes than fit into a {@link PyInstance}: four
 * more slots are fields, rather than elements of an array that each instance has beside it. Which
 * instances are is decided by their class when it is made ({@link PyType#isWide}); an object stays
 * what it is when it is given another class.
 */
public final class PyWideInstance extends PyInstance {
  /** Slots that are fields, those of the superclass included. */
  public static final int INLINE = PyInstance.INLINE + 4;

  private @Nullable PyObject s5;
  private @Nullable PyObject s6;
  private @Nullable PyObject s7;
  private @Nullable PyObject s8;

  PyWideInstance(PyType type) {
    super(type);
  }

  @Nullable PyObject wideSlot(int i) {
    return acquired(
        switch (i) {
          case 5 -> s5;
          case 6 -> s6;
          case 7 -> s7;
          default -> s8;
        });
  }

  /** As {@link PyInstance#replaceSlot}, behind its fence. */
  boolean replaceWide(int i, PyObject value) {
    if (wideSlot(i) == null) {
      return false;
    }
    putWide(i, value);
    return true;
  }

  /** As {@link PyInstance#putSlot}. */
  void putWide(int i, @Nullable PyObject value) {
    VarHandle.releaseFence();
    switch (i) {
      case 5 -> s5 = value;
      case 6 -> s6 = value;
      case 7 -> s7 = value;
      default -> s8 = value;
    }
  }

  // ---- for compiled code, as those of PyInstance

  public static @Nullable PyObject slot5(PyObject o, long stamp) {
    return o instanceof PyWideInstance i && i.stamp() == stamp ? acquired(i.s5) : null;
  }

  public static @Nullable PyObject slot6(PyObject o, long stamp) {
    return o instanceof PyWideInstance i && i.stamp() == stamp ? acquired(i.s6) : null;
  }

  public static @Nullable PyObject slot7(PyObject o, long stamp) {
    return o instanceof PyWideInstance i && i.stamp() == stamp ? acquired(i.s7) : null;
  }

  public static @Nullable PyObject slot8(PyObject o, long stamp) {
    return o instanceof PyWideInstance i && i.stamp() == stamp ? acquired(i.s8) : null;
  }

  public static @Nullable PyObject laterWideSlot(PyObject o, long stamp, int at) {
    return o instanceof PyWideInstance i && i.stamp() == stamp ? i.inFirstChunk(at) : null;
  }

  public static boolean replace5(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyWideInstance i && i.stamp() == stamp && i.s5 != null) {
      VarHandle.releaseFence();
      i.s5 = value;
      return true;
    }
    return false;
  }

  public static boolean replace6(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyWideInstance i && i.stamp() == stamp && i.s6 != null) {
      VarHandle.releaseFence();
      i.s6 = value;
      return true;
    }
    return false;
  }

  public static boolean replace7(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyWideInstance i && i.stamp() == stamp && i.s7 != null) {
      VarHandle.releaseFence();
      i.s7 = value;
      return true;
    }
    return false;
  }

  public static boolean replace8(PyObject o, PyObject value, long stamp) {
    if (o instanceof PyWideInstance i && i.stamp() == stamp && i.s8 != null) {
      VarHandle.releaseFence();
      i.s8 = value;
      return true;
    }
    return false;
  }

  public static boolean first5(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyWideInstance i && i.becomes(from, to)) {
      i.s5 = value;
      return true;
    }
    return false;
  }

  public static boolean first6(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyWideInstance i && i.becomes(from, to)) {
      i.s6 = value;
      return true;
    }
    return false;
  }

  public static boolean first7(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyWideInstance i && i.becomes(from, to)) {
      i.s7 = value;
      return true;
    }
    return false;
  }

  public static boolean first8(PyObject o, PyObject value, long from, long to) {
    if (o instanceof PyWideInstance i && i.becomes(from, to)) {
      i.s8 = value;
      return true;
    }
    return false;
  }
}
