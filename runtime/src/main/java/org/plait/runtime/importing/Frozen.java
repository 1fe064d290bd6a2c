package org.plait.runtime.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.interp.PyCode;
import org.plait.syntax.parser.PythonParser;

/**
 * The modules that importing itself is made of. They are taken from the library directory, as
 * compiled at build time, else from source: nothing can import them yet.
 */
public final class Frozen {
  /** Bytes in front of the code of a .pyc file. */
  private static final int PYC_HEADER = 16;

  private Frozen() {}

  public static Set<String> names() {
    return Set.of("_frozen_importlib", "_frozen_importlib_external", "zipimport");
  }

  public static boolean isFrozen(String name) {
    return names().contains(name);
  }

  /** The name the module has in the library. */
  public static String originalName(String name) {
    return switch (name) {
      case "_frozen_importlib" -> "importlib._bootstrap";
      case "_frozen_importlib_external" -> "importlib._bootstrap_external";
      default -> name;
    };
  }

  /** The compiled module. */
  public static PyCode code(String name) {
    Path lib = Path.of(BootOptions.current().home, "lib", "python3.14");
    String file = originalName(name).replace('.', '/');
    Path source = lib.resolve(file + ".py");
    String base = source.getFileName().toString().replace(".py", "");
    Path cached = source.resolveSibling("__pycache__").resolve(base + ".plait-314.pyc");
    String filename = "<frozen " + originalName(name) + ">";
    try {
      if (Files.exists(cached)
          && Files.getLastModifiedTime(cached).compareTo(Files.getLastModifiedTime(source)) >= 0) {
        byte[] b = Files.readAllBytes(cached);
        return ((PyCode) Marshal.loads(b, PYC_HEADER, true)).withFilename(filename);
      }
      return Compiling.compileSource(
          Files.readAllBytes(source), filename, PythonParser.Mode.EXEC, 0);
    } catch (IOException e) {
      throw new IllegalStateException("the standard library is not at " + lib, e);
    }
  }
}
