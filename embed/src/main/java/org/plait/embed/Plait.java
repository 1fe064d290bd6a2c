package org.plait.embed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.interp.PyCode;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.protocol.PyCalls;
import org.plait.runtime.protocol.PyObjects;
import org.plait.runtime.types.PyStr;

/**
 * A Python interpreter in a Java program.
 *
 * {@snippet :
 * try (Plait plait = Plait.create()) {
 *   plait.set("numbers", List.of(3, 1, 2));
 *   List<?> sorted = plait.eval("sorted(numbers)").as(List.class);      // [1, 2, 3]
 *   double root = plait.importModule("math").invoke("sqrt", 2).asDouble();
 *   plait.set("greet", (Function<String, String>) name -> "Hello " + name);
 *   plait.exec("print(greet('world'))");
 * }
 * }
 *
 * <p><b>Values.</b> What goes to Python and comes back as {@link PlaitValue#toJava()}:
 *
 * <table>
 * <caption>Java values and Python objects</caption>
 * <tr><th>Java</th><th>Python</th><th>back in Java</th></tr>
 * <tr><td>null</td><td>None</td><td>null</td></tr>
 * <tr><td>Boolean</td><td>bool</td><td>Boolean</td></tr>
 * <tr><td>Byte, Short, Integer, Long, BigInteger</td><td>int</td><td>Long, or BigInteger where a
 * long is too small</td></tr>
 * <tr><td>Float, Double</td><td>float</td><td>Double</td></tr>
 * <tr><td>Character, CharSequence</td><td>str</td><td>String</td></tr>
 * <tr><td>byte[]</td><td>bytes</td><td>byte[], of bytearray too</td></tr>
 * <tr><td>Collection, other arrays</td><td>list</td><td>ArrayList, of tuple too</td></tr>
 * <tr><td>Set</td><td>set</td><td>LinkedHashSet, of frozenset too</td></tr>
 * <tr><td>Map</td><td>dict</td><td>LinkedHashMap</td></tr>
 * <tr><td>{@link PlaitFunction}, any object with a functional interface</td><td>a callable</td>
 * <td>the same object</td></tr>
 * <tr><td>{@link PlaitValue}, {@link PlaitScope}</td><td>the object itself</td>
 * <td>PlaitValue</td></tr>
 * <tr><td>any other object</td><td>an object whose attributes are its public methods</td><td>the
 * same object</td></tr>
 * </table>
 *
 * <p>Containers are copied, items and all. {@link PlaitValue#as} gives other types as well: any
 * number type in whose range an int or float is, char, arrays, and every interface: a Python
 * callable becomes a functional interface, another object one whose methods it has. Python calls a
 * Java method with arguments converted that way; among overloads the nearest is taken.
 *
 * <p><b>Threads.</b> Any number of Java threads, virtual ones too, may use one Plait at once, and
 * run Python side by side. A thread counts as a Python thread for as long as its outermost call
 * takes: what Python keeps per thread ({@code threading.local}, context variables) lasts that long,
 * and threads that it starts are daemons unless they say otherwise. Java functions may block and
 * may call Python again. Signals stay the Java program's. Python code recurses on the stack of the
 * calling thread: a deep recursion on a small one is a RecursionError.
 *
 * <p><b>Several.</b> Each Plait has modules of its own. What belongs to the process they share:
 * working directory, environment, {@code sys.setrecursionlimit}, and the options of the Plait built
 * last.
 */
public final class Plait implements AutoCloseable {
  private final Engine engine;
  private final PlaitScope main;

  private Plait(Engine engine) {
    this.engine = engine;
    this.main = scope("__main__");
  }

  private PlaitScope scope(String module) {
    return engine.call(
        () -> {
          PyObject m = Engine.module(module);
          return new PlaitScope(
              engine, (org.plait.runtime.types.PyDict) PyObjects.getAttr(m, "__dict__"));
        });
  }

  /**
   * A Plait with default settings.
   *
   * @return the interpreter, started
   * @throws IllegalStateException if Python's library is not found; see {@link Builder#home}
   */
  public static Plait create() {
    return builder().build();
  }

  /**
   * For a Plait with other settings.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder();
  }

  // ---- running code

  /**
   * Evaluates an expression in {@link #main}.
   *
   * @param expression Python source
   * @return its value
   * @throws PlaitException if Python raises an exception, SyntaxError included
   */
  public PlaitValue eval(String expression) {
    return main.eval(expression);
  }

  /**
   * Runs statements in {@link #main}.
   *
   * @param statements Python source
   * @throws PlaitException if Python raises an exception, SyntaxError and SystemExit included
   */
  public void exec(String statements) {
    main.exec(statements);
  }

  /**
   * Compiles statements, of which the last may be an expression that gives a value.
   *
   * @param source Python source
   * @param fileName for tracebacks
   * @return the code, to be run any number of times
   * @throws PlaitException SyntaxError and its like
   */
  public PlaitCode compile(String source, String fileName) {
    return engine.call(
        () -> {
          PyObject both =
              PyObjects.getAttr(engine.support(), "_split").call2(Py.str(source), Py.str(fileName));
          var pair = (org.plait.runtime.types.PyTuple) both;
          return new PlaitCode(engine, code(pair.get(0)), code(pair.get(1)));
        });
  }

  private static @Nullable PyCode code(PyObject o) {
    return o instanceof PyCode c ? c : null;
  }

  /**
   * Runs a file in {@link #main}.
   *
   * @param file Python source in UTF-8
   * @return the value of the expression at its end, or None
   * @throws IOException if it can't be read
   * @throws PlaitException if Python raises an exception
   */
  public PlaitValue run(Path file) throws IOException {
    return compile(Files.readString(file), file.toString()).run(main);
  }

  /**
   * Imports a module.
   *
   * @param name its full name, with dots
   * @return the module
   * @throws PlaitException ModuleNotFoundError, or what the module itself raises
   */
  public PlaitValue importModule(String name) {
    return engine.call(() -> new PlaitValue(engine, Engine.module(name)));
  }

  // ---- variables

  /**
   * The variables of the module {@code __main__}.
   *
   * @return its scope
   */
  public PlaitScope main() {
    return main;
  }

  /**
   * A namespace of its own.
   *
   * @return a scope without variables
   */
  public PlaitScope newScope() {
    return engine.call(
        () -> {
          var globals = Py.dict();
          globals.putStr("__name__", Py.str("__main__"));
          globals.putStr("__builtins__", engine.interpreter().modules.getStr("builtins"));
          return new PlaitScope(engine, globals);
        });
  }

  /**
   * Reads a variable of {@link #main}.
   *
   * @param name of the variable
   * @return its value, or null if there is none
   */
  public @Nullable PlaitValue get(String name) {
    return main.get(name);
  }

  /**
   * Sets a variable of {@link #main}.
   *
   * @param name of the variable
   * @param value is converted
   */
  public void set(String name, @Nullable Object value) {
    main.set(name, value);
  }

  /**
   * Converts a Java value.
   *
   * @param value of Java
   * @return its Python counterpart
   */
  public PlaitValue toPython(@Nullable Object value) {
    return engine.call(() -> new PlaitValue(engine, engine.conversions.toPython(value)));
  }

  // ---- the end

  /**
   * Ends it: lets no more calls begin, waits for those in progress and for Python's threads that
   * are not daemons, runs what {@code atexit} knows, and flushes the streams. Does nothing the
   * second time.
   *
   * @throws IllegalStateException if called out of Python
   */
  @Override
  public void close() {
    engine.close();
  }

  /** Settings of a {@link Plait}. For one thread. */
  public static final class Builder {
    private final BootOptions options = new BootOptions();
    private final List<String> path = new ArrayList<>();
    private @Nullable Path home;
    private @Nullable InputStream stdin;
    private @Nullable OutputStream stdout;
    private @Nullable OutputStream stderr;

    private Builder() {
      options.installSignalHandlers = false;
      options.unbuffered = true;
      options.noUserSite = 1;
    }

    /**
     * Where Python's library is.
     *
     * @param directory an unpacked distribution of Plait: it holds {@code lib/python3.14}. If not
     *     given, the system property {@code plait.home} or the environment variable {@code
     *     PLAIT_HOME} names it
     * @return this
     */
    public Builder home(Path directory) {
      home = directory;
      return this;
    }

    /**
     * Sets {@code sys.argv}.
     *
     * @param arguments the script's name and its arguments; at first one empty string
     * @return this
     */
    public Builder arguments(String... arguments) {
      options.argv = new ArrayList<>(Arrays.asList(arguments));
      return this;
    }

    /**
     * Adds to the front of {@code sys.path}.
     *
     * @param directories where modules are looked for first, zip files too
     * @return this
     */
    public Builder path(Path... directories) {
      for (Path p : directories) {
        path.add(p.toAbsolutePath().toString());
      }
      return this;
    }

    /**
     * Sets an option, as {@code -X name=value} on Python's command line does; {@code sys._xoptions}
     * shows them.
     *
     * @param name "dev", "int_max_str_digits", "pycache_prefix", "warn_default_encoding", or
     *     anything that Python code looks for
     * @param value its value, "" for none
     * @return this
     * @throws NumberFormatException if a number is expected
     */
    public Builder option(String name, String value) {
      switch (name) {
        case "dev" -> options.devMode = true;
        case "int_max_str_digits" -> options.intMaxStrDigits = Integer.parseInt(value);
        case "pycache_prefix" -> options.pycachePrefix = value;
        case "warn_default_encoding" -> options.warnDefaultEncoding = 1;
        default -> {}
      }
      options.xOptions.add(value.isEmpty() ? name : name + "=" + value);
      return this;
    }

    /**
     * Sets what warnings do, as {@code -W} on Python's command line does.
     *
     * @param filter "error", "ignore::DeprecationWarning"
     * @return this
     */
    public Builder warnings(String filter) {
      options.warnOptions.add(filter);
      return this;
    }

    /**
     * Makes {@code sys.stdin} read from a Java stream instead of the process's.
     *
     * @param stream text in UTF-8
     * @return this
     */
    public Builder stdin(InputStream stream) {
      stdin = stream;
      return this;
    }

    /**
     * Makes {@code sys.stdout} write to a Java stream instead of the process's, without a buffer.
     *
     * @param stream gets text in UTF-8; any thread that prints writes to it
     * @return this
     */
    public Builder stdout(OutputStream stream) {
      stdout = stream;
      return this;
    }

    /**
     * Makes {@code sys.stderr} write to a Java stream instead of the process's, without a buffer.
     *
     * @param stream gets text in UTF-8; any thread that prints writes to it
     * @return this
     */
    public Builder stderr(OutputStream stream) {
      stderr = stream;
      return this;
    }

    /**
     * Starts the interpreter.
     *
     * @return a Plait, to be closed
     * @throws IllegalStateException if Python's library is not found
     * @throws PlaitException if the start fails in Python
     */
    public Plait build() {
      Path at = Home.find(home);
      options.home = at.toString();
      options.prefix = options.home;
      options.executable = at.resolve("bin/plait").toString();
      options.baseExecutable = options.executable;
      Engine engine = new Engine(options);
      engine.call(
          () -> {
            for (String p : path.reversed()) {
              PyObject list = engine.interpreter().sys("path");
              PyCalls.callMethod(list == null ? Py.None : list, "insert", Py.int_(0), PyStr.of(p));
            }
            Streams.redirect(engine, stdin, stdout, stderr);
            return null;
          });
      return new Plait(engine);
    }
  }
}
