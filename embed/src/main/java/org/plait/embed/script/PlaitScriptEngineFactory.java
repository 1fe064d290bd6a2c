package org.plait.embed.script;

import java.util.List;
import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import org.jspecify.annotations.Nullable;
import org.plait.embed.Plait;
import org.plait.runtime.boot.MainProgram;

/**
 * Finds Plait under the names "plait" and "python". Each engine is an interpreter of its own; where
 * Python's library is, the system property {@code plait.home} or the environment variable {@code
 * PLAIT_HOME} says.
 */
public final class PlaitScriptEngineFactory implements ScriptEngineFactory {
  static final List<String> NAMES = List.of("plait", "python", "Plait", "Python");

  /** For {@code java.util.ServiceLoader}. */
  public PlaitScriptEngineFactory() {}

  @Override
  public String getEngineName() {
    return "Plait";
  }

  @Override
  public String getEngineVersion() {
    String version = Plait.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public List<String> getExtensions() {
    return List.of("py");
  }

  @Override
  public List<String> getMimeTypes() {
    return List.of("text/x-python", "application/x-python");
  }

  @Override
  public List<String> getNames() {
    return NAMES;
  }

  @Override
  public String getLanguageName() {
    return "python";
  }

  @Override
  public String getLanguageVersion() {
    return MainProgram.version();
  }

  /** What {@link ScriptEngineFactory} asks for; several threads may use one engine. */
  @Override
  public @Nullable Object getParameter(String key) {
    return switch (key) {
      case ScriptEngine.NAME -> NAMES.getFirst();
      case ScriptEngine.ENGINE -> getEngineName();
      case ScriptEngine.ENGINE_VERSION -> getEngineVersion();
      case ScriptEngine.LANGUAGE -> getLanguageName();
      case ScriptEngine.LANGUAGE_VERSION -> getLanguageVersion();
      case "THREADING" -> "MULTITHREADED";
      default -> null;
    };
  }

  @Override
  public String getMethodCallSyntax(String obj, String m, String... args) {
    return obj + "." + m + "(" + String.join(", ", args) + ")";
  }

  @Override
  public String getOutputStatement(String toDisplay) {
    StringBuilder b = new StringBuilder("print('");
    for (char c : toDisplay.toCharArray()) {
      switch (c) {
        case '\\', '\'' -> b.append('\\').append(c);
        case '\n' -> b.append("\\n");
        case '\r' -> b.append("\\r");
        default -> b.append(c);
      }
    }
    return b.append("')").toString();
  }

  @Override
  public String getProgram(String... statements) {
    return String.join("\n", statements) + "\n";
  }

  @Override
  public ScriptEngine getScriptEngine() {
    return new PlaitScriptEngine(this);
  }
}
