package org.plait.runtime.interp;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;

/**
 * One Python interpreter: its modules and settings. The main one is made by {@code
 * org.plait.runtime.boot.Boot}; subinterpreters have their own modules but share built-in types.
 */
public final class PyInterpreter {
  private static final AtomicLong NEXT_ID = new AtomicLong();

  public final long id = NEXT_ID.getAndIncrement();

  /** {@code sys.modules}, the dict made at start; sys.modules may be rebound by Python code. */
  public final PyDict modules = new PyDict();

  /** The namespaces of {@code sys} and {@code builtins}; set once at start. */
  public final PyDict sysDict = new PyDict();

  public final PyDict builtins = new PyDict();

  /** Codecs and their error handlers. */
  public final org.plait.runtime.protocol.CodecRegistry codecs =
      new org.plait.runtime.protocol.CodecRegistry();

  /** {@code importlib._bootstrap}, set once importlib is installed. */
  public volatile @Nullable PyObject importlib;

  public volatile @Nullable PyObject importlibExternal;

  /** The functions {@code all} and {@code any}, whatever their names are bound to. */
  public volatile PyObject originalAll = Py.None;

  public volatile PyObject originalAny = Py.None;

  /** All running threads by identity of their state, for {@code sys._current_frames}. */
  public final ConcurrentHashMap<Long, ThreadState> threads = new ConcurrentHashMap<>();

  /** What {@code _warnings} keeps; made and used by that module alone. */
  public final AtomicReference<@Nullable Object> warningState = new AtomicReference<>();

  /** The directory of the script as it stands in {@code sys.path[0]}, or null. */
  public volatile @Nullable String sysPath0;

  /** Set when {@code Py_Finalize} has begun. */
  public volatile boolean finalizing;

  /** The value of a name of the {@code sys} module, or null. */
  public @Nullable PyObject sys(String name) {
    return sysDict.getStr(name);
  }

  /** The value of a name of the {@code builtins} module. */
  public PyObject builtin(String name) {
    PyObject v = builtins.getStr(name);
    return v == null ? Py.None : v;
  }
}
