package org.plait.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The command line of the conformance runner; {@code conformance/run} calls it. */
public final class Main {
  private static final String USAGE =
      """
      usage: conformance/run [options] [MODULE...]

      Runs modules of CPython's test suite on Plait and holds the results against the ledger.
      Without modules it runs the lists core and threads.

        --list NAME      the modules of conformance/lists/NAME.txt (may be repeated)
        --mode MODE      free (default), gil, jit-off, jit-eager
        -j N             modules at a time (default 2)
        --timeout S      seconds for one test (default 60; more where CPython needs over a 20th)
        --module-time S  seconds for one module (default 1800)
        --retag          write the ledger and SUMMARY.md from what is found
        --last           judge the results of the last run again; run nothing
        --baseline       run CPython only, to fill the cache of expected results
        --causes         print the most frequent reasons at the end

      Results and logs: conformance/target/run/MODE. The interpreter under test is bin/plait, or the
      command in PLAIT_COMMAND; CPython is conformance/target/cpython, or PLAIT_ORACLE.\
      """;

  private static final int MAX_CAUSES = 200;

  private final Set<String> modules = new LinkedHashSet<>();
  private final Checkout checkout = Checkout.find();
  private Mode mode = Mode.FREE;
  private int jobs = 2;
  private double testSeconds = 60;
  private double moduleSeconds = 1800;
  private boolean retag;
  private boolean last;
  private boolean baselineOnly;
  private boolean causes;

  private Main() {}

  public static void main(String[] args) {
    System.exit(new Main().run(args));
  }

  /**
   * Returns the exit code: 0 when everything is as the ledger says, 1 when not, 2 for bad usage.
   */
  private int run(String[] args) {
    try {
      parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return 2;
    }
    if (modules.isEmpty()) {
      modules.addAll(checkout.list("core"));
      modules.addAll(checkout.list("threads"));
    }
    Suite suite = new Suite(checkout, mode, testSeconds, moduleSeconds);
    List<Report> reports = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(jobs);
    try {
      Map<String, Future<Report>> pending = new LinkedHashMap<>();
      for (String module : modules) {
        pending.put(module, pool.submit(() -> work(suite, module)));
      }
      for (Future<Report> future : pending.values()) {
        reports.add(future.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } finally {
      pool.shutdownNow();
    }
    return baselineOnly ? 0 : conclude(reports);
  }

  private void parse(String[] args) {
    for (int i = 0; i < args.length; i++) {
      String arg = args[i];
      switch (arg) {
        case "--list" -> modules.addAll(checkout.list(value(args, ++i)));
        case "--mode" -> mode = Mode.of(value(args, ++i));
        case "-j" -> jobs = Integer.parseInt(value(args, ++i));
        case "--timeout" -> testSeconds = Double.parseDouble(value(args, ++i));
        case "--module-time" -> moduleSeconds = Double.parseDouble(value(args, ++i));
        case "--retag" -> retag = true;
        case "--last" -> last = true;
        case "--baseline" -> baselineOnly = true;
        case "--help" -> throw new IllegalArgumentException(USAGE);
        case "--causes" -> causes = true;
        default -> {
          if (arg.startsWith("-")) {
            throw new IllegalArgumentException("unknown option " + arg + "\n" + USAGE);
          }
          modules.add(arg);
        }
      }
    }
  }

  private static String value(String[] args, int index) {
    if (index >= args.length) {
      throw new IllegalArgumentException(args[index - 1] + " needs a value");
    }
    return args[index];
  }

  private Report work(Suite suite, String module) {
    if (baselineOnly) {
      ModuleResult result = suite.baseline(module);
      say(
          "%-32s %5d pass on CPython, %d do not, %.1f s",
          module,
          result.count(Outcome.State.PASS),
          result.outcomes().size() - result.count(Outcome.State.PASS),
          result.seconds());
      return new Report(result, result, Ledger.load(checkout.ledger(), module), mode);
    }
    Report report = last ? suite.last(module) : suite.run(module);
    say(
        "%-32s %5d of %5d  %5.1f %%  %6.1f s%s",
        module,
        report.passed(),
        report.counted().size(),
        100 * Summary.Row.of(report).ratio(),
        report.result().seconds(),
        report.mismatches().isEmpty() ? "" : "  " + report.mismatches().size() + " unexpected");
    return report;
  }

  private int conclude(List<Report> reports) {
    Summary summary = Summary.load(checkout.ledger());
    Rules rules = Rules.load(checkout.ledger());
    Summary.Row total = new Summary.Row(0, 0, 0, 0, 0, 0);
    int unexpected = 0;
    for (Report report : reports) {
      if (retag) {
        report.retag(rules);
      }
      for (String line : report.mismatches()) {
        unexpected++;
        say("%s", line);
      }
      summary.put(report);
      total = total.plus(Summary.Row.of(report));
    }
    if (retag && mode == Mode.FREE) {
      Map<String, List<String>> lists = new LinkedHashMap<>();
      lists.put("core", checkout.list("core"));
      lists.put("threads", checkout.list("threads"));
      summary.save(lists);
    }
    if (causes) {
      printCauses(reports);
    }
    say(
        "%d of %d tests that CPython passes (%.1f %%); %d crash, %d hang; %d unexpected",
        total.passed(),
        total.counted(),
        100 * total.ratio(),
        total.crashed(),
        total.hung(),
        unexpected);
    return unexpected == 0 ? 0 : 1;
  }

  /** The reasons, most frequent first, with their modules and one of their tests. */
  private static void printCauses(List<Report> reports) {
    Map<String, List<String>> tests = new LinkedHashMap<>();
    for (Report report : reports) {
      for (String id : report.counted()) {
        Ledger.Entry failure = report.failure(id);
        if (failure != null) {
          String cause = failure.state().label() + ": " + failure.reason();
          tests.computeIfAbsent(cause, key -> new ArrayList<>()).add(id);
        }
      }
    }
    tests.entrySet().stream()
        .sorted(Comparator.comparing(entry -> -entry.getValue().size()))
        .limit(MAX_CAUSES)
        .forEach(
            entry -> {
              List<String> ids = entry.getValue();
              List<String> modules =
                  ids.stream().map(id -> id.replaceFirst("\\..*", "")).distinct().toList();
              say("%6d  %s  %s e.g. %s", ids.size(), entry.getKey(), modules, ids.getFirst());
            });
  }

  private static void say(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
