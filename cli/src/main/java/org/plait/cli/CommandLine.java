package org.plait.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.process.Env;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.FsPaths;
import org.plait.runtime.boot.MainProgram;

/** CPython's command line and environment variables, read into {@link BootOptions}. */
final class CommandLine {
  private final BootOptions o = new BootOptions();
  private MainProgram.Source source = new MainProgram.Source.Standard();

  BootOptions options() {
    return o;
  }

  MainProgram.Source program() {
    return source;
  }

  /**
   * Reads the arguments.
   *
   * @return an exit status when there is nothing to run (help, version, an error), else -1
   */
  int parse(String[] given) {
    o.home = System.getProperty("plait.home", "");
    String installed = o.home + "/bin/plait";
    // Only what was started by a link or a copy may be in a virtual environment.
    String link = System.getProperty("plait.executable");
    String environment = link == null ? null : VirtualEnvironment.find(link);
    o.executable = link == null ? installed : link;
    o.baseExecutable = environment == null ? o.executable : installed;
    o.prefix = environment == null ? o.home : environment;
    // Compare CPython get_stdio_errors.
    o.lenientLocale = List.of("C", "POSIX", "C.UTF-8", "C.utf8", "UTF-8").contains(locale());
    String[] args = RawArguments.of(given);
    o.originalArgv = new ArrayList<>(List.of(o.executable));
    o.originalArgv.addAll(List.of(args));
    List<String> warnings = new ArrayList<>();
    int i = 0;
    int end = -1;
    options:
    while (i < args.length && args[i].startsWith("-") && args[i].length() > 1) {
      String arg = args[i++];
      if (arg.equals("--")) {
        break;
      }
      if (arg.startsWith("--")) {
        int status = longOption(arg, i < args.length ? args[i] : null);
        if (status == CONSUMED_VALUE) {
          i++;
          continue;
        }
        if (status >= 0) {
          return status;
        }
        continue;
      }
      for (int k = 1; k < arg.length(); k++) {
        char c = arg.charAt(k);
        if (c == 'c' || c == 'm' || c == 'W' || c == 'X') {
          String value = arg.substring(k + 1);
          if (value.isEmpty()) {
            if (i == args.length) {
              return usageError("Argument expected for the -" + c + " option");
            }
            value = args[i++];
          }
          if (c == 'W') {
            warnings.add(value);
          } else if (c == 'X') {
            o.xOptions.add(value);
          } else {
            source =
                c == 'c'
                    ? new MainProgram.Source.Command(value)
                    : new MainProgram.Source.Module(value);
            o.argv = new ArrayList<>(List.of("-" + c));
            end = i;
            break options;
          }
          break;
        }
        int status = flag(c, arg);
        if (status >= 0) {
          return status;
        }
      }
    }
    if (end < 0) {
      end = i;
      if (i < args.length) {
        if (!args[i].equals("-")) {
          source = new MainProgram.Source.File(args[i]);
        }
        o.argv = new ArrayList<>(List.of(args[i]));
        end = i + 1;
      }
    }
    o.argv.addAll(List.of(args).subList(Math.min(end, args.length), args.length));
    if (versions > 0) {
      System.out.println(
          versions > 1 ? MainProgram.longVersion() : "Python " + MainProgram.version());
      return 0;
    }
    try {
      if (o.devMode || o.x("dev") != null || number(variable("PYTHONDEVMODE")) > 0) {
        o.devMode = true;
        o.warnOptions.add("default");
      }
      environment();
      o.warnOptions.addAll(warnings);
      extensions();
    } catch (Refusal e) {
      System.err.print("Fatal Python error: " + e.getMessage() + "\n");
      System.err.print("Python runtime state: preinitialized\n\n");
      return 1;
    }
    return -1;
  }

  private static final int CONSUMED_VALUE = Integer.MAX_VALUE;
  private int versions;

  private int flag(char c, String arg) {
    switch (c) {
      case 'b' -> o.bytesWarning++;
      case 'B' -> o.dontWriteBytecode++;
      case 'd' -> o.debug++;
      case 'E' -> o.ignoreEnvironment = 1;
      case 'h', '?' -> {
        return help(Help.USAGE);
      }
      case 'i' -> {
        o.inspect++;
        o.interactive++;
      }
      case 'I' -> {
        o.isolated = 1;
        o.ignoreEnvironment = 1;
        o.noUserSite = 1;
        o.safePath = true;
      }
      case 'O' -> o.optimize++;
      case 'P' -> o.safePath = true;
      case 'q' -> o.quiet++;
      case 'R' -> o.randomHashes = true;
      case 's' -> o.noUserSite = 1;
      case 'S' -> o.noSite = 1;
      case 't', 'x' -> {
        if (c == 'x') {
          o.skipFirstLine = true;
        }
      }
      case 'u' -> o.unbuffered = true;
      case 'v' -> o.verbose++;
      case 'V' -> versions++;
      default -> {
        return usageError("Unknown option: -" + c);
      }
    }
    return -1;
  }

  private int longOption(String arg, @Nullable String next) {
    switch (arg) {
      case "--help" -> {
        return help(Help.USAGE);
      }
      case "--help-env" -> {
        return help(Help.ENVIRONMENT);
      }
      case "--help-xoptions" -> {
        return help(Help.X_OPTIONS);
      }
      case "--help-all" -> {
        return help(Help.USAGE + "\n" + Help.ENVIRONMENT + "\n" + Help.X_OPTIONS);
      }
      case "--version" -> {
        versions++;
        return -1;
      }
      case "--check-hash-based-pycs" -> {
        if (next == null) {
          return usageError("Argument expected for the --check-hash-based-pycs option");
        }
        if (!List.of("always", "never", "default").contains(next)) {
          return usageError(
              "--check-hash-based-pycs must be one of 'default', 'always', or 'never'");
        }
        o.checkHashBasedPycs = next;
        return CONSUMED_VALUE;
      }
      default -> {
        return usageError("Unknown option: " + arg);
      }
    }
  }

  private static int help(String text) {
    System.out.print(text);
    return 0;
  }

  private int usageError(String message) {
    System.err.print(message + "\n");
    System.err.print(
        "usage: " + o.executable + " [option] ... [-c cmd | -m mod | file | -] [arg] ...\n");
    System.err.print("Try `plait -h' for more information.\n");
    return 2;
  }

  // ---- environment

  private static int number(@Nullable String v) {
    if (v == null || v.isEmpty()) {
      return 0;
    }
    try {
      // A number that is not positive counts as text does: it is set.
      return Math.max(1, Integer.parseInt(v));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  /** Why the interpreter can't start: the text behind "Fatal Python error: ". */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    Refusal(String where, String what) {
      super(where + ": " + what);
    }
  }

  /** An environment variable; null when it is unset, empty or to be ignored. */
  private @Nullable String variable(String name) {
    if (o.ignoreEnvironment != 0) {
      return null;
    }
    byte[] v = Env.get(name.getBytes(StandardCharsets.US_ASCII));
    return v == null || v.length == 0 ? null : FsPaths.decode(v).toString();
  }

  private void environment() throws Refusal {
    o.pythonPath = variable("PYTHONPATH");
    o.ioEncoding = variable("PYTHONIOENCODING");
    o.debug = Math.max(o.debug, number(variable("PYTHONDEBUG")));
    o.optimize = Math.max(o.optimize, number(variable("PYTHONOPTIMIZE")));
    o.verbose = Math.max(o.verbose, number(variable("PYTHONVERBOSE")));
    o.inspect = Math.max(o.inspect, number(variable("PYTHONINSPECT")));
    o.dontWriteBytecode =
        Math.max(o.dontWriteBytecode, number(variable("PYTHONDONTWRITEBYTECODE")));
    o.noUserSite = Math.max(o.noUserSite, number(variable("PYTHONNOUSERSITE")));
    o.unbuffered |= number(variable("PYTHONUNBUFFERED")) > 0;
    o.safePath |= variable("PYTHONSAFEPATH") != null;
    o.warnDefaultEncoding = variable("PYTHONWARNDEFAULTENCODING") != null ? 1 : 0;
    o.pycachePrefix = variable("PYTHONPYCACHEPREFIX");
    String warnings = variable("PYTHONWARNINGS");
    if (warnings != null) {
      o.warnOptions.addAll(List.of(warnings.split(",")));
    }
    o.noDebugRanges = variable("PYTHONNODEBUGRANGES") != null || o.x("no_debug_ranges") != null;
    hashSeed();
    utf8Mode();
    String digits = variable("PYTHONINTMAXSTRDIGITS");
    if (digits != null) {
      o.intMaxStrDigits = maxDigits(digits, "PYTHONINTMAXSTRDIGITS");
    }
    String inherit = variable("PYTHON_THREAD_INHERIT_CONTEXT");
    if (inherit != null) {
      o.threadInheritContext =
          zeroOrOne(
              inherit,
              "config_init_thread_inherit_context",
              "PYTHON_THREAD_INHERIT_CONTEXT=N: N is missing or invalid");
    }
    String aware = variable("PYTHON_CONTEXT_AWARE_WARNINGS");
    if (aware != null) {
      o.contextAwareWarnings =
          zeroOrOne(
              aware,
              "config_init_context_aware_warnings",
              "PYTHON_CONTEXT_AWARE_WARNINGS=N: N is missing or invalid");
    }
    importTime(variable("PYTHONPROFILEIMPORTTIME"));
  }

  private void hashSeed() throws Refusal {
    String seed = variable("PYTHONHASHSEED");
    if (seed == null || seed.equals("random") || o.randomHashes) {
      o.hashRandomization = 1;
      return;
    }
    long n = seed.matches("\\d{1,10}") ? Long.parseLong(seed) : -1;
    if (n < 0 || n > 0xffffffffL) {
      throw new Refusal(
          "config_init_hash_seed",
          "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
    }
    o.hashRandomization = n == 0 ? 0 : 1;
  }

  // Compare CPython preconfig_init_utf8_mode.
  private void utf8Mode() throws Refusal {
    String given = o.x("utf8");
    if (given != null) {
      o.utf8Mode =
          given.isEmpty()
              ? 1
              : zeroOrOne(given, "preconfig_init_utf8_mode", "invalid -X utf8 option value");
      return;
    }
    given = variable("PYTHONUTF8");
    if (given != null) {
      o.utf8Mode =
          zeroOrOne(
              given, "preconfig_init_utf8_mode", "invalid PYTHONUTF8 environment variable value");
      return;
    }
    String locale = locale();
    o.utf8Mode = locale.equals("C") || locale.equals("POSIX") ? 1 : 0;
  }

  /** The name of the locale that says how text is encoded. */
  private static String locale() {
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      String v = Env.get(name);
      if (v != null && !v.isEmpty()) {
        return v;
      }
    }
    return "C";
  }

  private void importTime(@Nullable String variable) throws Refusal {
    String given = o.x("importtime");
    if (given == null) {
      given = variable;
    }
    if (given == null) {
      return;
    }
    if (given.matches("-?\\d+") && !given.matches("[012]")) {
      throw new Refusal(
          "config_init_import_time",
          "-X importtime: values other than 1 and 2 are reserved for future use.");
    }
    o.importTime = given.equals("2") ? 2 : given.equals("0") ? 0 : 1;
  }

  private static int zeroOrOne(String value, String where, String complaint) throws Refusal {
    if (!value.equals("0") && !value.equals("1")) {
      throw new Refusal(where, complaint);
    }
    return value.charAt(0) - '0';
  }

  private static int maxDigits(String value, String name) throws Refusal {
    int n = value.matches("\\d{1,9}") ? Integer.parseInt(value) : -1;
    if (n != 0 && n < 640) {
      throw new Refusal(
          "config_init_int_max_str_digits",
          name + ": invalid limit; must be >= 640 or 0 for unlimited.");
    }
    return n;
  }

  /** What -X options say, and the environment where it says the same. */
  private void extensions() throws Refusal {
    String gil = o.x("gil");
    if (gil == null) {
      gil = variable("PYTHON_GIL");
    }
    if (gil != null) {
      o.gil = zeroOrOne(gil, "config_read_gil", "PYTHON_GIL / -X gil must be \"0\" or \"1\"");
    }
    String jit = o.x("jit");
    if (jit == null) {
      jit = variable("PLAIT_JIT");
    }
    if (jit != null) {
      if (!jit.equals("off") && !jit.equals("auto") && !jit.equals("eager")) {
        throw new Refusal("config_read_jit", "PLAIT_JIT / -X jit must be off, auto or eager");
      }
      o.jit = jit;
    }
    o.jitLog = o.x("jit_log");
    if (o.jitLog == null) {
      o.jitLog = variable("PLAIT_JIT_LOG");
    }
    if (o.bytesWarning > 0) {
      o.warnOptions.add(o.bytesWarning > 1 ? "error::BytesWarning" : "default::BytesWarning");
    }
    String digits = o.x("int_max_str_digits");
    if (digits != null) {
      o.intMaxStrDigits = maxDigits(digits, "-X int_max_str_digits");
    }
    String prefix = o.x("pycache_prefix");
    if (prefix != null) {
      o.pycachePrefix = prefix.isEmpty() ? null : prefix;
    }
    cpuCount();
    String inherit = o.x("thread_inherit_context");
    if (inherit != null) {
      o.threadInheritContext =
          zeroOrOne(
              inherit,
              "config_init_thread_inherit_context",
              "-X thread_inherit_context=n: n is missing or invalid");
    }
    String aware = o.x("context_aware_warnings");
    if (aware != null) {
      o.contextAwareWarnings =
          zeroOrOne(
              aware,
              "config_init_context_aware_warnings",
              "-X context_aware_warnings=n: n is missing or invalid");
    }
    // CPython's own bytecode per thread: nothing to choose here, but what is refused is the same.
    String tlbc = variable("PYTHON_TLBC");
    if (tlbc != null) {
      zeroOrOne(tlbc, "config_init_tlbc", "PYTHON_TLBC=N: N is missing or invalid");
    }
    tlbc = o.x("tlbc");
    if (tlbc != null) {
      zeroOrOne(tlbc, "config_init_tlbc", "-X tlbc=n: n is missing or invalid");
    }
    if (o.x("warn_default_encoding") != null) {
      o.warnDefaultEncoding = 1;
    }
    o.faulthandler =
        o.devMode || o.x("faulthandler") != null || variable("PYTHONFAULTHANDLER") != null;
  }

  private void cpuCount() throws Refusal {
    String cpus = o.x("cpu_count");
    String name = "-X cpu_count=n option: n";
    if (cpus == null) {
      cpus = variable("PYTHON_CPU_COUNT");
      name = "environment variable: PYTHON_CPU_COUNT";
    }
    if (cpus == null || cpus.equals("default")) {
      return;
    }
    if (!cpus.matches("[1-9]\\d{0,8}")) {
      throw new Refusal(
          "config_init_cpu_count",
          name + " is missing or an invalid number, n must be greater than 0");
    }
    o.cpuCount = Integer.parseInt(cpus);
  }
}
