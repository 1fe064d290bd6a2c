package org.plait.embed;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/**
 * The variables that Python code runs with: the global namespace of a module. Any number of threads
 * may use it at once; the code they run sees each other's variables, as Python's threads do.
 */
public final class PlaitScope {
  private final Engine engine;
  final PyDict globals;

  PlaitScope(Engine engine, PyDict globals) {
    this.engine = engine;
    this.globals = globals;
  }

  /**
   * Evaluates an expression.
   *
   * @param expression Python source
   * @return its value
   * @throws PlaitException if Python raises an exception, SyntaxError included
   */
  public PlaitValue eval(String expression) {
    return engine.call(
        () -> {
          var code = engine.compile(expression.strip(), "<string>", Engine.Mode.EXPRESSION);
          return value(Compiling.run(code, globals, globals, null));
        });
  }

  /**
   * Runs statements.
   *
   * @param statements Python source
   * @throws PlaitException if Python raises an exception, SyntaxError and SystemExit included
   */
  public void exec(String statements) {
    engine.call(
        () -> {
          var code = engine.compile(statements, "<string>", Engine.Mode.STATEMENTS);
          return Compiling.run(code, globals, globals, null);
        });
  }

  /**
   * Runs compiled code.
   *
   * @param code of the same {@link Plait}
   * @return the value of the expression at its end, or None
   * @throws PlaitException if Python raises an exception
   */
  public PlaitValue run(PlaitCode code) {
    if (code.engine != engine) {
      throw new IllegalArgumentException("the code belongs to another Plait");
    }
    return engine.call(
        () -> {
          if (code.statements != null) {
            Compiling.run(code.statements, globals, globals, null);
          }
          return value(
              code.last == null ? Py.None : Compiling.run(code.last, globals, globals, null));
        });
  }

  /**
   * Reads a variable.
   *
   * @param name of the variable
   * @return its value, or null if there is none of that name; the built-in names are not here
   */
  public @Nullable PlaitValue get(String name) {
    return engine.call(
        () -> {
          PyObject v = globals.getStr(name);
          return v == null ? null : value(v);
        });
  }

  /**
   * Sets a variable.
   *
   * @param name of the variable
   * @param value is converted; see {@link Plait}
   */
  public void set(String name, @Nullable Object value) {
    engine.call(
        () -> {
          globals.putStr(name, engine.conversions.toPython(value));
          return null;
        });
  }

  /**
   * Removes a variable.
   *
   * @param name of the variable
   * @return whether there was one
   */
  public boolean remove(String name) {
    return engine.call(() -> globals.removeStr(name) != null);
  }

  /**
   * The variables there are, those included that Python itself puts there ({@code __builtins__}).
   *
   * @return a snapshot of their names, in the order of definition
   */
  public List<String> names() {
    return engine.call(
        () -> {
          List<String> names = new ArrayList<>();
          PyObject[] items = globals.snapshotItems();
          for (int i = 0; i < items.length; i += 2) {
            if (items[i] instanceof PyStr s) {
              names.add(s.toString());
            }
          }
          return names;
        });
  }

  /**
   * The namespace as a Python dict.
   *
   * @return the dict itself
   */
  public PlaitValue asDict() {
    return value(globals);
  }

  private PlaitValue value(PyObject o) {
    return new PlaitValue(engine, o);
  }
}
