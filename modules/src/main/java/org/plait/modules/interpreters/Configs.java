package org.plait.modules.interpreters;

import java.util.List;
import org.plait.runtime.exceptions.Errors;
import org.plait.runtime.interp.InterpreterConfig;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCodecs;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyBool;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PySimpleNamespace;
import org.plait.runtime.types.PyStr;

/** Settings of interpreters as Python sees them: names, and namespaces of attributes. */
public final class Configs {
  private static final String GIL = "gil";

  private static final List<String> FLAGS =
      List.of(
          "use_main_obmalloc",
          "allow_fork",
          "allow_exec",
          "allow_threads",
          "allow_daemon_threads",
          "check_multi_interp_extensions");

  private Configs() {}

  /**
   * The settings of a name.
   *
   * @throws org.plait.runtime.exceptions.PyException ValueError if there is no such name
   */
  public static InterpreterConfig named(String name) {
    return switch (name) {
      case "default", "isolated", "" -> InterpreterConfig.ISOLATED;
      case "legacy" -> new InterpreterConfig(true, true, true, true, true, true, "shared");
      case "empty" -> new InterpreterConfig(false, false, false, false, false, false, "default");
      default -> throw Errors.valueError("unsupported config name '" + name + "'");
    };
  }

  public static PyObject toNamespace(InterpreterConfig c) {
    boolean[] flags = {
      c.useMainObmalloc(),
      c.allowFork(),
      c.allowExec(),
      c.allowThreads(),
      c.allowDaemonThreads(),
      c.checkMultiInterpExtensions()
    };
    PySimpleNamespace n = new PySimpleNamespace();
    for (int i = 0; i < flags.length; i++) {
      n.dict().putStr(FLAGS.get(i), Py.bool_(flags[i]));
    }
    n.dict().putStr(GIL, PyStr.of(c.gil()));
    return n;
  }

  /** The argument of {@code create()}: None, a name, or a namespace with all settings. */
  public static InterpreterConfig of(PyObject config) {
    if (config == Py.None) {
      return InterpreterConfig.ISOLATED;
    }
    if (config instanceof PyStr name) {
      PyCodecs.encode(name, "utf-8", "strict");
      return named(name.toString());
    }
    if (!(PyObjects.getOptionalAttr(config, "__dict__") instanceof PyDict d)) {
      throw Errors.typeError("bad config " + PyObjects.repr(config));
    }
    return take(d.copy(), null);
  }

  /** Settings of which some are replaced. */
  public static InterpreterConfig with(InterpreterConfig base, PyDict overrides) {
    return take(overrides.copy(), base);
  }

  /** Takes all settings from a dict, which must hold no others; those of a base may be missing. */
  private static InterpreterConfig take(PyDict d, InterpreterConfig base) {
    PyDict known = base == null ? null : ((PySimpleNamespace) toNamespace(base)).dict();
    boolean[] flags = new boolean[FLAGS.size()];
    for (int i = 0; i < flags.length; i++) {
      String name = FLAGS.get(i);
      if (!(value(d, known, name) instanceof PyBool b)) {
        throw Errors.typeError("invalid config type: " + name);
      }
      flags[i] = b == Py.True;
    }
    if (!(value(d, known, GIL) instanceof PyStr gil)) {
      throw Errors.typeError("invalid config type: " + GIL);
    }
    if (!List.of("default", "shared", "own").contains(gil.toString())) {
      throw Errors.valueError("unsupported interpreter config .gil value " + PyObjects.repr(gil));
    }
    if (d.size() > 0) {
      throw Errors.valueError(
          "config dict has "
              + d.size()
              + " extra item"
              + (d.size() == 1 ? "" : "s")
              + " ("
              + PyObjects.repr(d)
              + ")");
    }
    return new InterpreterConfig(
        flags[0], flags[1], flags[2], flags[3], flags[4], flags[5], gil.toString());
  }

  private static PyObject value(PyDict d, PyDict known, String name) {
    PyObject v = d.removeStr(name);
    if (v == null && known != null) {
      v = known.getStr(name);
    }
    if (v == null) {
      throw Errors.valueError("missing config key: " + name);
    }
    return v;
  }
}
