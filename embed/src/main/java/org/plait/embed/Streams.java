package org.plait.embed;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyObjects;

/** Java streams as {@code sys.stdin}, {@code sys.stdout} and {@code sys.stderr}. */
final class Streams {
  private Streams() {}

  static void redirect(
      Engine engine,
      @Nullable InputStream stdin,
      @Nullable OutputStream stdout,
      @Nullable OutputStream stderr) {
    PyObject redirect = PyObjects.getAttr(engine.support(), "_redirect");
    if (stdin != null) {
      call(engine, redirect, "stdin", 0, reader(stdin), null, null);
    }
    if (stdout != null) {
      call(engine, redirect, "stdout", 1, null, writer(stdout), flusher(stdout));
    }
    if (stderr != null) {
      call(engine, redirect, "stderr", 2, null, writer(stderr), flusher(stderr));
    }
  }

  private static PlaitFunction reader(InputStream in) {
    return (arguments, keywords) -> {
      byte[] b = new byte[arguments.getFirst().asInt()];
      int n = in.read(b);
      return java.util.Arrays.copyOf(b, Math.max(n, 0));
    };
  }

  private static PlaitFunction writer(OutputStream out) {
    return (arguments, keywords) -> {
      out.write(arguments.getFirst().as(byte[].class));
      return null;
    };
  }

  private static PlaitFunction flusher(OutputStream out) {
    return (arguments, keywords) -> {
      out.flush();
      return null;
    };
  }

  private static void call(
      Engine engine,
      PyObject redirect,
      String name,
      int fd,
      @Nullable PlaitFunction read,
      @Nullable PlaitFunction write,
      @Nullable PlaitFunction flush) {
    redirect.call(
        new PyObject[] {
          Py.str(name),
          Py.int_(fd),
          engine.conversions.toPython(read),
          engine.conversions.toPython(write),
          engine.conversions.toPython(flush)
        },
        null);
  }
}
