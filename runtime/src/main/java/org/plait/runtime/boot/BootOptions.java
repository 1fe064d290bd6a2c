package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the process, from command line and environment; what CPython keeps in {@code
 * PyConfig}. Filled in before the interpreter starts, read-only after.
 */
public final class BootOptions {
  private static volatile BootOptions current = new BootOptions();

  /** The program as it was called; {@code sys.argv[0]} may differ. */
  public String executable = "";

  /** The same, but of the installation when {@link #executable} is of a virtual environment. */
  public String baseExecutable = "";

  /** The installation: holds bin/ and lib/. */
  public String home = "";

  /** {@code sys.prefix}: the virtual environment, or {@link #home}. */
  public String prefix = "";

  /** {@code sys.argv}. */
  public List<String> argv = new ArrayList<>(List.of(""));

  /** {@code sys.orig_argv}. */
  public List<String> originalArgv = new ArrayList<>();

  /** {@code -W} options and {@code PYTHONWARNINGS}, in order. */
  public List<String> warnOptions = new ArrayList<>();

  /** {@code -X} options as given, "name" or "name=value". */
  public List<String> xOptions = new ArrayList<>();

  /** {@code PYTHONPATH}, null when ignored or absent. */
  public @Nullable String pythonPath;

  public @Nullable String pycachePrefix;

  // sys.flags
  public int debug;
  public int inspect;
  public int interactive;
  public int optimize;
  public int dontWriteBytecode;
  public int noUserSite;
  public int noSite;
  public int ignoreEnvironment;
  public int verbose;
  public int bytesWarning;
  public int quiet;
  public int hashRandomization = 1;
  public int isolated;
  public boolean devMode;
  public int utf8Mode;

  /** Whether the locale is such that the standard streams take any bytes: "C", "C.UTF-8". */
  public boolean lenientLocale;

  /** {@code -R}: {@code PYTHONHASHSEED} does not count. */
  public boolean randomHashes;

  /** {@code -X importtime}: 1 shows how long imports took, 2 also the cached ones. */
  public int importTime;

  /** {@code -X faulthandler}. */
  public boolean faulthandler;

  public int warnDefaultEncoding;
  public boolean safePath;
  public int intMaxStrDigits = 4300;

  /** 1 when a GIL is asked for, 0 when none, -1 when nothing is said. */
  public int gil = -1;

  /** {@code -X jit}, {@code PLAIT_JIT}: off, auto or eager. */
  public String jit = "auto";

  /**
   * {@code -X jit_log}: what is compiled and deoptimised goes to stderr; with "code", the code,
   * too; null for nothing.
   */
  public @Nullable String jitLog;

  public int threadInheritContext = 1;
  public int contextAwareWarnings = 1;

  /** {@code -X cpu_count}, -1 for the machine's. */
  public int cpuCount = -1;

  /** {@code PYTHONNODEBUGRANGES}; see also {@code -X no_debug_ranges}. */
  public boolean noDebugRanges;

  /** {@code -x}. */
  public boolean skipFirstLine;

  /** {@code --check-hash-based-pycs}. */
  public String checkHashBasedPycs = "default";

  /** {@code -u}. */
  public boolean unbuffered;

  /** Whether signals are ours to handle; not so inside another Java program. */
  public boolean installSignalHandlers = true;

  /** {@code PYTHONIOENCODING}, "encoding:errors". */
  public @Nullable String ioEncoding;

  public static BootOptions current() {
    return current;
  }

  public static void set(BootOptions options) {
    current = options;
  }

  /** The value of an {@code -X} option: null when absent, "" when given without a value. */
  public @Nullable String x(String name) {
    for (String o : xOptions.reversed()) {
      int eq = o.indexOf('=');
      if (eq < 0 ? o.equals(name) : o.substring(0, eq).equals(name)) {
        return eq < 0 ? "" : o.substring(eq + 1);
      }
    }
    return null;
  }
}
