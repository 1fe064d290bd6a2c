package org.plait.runtime.interp;

import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyIters;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyFloat;
import org.plait.runtime.types.PyInt;
import org.plait.runtime.types.PyList;

/**
 * A native consumer of an iterator: what {@code sum}, {@code any}, {@code list} and their like do
 * with an item. A generator may be compiled together with one: its values then go to {@code take…}
 * where it would have yielded, and it runs on. What a consumer does not take, because it is not
 * what it expects or because Python code would have a say, it gets from {@link #next} as if there
 * were nothing of this.
 *
 * <p>Belongs to the thread that consumes. Its state is always up to date, so that compiled code may
 * be left anywhere.
 */
public final class Drain {
  /** {@link #sum} grows by ints that fit a long. */
  public static final int INTS = 0;

  /** {@link #high} and {@link #lost} grow by numbers. */
  public static final int FLOATS = 1;

  /** What is plainly false is passed over. */
  public static final int ANY = 2;

  /** What is plainly true is passed over. */
  public static final int ALL = 3;

  /** {@link #list} gets everything. */
  public static final int LIST = 4;

  /** {@link #best} is the least of one kind of number. */
  public static final int MIN = 5;

  public static final int MAX = 6;

  final int kind;
  public long sum;
  public double high;

  /** What rounding lost, as Neumaier keeps it. */
  public double lost;

  private @Nullable PyList list;

  /** The best so far; what it is worth is in {@link #sum} or {@link #high}. */
  private @Nullable PyObject best;

  public Drain(int kind) {
    this.kind = kind;
  }

  public static Drain into(PyList list) {
    Drain d = new Drain(LIST);
    d.list = list;
    return d;
  }

  /** The next item that has not been taken, or null at the end. */
  public @Nullable PyObject next(PyObject it) {
    return Tiering.ON && it instanceof PyGenerator g ? g.drain(this) : PyIters.next(it);
  }

  /** Adds to the compensated sum. */
  public void add(double x) {
    double next = high + x;
    lost += Math.abs(high) >= Math.abs(x) ? high - next + x : x - next + high;
    high = next;
  }

  // ---- the best of them

  /** What is the best now. */
  public void best(PyObject value) {
    best = value;
    if (value.getClass() == PyInt.class && ((PyInt) value).isLong()) {
      sum = ((PyInt) value).longValue();
    } else if (value.getClass() == PyFloat.class) {
      high = ((PyFloat) value).value();
    }
  }

  public @Nullable PyObject best() {
    return best;
  }

  private boolean bestOf(long v) {
    if (!(best instanceof PyInt i) || i.getClass() != PyInt.class || !i.isLong()) {
      return false;
    }
    if (kind == MIN ? v < sum : v > sum) {
      sum = v;
      best = PyInt.of(v);
    }
    return true;
  }

  private boolean bestOf(double v) {
    if (!(best instanceof PyFloat f) || f.getClass() != PyFloat.class) {
      return false;
    }
    if (kind == MIN ? v < high : v > high) {
      high = v;
      best = new PyFloat(v);
    }
    return true;
  }

  // ---- for compiled code; true when it is taken

  static Drain of(PyFrame f) {
    return f.generator.drain;
  }

  static boolean takeInt(Drain d, long v) {
    long next = d.sum + v;
    if (((d.sum ^ next) & (v ^ next)) < 0) {
      return false;
    }
    d.sum = next;
    return true;
  }

  static boolean takeInt(Drain d, double v) {
    return false;
  }

  static boolean takeInt(Drain d, PyObject v) {
    return isInt(v) && takeInt(d, ((PyInt) v).longValue());
  }

  private static boolean isInt(PyObject v) {
    Class<?> c = v.getClass();
    return c == PyInt.class && ((PyInt) v).isLong() || c == PyBool.class;
  }

  static boolean takeFloat(Drain d, long v) {
    d.add(v);
    return true;
  }

  static boolean takeFloat(Drain d, double v) {
    d.add(v);
    return true;
  }

  static boolean takeFloat(Drain d, PyObject v) {
    if (v.getClass() == PyFloat.class) {
      d.add(((PyFloat) v).value());
      return true;
    }
    return isInt(v) && takeFloat(d, ((PyInt) v).longValue());
  }

  static boolean takeAny(Drain d, long v) {
    return v == 0;
  }

  static boolean takeAny(Drain d, double v) {
    return v == 0;
  }

  static boolean takeAny(Drain d, PyObject v) {
    return v == Py.False || CompiledSupport.quickTruth(v) == 0;
  }

  static boolean takeAll(Drain d, long v) {
    return v != 0;
  }

  static boolean takeAll(Drain d, double v) {
    return v != 0;
  }

  static boolean takeAll(Drain d, PyObject v) {
    return v == Py.True || CompiledSupport.quickTruth(v) > 0;
  }

  static boolean takeList(Drain d, long v) {
    return takeList(d, PyInt.of(v));
  }

  static boolean takeList(Drain d, double v) {
    return takeList(d, new PyFloat(v));
  }

  static boolean takeList(Drain d, PyObject v) {
    d.list.append(v);
    return true;
  }

  static boolean takeBest(Drain d, long v) {
    return d.bestOf(v);
  }

  static boolean takeBest(Drain d, double v) {
    return d.bestOf(v);
  }

  static boolean takeBest(Drain d, PyObject v) {
    if (v.getClass() == PyFloat.class) {
      PyObject before = d.best;
      boolean taken = d.bestOf(((PyFloat) v).value());
      if (taken && d.best != before) {
        d.best = v;
      }
      return taken;
    }
    return v.getClass() == PyInt.class && ((PyInt) v).isLong() && d.bestOf(((PyInt) v).longValue());
  }

  /** The name of the method above that takes values. */
  public static String method(int kind) {
    return switch (kind) {
      case INTS -> "takeInt";
      case FLOATS -> "takeFloat";
      case ANY -> "takeAny";
      case ALL -> "takeAll";
      case LIST -> "takeList";
      default -> "takeBest";
    };
  }
}
