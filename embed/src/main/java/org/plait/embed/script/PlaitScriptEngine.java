package org.plait.embed.script;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Objects;
import javax.script.AbstractScriptEngine;
import javax.script.Bindings;
import javax.script.Compilable;
import javax.script.CompiledScript;
import javax.script.Invocable;
import javax.script.ScriptContext;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptException;
import org.jspecify.annotations.Nullable;
import org.plait.embed.Plait;
import org.plait.embed.PlaitCode;
import org.plait.embed.PlaitException;
import org.plait.embed.PlaitScope;
import org.plait.embed.PlaitValue;

/**
 * A {@code javax.script} engine over one {@link Plait}. A script's value is that of the expression
 * at its end. The engine's own bindings are the variables of {@code __main__}; other bindings are
 * copied in before a script and back after it, unless {@link #createBindings} made them. Names of
 * the global scope are found after a script's own and before Python's built-in ones.
 *
 * <p>Any number of threads may use it. Python's standard streams are those of the context whose
 * script the thread runs, and of the engine's context in threads that Python starts.
 */
final class PlaitScriptEngine extends AbstractScriptEngine
    implements Invocable, Compilable, AutoCloseable {
  private final PlaitScriptEngineFactory factory;
  private final Plait plait;
  private final ThreadLocal<ScriptContext> running = new ThreadLocal<>();

  PlaitScriptEngine(PlaitScriptEngineFactory factory) {
    this.factory = factory;
    plait =
        Plait.builder()
            .stdin(ContextStreams.readingFrom(() -> current().getReader()))
            .stdout(ContextStreams.writingTo(() -> current().getWriter()))
            .stderr(ContextStreams.writingTo(() -> current().getErrorWriter()))
            .build();
    context.setBindings(new PlaitBindings(plait.main()), ScriptContext.ENGINE_SCOPE);
  }

  private ScriptContext current() {
    ScriptContext c = running.get();
    return c == null ? context : c;
  }

  // ---- scripts

  @Override
  public @Nullable Object eval(String script, ScriptContext in) throws ScriptException {
    return run(compiled(script, in), in);
  }

  @Override
  public @Nullable Object eval(Reader reader, ScriptContext in) throws ScriptException {
    return eval(text(reader), in);
  }

  @Override
  public CompiledScript compile(String script) throws ScriptException {
    PlaitCode code = compiled(script, context);
    return new CompiledScript() {
      @Override
      public @Nullable Object eval(ScriptContext in) throws ScriptException {
        return run(code, in);
      }

      @Override
      public ScriptEngine getEngine() {
        return PlaitScriptEngine.this;
      }
    };
  }

  @Override
  public CompiledScript compile(Reader reader) throws ScriptException {
    return compile(text(reader));
  }

  private static String text(Reader reader) throws ScriptException {
    StringWriter text = new StringWriter();
    try {
      reader.transferTo(text);
    } catch (IOException e) {
      throw new ScriptException(e);
    }
    return text.toString();
  }

  private PlaitCode compiled(String script, ScriptContext in) throws ScriptException {
    Object name = in.getAttribute(ScriptEngine.FILENAME);
    try {
      return plait.compile(script, name == null ? "<script>" : name.toString());
    } catch (PlaitException e) {
      throw failure(e);
    }
  }

  private @Nullable Object run(PlaitCode code, ScriptContext in) throws ScriptException {
    Bindings bindings = in.getBindings(ScriptContext.ENGINE_SCOPE);
    ScriptContext outer = running.get();
    running.set(in);
    try {
      if (bindings instanceof PlaitBindings own) {
        addGlobals(own.scope, in);
        return code.run(own.scope).toJava();
      }
      PlaitScope scope = plait.newScope();
      bindings.forEach(scope::set);
      addGlobals(scope, in);
      try {
        return code.run(scope).toJava();
      } finally {
        bindings.keySet().removeIf(name -> scope.get(name) == null);
        bindings.putAll(new PlaitBindings(scope));
      }
    } catch (PlaitException e) {
      throw failure(e);
    } finally {
      if (outer == null) {
        running.remove();
      } else {
        running.set(outer);
      }
    }
  }

  /** Puts the names of the global scope among those that are built in. */
  private void addGlobals(PlaitScope scope, ScriptContext in) {
    Bindings globals = in.getBindings(ScriptContext.GLOBAL_SCOPE);
    if (globals != null && !globals.isEmpty()) {
      PlaitValue names = plait.importModule("builtins").get("__dict__").invoke("copy");
      globals.forEach(names::setItem);
      scope.set("__builtins__", names);
    }
  }

  private static ScriptException failure(PlaitException e) {
    String file = null;
    int line = -1;
    if (e.value().has("lineno")) {
      file = Objects.toString(e.value().get("filename").toJava(), null);
      line = e.value().get("lineno").toJava() instanceof Long n ? n.intValue() : -1;
    } else if (e.getStackTrace().length > 0) {
      StackTraceElement at = e.getStackTrace()[0];
      file = at.getFileName();
      line = at.getLineNumber();
    }
    ScriptException made = new ScriptException(e.getMessage(), file, line);
    made.initCause(e);
    return made;
  }

  // ---- functions and methods

  @Override
  public @Nullable Object invokeFunction(String name, @Nullable Object... args)
      throws ScriptException, NoSuchMethodException {
    PlaitValue f = scope().get(Objects.requireNonNull(name, "name"));
    if (f == null) {
      throw new NoSuchMethodException(name);
    }
    try {
      return f.call(args).toJava();
    } catch (PlaitException e) {
      throw failure(e);
    }
  }

  @Override
  public @Nullable Object invokeMethod(@Nullable Object thiz, String name, @Nullable Object... args)
      throws ScriptException, NoSuchMethodException {
    if (thiz == null) {
      throw new IllegalArgumentException("no object was given");
    }
    PlaitValue object = plait.toPython(thiz);
    if (!object.has(Objects.requireNonNull(name, "name"))) {
      throw new NoSuchMethodException(name);
    }
    try {
      return object.invoke(name, args).toJava();
    } catch (PlaitException e) {
      throw failure(e);
    }
  }

  @Override
  public <T> @Nullable T getInterface(Class<T> type) {
    return implement(plait.importModule("types").invoke("SimpleNamespace", scope().asDict()), type);
  }

  @Override
  public <T> @Nullable T getInterface(@Nullable Object thiz, Class<T> type) {
    if (thiz == null) {
      throw new IllegalArgumentException("no object was given");
    }
    return implement(plait.toPython(thiz), type);
  }

  private static <T> @Nullable T implement(PlaitValue object, Class<T> type) {
    if (!type.isInterface()) {
      throw new IllegalArgumentException(type.getName() + " is no interface");
    }
    for (Method m : type.getMethods()) {
      if (Modifier.isAbstract(m.getModifiers()) && !object.has(m.getName())) {
        return null;
      }
    }
    return object.as(type);
  }

  private PlaitScope scope() {
    Bindings bindings = context.getBindings(ScriptContext.ENGINE_SCOPE);
    if (bindings instanceof PlaitBindings own) {
      return own.scope;
    }
    PlaitScope copy = plait.newScope();
    bindings.forEach(copy::set);
    return copy;
  }

  // ---- the rest

  @Override
  public Bindings createBindings() {
    return new PlaitBindings(plait.newScope());
  }

  @Override
  public ScriptEngineFactory getFactory() {
    return factory;
  }

  @Override
  public void close() {
    plait.close();
  }
}
