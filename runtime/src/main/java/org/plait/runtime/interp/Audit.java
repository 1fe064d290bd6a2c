package org.plait.runtime.interp;

import java.util.List;
import org.plait.runtime.exceptions.Exceptions;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyTuple;

/**
 * Audit hooks (PEP 578): those of each interpreter. They are only ever added.
 *
 * <p>What CPython's native code raises is raised by the native code that takes its place: under the
 * same name, with the same arguments, and after the same checks, so that a hook that raises an
 * exception prevents the same things. A hook is Python code: never raise an event with a lock held.
 *
 * <p>While nobody listens, an event costs a look at {@link #isUsed}; who has to make its arguments
 * looks first. What code without frames calls ({@link Quiet}) must not raise any: such callables
 * and attributes are left to code with frames as soon as there is a hook.
 */
public final class Audit {
  /** Whether there are hooks in any interpreter. */
  private static volatile boolean used;

  private Audit() {}

  /** Whether anybody may listen. */
  public static boolean isUsed() {
    return used;
  }

  public static void raise(String event) {
    if (used) {
      raise(PyStr.intern(event), PyTuple.of());
    }
  }

  public static void raise(String event, PyObject arg) {
    if (used) {
      raise(PyStr.intern(event), PyTuple.of(arg));
    }
  }

  public static void raise(String event, PyObject arg1, PyObject arg2) {
    if (used) {
      raise(PyStr.intern(event), PyTuple.of(arg1, arg2));
    }
  }

  public static void raise(String event, PyObject... args) {
    if (used) {
      raise(PyStr.intern(event), PyTuple.of(args));
    }
  }

  /** An attribute that tells of code or frames is about to be read. */
  public static void getAttribute(PyObject o, String name) {
    if (used) {
      raise("object.__getattr__", o, PyStr.intern(name));
    }
  }

  /** An attribute that makes an object another one is about to be written. */
  public static void setAttribute(PyObject o, String name, PyObject value) {
    if (used) {
      raise("object.__setattr__", o, PyStr.intern(name), value);
    }
  }

  /** As {@link #setAttribute}, for an attribute that is about to be deleted. */
  public static void deleteAttribute(PyObject o, String name) {
    if (used) {
      raise("object.__delattr__", o, PyStr.intern(name));
    }
  }

  // Compare CPython sys_audit_tstate in sysmodule.c.
  private static void raise(PyObject event, PyTuple args) {
    ThreadState ts = ThreadState.current();
    List<PyObject> hooks = ts.interpreter.auditHooks;
    ts.tracing++;
    try {
      // A hook that is added on the way hears of the event, too.
      for (int n = 0; n < hooks.size(); n++) {
        call(ts, hooks.get(n), event, args);
      }
    } finally {
      ts.tracing--;
    }
  }

  /** Hooks are not traced, but for those that say so. */
  private static void call(ThreadState ts, PyObject hook, PyObject event, PyTuple args) {
    PyObject canTrace = PyObjects.getOptionalAttr(hook, "__cantrace__");
    if (canTrace == null || !PyObjects.isTrue(canTrace)) {
      hook.call2(event, args);
      return;
    }
    ts.tracing--;
    try {
      hook.call2(event, args);
    } finally {
      ts.tracing++;
    }
  }

  public static void add(PyObject hook) {
    try {
      raise("sys.addaudithook");
    } catch (PyException e) {
      if (e.matches(Exceptions.Exception)) {
        return;
      }
      throw e;
    }
    ThreadState.current().interpreter.auditHooks.add(hook);
    used = true;
  }
}
