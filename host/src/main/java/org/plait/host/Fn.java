package org.plait.host;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * One function of the C library, called by address through the single downcall shape of {@link
 * Native}. For use inside this module.
 *
 * <p>Integers and pointers are passed as longs; the C side looks only at the bits its types have.
 * {@code call} gives the raw register: a function that returns {@code int} leaves garbage in the
 * upper half, so its result must be narrowed. {@code callInt} and {@code callLong} do that and
 * throw {@link HostException} with the captured errno when the result is -1. None of these calls
 * may block for long: the calling virtual thread is pinned to its carrier until the call returns.
 *
 * <p>Invariant: {@code address} is written once with the same value by whoever comes first; the
 * race is harmless.
 */
public final class Fn {
  private final String name;
  private @Nullable MemorySegment address;

  public Fn(String name) {
    this.name = name;
  }

  /** The function's name, which is also the syscall named in errors. */
  public String name() {
    return name;
  }

  /** Whether this C library has the function. */
  public boolean exists() {
    return address != null || Native.find(name) != null;
  }

  /** The function's address. */
  public long pointer() {
    return address().address();
  }

  private MemorySegment address() {
    MemorySegment a = address;
    return a != null ? a : resolve();
  }

  private MemorySegment resolve() {
    MemorySegment a = Native.find(name);
    if (a == null) {
      throw new HostException(Errno.ENOSYS, name);
    }
    address = a;
    return a;
  }

  private HostException failed(Scratch s) {
    return new HostException(s.errno(), name);
  }

  public long call(Scratch s) {
    return Native.invoke(address(), s.state(), 0, 0, 0, 0, 0, 0, 0);
  }

  public int callInt(Scratch s) {
    int r = (int) call(s);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long callLong(Scratch s) {
    long r = call(s);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long call(Scratch s, long a) {
    return Native.invoke(address(), s.state(), a, 0, 0, 0, 0, 0, 0);
  }

  public int callInt(Scratch s, long a) {
    int r = (int) call(s, a);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long callLong(Scratch s, long a) {
    long r = call(s, a);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long call(Scratch s, long a, long b) {
    return Native.invoke(address(), s.state(), a, b, 0, 0, 0, 0, 0);
  }

  public int callInt(Scratch s, long a, long b) {
    int r = (int) call(s, a, b);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long callLong(Scratch s, long a, long b) {
    long r = call(s, a, b);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long call(Scratch s, long a, long b, long c) {
    return Native.invoke(address(), s.state(), a, b, c, 0, 0, 0, 0);
  }

  public int callInt(Scratch s, long a, long b, long c) {
    int r = (int) call(s, a, b, c);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long callLong(Scratch s, long a, long b, long c) {
    long r = call(s, a, b, c);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long call(Scratch s, long a, long b, long c, long d) {
    return Native.invoke(address(), s.state(), a, b, c, d, 0, 0, 0);
  }

  public int callInt(Scratch s, long a, long b, long c, long d) {
    int r = (int) call(s, a, b, c, d);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long callLong(Scratch s, long a, long b, long c, long d) {
    long r = call(s, a, b, c, d);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long call(Scratch s, long a, long b, long c, long d, long e) {
    return Native.invoke(address(), s.state(), a, b, c, d, e, 0, 0);
  }

  public int callInt(Scratch s, long a, long b, long c, long d, long e) {
    int r = (int) call(s, a, b, c, d, e);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long callLong(Scratch s, long a, long b, long c, long d, long e) {
    long r = call(s, a, b, c, d, e);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long call(Scratch s, long a, long b, long c, long d, long e, long f) {
    return Native.invoke(address(), s.state(), a, b, c, d, e, f, 0);
  }

  public int callInt(Scratch s, long a, long b, long c, long d, long e, long f) {
    int r = (int) call(s, a, b, c, d, e, f);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long callLong(Scratch s, long a, long b, long c, long d, long e, long f) {
    long r = call(s, a, b, c, d, e, f);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long call(Scratch s, long a, long b, long c, long d, long e, long f, long g) {
    return Native.invoke(address(), s.state(), a, b, c, d, e, f, g);
  }

  public int callInt(Scratch s, long a, long b, long c, long d, long e, long f, long g) {
    int r = (int) call(s, a, b, c, d, e, f, g);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }

  public long callLong(Scratch s, long a, long b, long c, long d, long e, long f, long g) {
    long r = call(s, a, b, c, d, e, f, g);
    if (r == -1) {
      throw failed(s);
    }
    return r;
  }
}
