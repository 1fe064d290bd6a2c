package org.plait.embed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.exceptions.PyBaseException;
import org.plait.runtime.interp.PyTraceback;
import org.plait.runtime.protocol.PyObjects;

/**
 * A Python exception that nobody caught in Python. Its message is the last line of Python's
 * traceback; its Java stack trace begins with the Python frames, as lines of {@code <python>}; its
 * cause is the Java exception that a Java function threw, if that is where it comes from.
 */
public final class PlaitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient PlaitValue value;
  private final String typeName;
  private final String text;

  private PlaitException(
      PlaitValue value, String typeName, String text, @Nullable Throwable cause) {
    super(text.isEmpty() ? typeName : typeName + ": " + text, cause);
    this.value = value;
    this.typeName = typeName;
    this.text = text;
  }

  /** Called with a permit. */
  static PlaitException of(Engine engine, PyBaseException e) {
    PlaitException made =
        new PlaitException(new PlaitValue(engine, e), nameOf(e), textOf(e), javaCause(e));
    made.setStackTrace(frames(e, made.getStackTrace()));
    return made;
  }

  private static String nameOf(PyBaseException e) {
    Object module = Engine.quietly(() -> PyObjects.getAttr(e.type(), "__module__"));
    String name = e.type().qualname();
    return module == null || module.toString().equals("builtins") ? name : module + "." + name;
  }

  private static String textOf(PyBaseException e) {
    Object text = Engine.quietly(() -> PyObjects.str(e));
    return text == null ? "<exception str() failed>" : text.toString();
  }

  private static @Nullable Throwable javaCause(PyBaseException e) {
    PyBaseException at = e;
    for (int i = 0; at != null && i < 100; i++) {
      PyBaseException here = at;
      if (Engine.quietly(() -> PyObjects.getOptionalAttr(here, "java_exception"))
              instanceof JavaObject o
          && o.target instanceof Throwable t) {
        return t;
      }
      at = at.cause() instanceof PyBaseException c ? c : context(at);
    }
    return null;
  }

  private static @Nullable PyBaseException context(PyBaseException e) {
    return !e.suppressContext() && e.context() instanceof PyBaseException c ? c : null;
  }

  /** The Python frames, innermost first, and the Java frames that called this package. */
  private static StackTraceElement[] frames(PyBaseException e, StackTraceElement[] java) {
    List<StackTraceElement> all = new ArrayList<>();
    for (PyTraceback t = e.traceback(); t != null; t = t.next()) {
      all.add(
          new StackTraceElement(
              "<python>",
              t.frame.code.name.toString(),
              t.frame.code.filename.toString(),
              t.line()));
    }
    all = new ArrayList<>(all.reversed());
    int i = 0;
    while (i < java.length && java[i].getClassName().startsWith("org.plait.")) {
      i++;
    }
    all.addAll(List.of(java).subList(i, java.length));
    return all.toArray(StackTraceElement[]::new);
  }

  /**
   * The class of the exception.
   *
   * @return its name, with its module unless that is {@code builtins}: "ValueError"
   */
  public String typeName() {
    return typeName;
  }

  /**
   * What {@code str()} of the exception gives.
   *
   * @return the text, perhaps empty
   */
  public String text() {
    return text;
  }

  /**
   * The exception object: its attributes, its notes, and the exceptions of a group.
   *
   * @return the Python exception
   */
  public PlaitValue value() {
    return value;
  }

  /**
   * What Python would print: the traceback with its source lines, those of the exceptions behind
   * it, and the message.
   *
   * @return lines, each with its line end; the message alone once the {@link Plait} is closed
   */
  public String traceback() {
    Engine engine = value.engine;
    if (engine.isClosed()) {
      return getMessage() + "\n";
    }
    return engine.call(
        () -> {
          StringBuilder b = new StringBuilder();
          for (PlaitValue line :
              new PlaitValue(
                  engine,
                  PyObjects.getAttr(Engine.module("traceback"), "format_exception")
                      .call1(value.object))) {
            b.append(line);
          }
          return b.toString();
        });
  }
}
