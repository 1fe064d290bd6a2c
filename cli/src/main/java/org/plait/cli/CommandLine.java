package org.plait.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.plait.runtime.boot.BootOptions;
import org.plait.runtime.boot.MainProgram;

/** CPython's command line and environment variables, read into {@link BootOptions}. */
final class CommandLine {
  private static final String USAGE =
      "usage: plait [option] ... [-c cmd | -m mod | file | -] [arg] ...";

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
  int parse(String[] args) {
    o.home = System.getProperty("plait.home", "");
    o.executable = o.home + "/bin/plait";
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
    if (o.ignoreEnvironment == 0) {
      environment(System.getenv());
    }
    o.warnOptions.addAll(warnings);
    return afterOptions();
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
        System.out.println(Help.TEXT);
        return 0;
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
      case 'R' -> o.hashRandomization = 1;
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
      case "--help", "--help-all" -> {
        System.out.println(Help.TEXT);
        return 0;
      }
      case "--help-env", "--help-xoptions" -> {
        System.out.println(Help.TEXT);
        return 0;
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
        return usageError("unknown option " + arg);
      }
    }
  }

  private static int usageError(String message) {
    System.err.println(message);
    System.err.println(USAGE);
    System.err.println("Try `plait -h' for more information.");
    return 2;
  }

  // ---- environment

  private static int number(@Nullable String v) {
    if (v == null || v.isEmpty()) {
      return 0;
    }
    try {
      return Math.max(1, Integer.parseInt(v));
    } catch (NumberFormatException e) {
      return 1;
    }
  }

  private void environment(Map<String, String> env) {
    o.pythonPath = env.get("PYTHONPATH");
    o.ioEncoding = env.get("PYTHONIOENCODING");
    o.debug = Math.max(o.debug, number(env.get("PYTHONDEBUG")));
    o.optimize = Math.max(o.optimize, number(env.get("PYTHONOPTIMIZE")));
    o.verbose = Math.max(o.verbose, number(env.get("PYTHONVERBOSE")));
    o.inspect = Math.max(o.inspect, number(env.get("PYTHONINSPECT")));
    o.dontWriteBytecode = Math.max(o.dontWriteBytecode, number(env.get("PYTHONDONTWRITEBYTECODE")));
    o.noUserSite = Math.max(o.noUserSite, number(env.get("PYTHONNOUSERSITE")));
    o.unbuffered |= number(env.get("PYTHONUNBUFFERED")) > 0;
    o.safePath |= number(env.get("PYTHONSAFEPATH")) > 0;
    o.devMode |= number(env.get("PYTHONDEVMODE")) > 0;
    String noRanges = env.get("PYTHONNODEBUGRANGES");
    o.noDebugRanges = noRanges != null && !noRanges.isEmpty();
    String prefix = env.get("PYTHONPYCACHEPREFIX");
    if (prefix != null && !prefix.isEmpty()) {
      o.pycachePrefix = prefix;
    }
    String warnings = env.get("PYTHONWARNINGS");
    if (warnings != null && !warnings.isEmpty()) {
      o.warnOptions.addAll(List.of(warnings.split(",")));
    }
    if ("0".equals(env.get("PYTHONHASHSEED"))) {
      o.hashRandomization = 0;
    }
    String digits = env.get("PYTHONINTMAXSTRDIGITS");
    if (digits != null && digits.matches("\\d+")) {
      o.intMaxStrDigits = Integer.parseInt(digits);
    }
    if ("1".equals(env.get("PYTHON_GIL"))) {
      o.gil = 1;
    }
  }

  /** What follows from -X options; and their errors. */
  private int afterOptions() {
    String gil = o.x("gil");
    if (gil != null) {
      if (!gil.equals("0") && !gil.equals("1")) {
        System.err.println(
            "Fatal Python error: config_read_gil: PYTHON_GIL / -X gil must be \"0\" or \"1\"");
        return 1;
      }
      o.gil = Integer.parseInt(gil);
    }
    if (o.x("dev") != null) {
      o.devMode = true;
    }
    if (o.devMode) {
      o.warnOptions.addFirst("default");
    }
    if (o.bytesWarning > 0) {
      o.warnOptions.add(o.bytesWarning > 1 ? "error::BytesWarning" : "default::BytesWarning");
    }
    String utf8 = o.x("utf8");
    if (utf8 != null) {
      o.utf8Mode = utf8.equals("0") ? 0 : 1;
    }
    String digits = o.x("int_max_str_digits");
    if (digits != null) {
      int n = digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : -1;
      if (n != 0 && n < 640) {
        System.err.println(
            "Fatal Python error: config_init_int_max_str_digits: -X int_max_str_digits: invalid"
                + " limit; must be >= 640 or 0 for unlimited.");
        return 1;
      }
      o.intMaxStrDigits = n;
    }
    String prefix = o.x("pycache_prefix");
    if (prefix != null && !prefix.isEmpty()) {
      o.pycachePrefix = prefix;
    }
    String cpus = o.x("cpu_count");
    if (cpus == null && o.ignoreEnvironment == 0) {
      cpus = System.getenv("PYTHON_CPU_COUNT");
    }
    if (cpus != null && !cpus.equals("default")) {
      if (!cpus.matches("[1-9]\\d{0,8}")) {
        System.err.println(
            "Fatal Python error: config_init_cpu_count: -X cpu_count=n option: n is missing or an"
                + " invalid number, n must be greater than 0");
        return 1;
      }
      o.cpuCount = Integer.parseInt(cpus);
    }
    String inherit = o.x("thread_inherit_context");
    if (inherit != null) {
      o.threadInheritContext = inherit.equals("0") ? 0 : 1;
    }
    String aware = o.x("context_aware_warnings");
    if (aware != null) {
      o.contextAwareWarnings = aware.equals("0") ? 0 : 1;
    }
    if (o.x("warn_default_encoding") != null) {
      o.warnDefaultEncoding = 1;
    }
    return -1;
  }
}
