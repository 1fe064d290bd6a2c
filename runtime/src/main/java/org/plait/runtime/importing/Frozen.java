package org.plait.runtime.importing;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.plait.host.file.Stat;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.Compiling;
import org.plait.runtime.boot.ImpModule;
import org.plait.runtime.interp.PyCode;
import org.plait.syntax.parser.PythonParser;

/**
 * The modules that importing itself is made of. They are taken from the library directory, as
 * compiled at build time, else from source: nothing can import them yet.
 */
public final class Frozen {
  /** Bytes in front of the code of a .pyc file. */
  static final int PYC_HEADER = 16;

  /** The end of a .pyc file's name. */
  static final String CACHED_SUFFIX = ".plait-314.pyc";

  /** A .pyc file's flags when it is to be taken as it is, as those of a built library. */
  private static final int UNCHECKED_HASH = 1;

  /** What had to be compiled, marshalled, by file name; its arrays never change. */
  private static final ConcurrentHashMap<String, byte[]> COMPILED = new ConcurrentHashMap<>();

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
    Path cached = source.resolveSibling("__pycache__").resolve(base + CACHED_SUFFIX);
    String filename = "<frozen " + originalName(name) + ">";
    try {
      byte[] compiled = compiled(cached, source);
      if (compiled != null) {
        return ((PyCode) Marshal.loads(compiled, PYC_HEADER, true)).withFilename(filename);
      }
      return fromSource(source, filename);
    } catch (IOException e) {
      throw new IllegalStateException("the standard library is not at " + lib, e);
    }
  }

  /** Compiles a module, once for all interpreters. */
  private static PyCode fromSource(Path source, String filename) throws IOException {
    byte[] known = COMPILED.get(filename);
    if (known != null) {
      return (PyCode) Marshal.loads(known, 0, true);
    }
    byte[] text = Files.readAllBytes(source);
    PyCode code = Compiling.compileSource(text, filename, PythonParser.Mode.EXEC, 0);
    COMPILED.put(filename, Marshal.dumps(code, Marshal.VERSION, true));
    return code;
  }

  /** The content of a .pyc file that is of use, or null. */
  private static byte @Nullable [] compiled(Path cached, Path source) throws IOException {
    byte[] b;
    try (FileInputStream in = new FileInputStream(cached.toString())) {
      b = in.readAllBytes();
    } catch (FileNotFoundException none) {
      return null;
    }
    int flags = flags(b);
    boolean fits =
        flags == UNCHECKED_HASH
            || flags == 0
                && isOf(b, Files.getLastModifiedTime(source).to(SECONDS), Files.size(source));
    return fits ? b : null;
  }

  /**
   * Whether the content of a .pyc file is of use for a source file. Those that a hash of the source
   * decides about are not, unless they are to be taken as they are.
   */
  static boolean isValid(byte[] b, Stat source) {
    int flags = flags(b);
    return flags == UNCHECKED_HASH
        || flags == 0 && isOf(b, Math.floorDiv(source.mtimeNanos(), 1_000_000_000L), source.size());
  }

  /** The flags of a .pyc file, or -1 if it is none that we have written. */
  private static int flags(byte[] b) {
    return b.length > PYC_HEADER && littleEndian(b, 0) == ImpModule.MAGIC_TOKEN
        ? littleEndian(b, 4)
        : -1;
  }

  /** Whether a .pyc file was made of a source file of that time in seconds and size in bytes. */
  private static boolean isOf(byte[] b, long seconds, long size) {
    return littleEndian(b, 8) == (int) seconds && littleEndian(b, 12) == (int) size;
  }

  private static int littleEndian(byte[] b, int at) {
    return b[at] & 0xff | (b[at + 1] & 0xff) << 8 | (b[at + 2] & 0xff) << 16 | b[at + 3] << 24;
  }
}
