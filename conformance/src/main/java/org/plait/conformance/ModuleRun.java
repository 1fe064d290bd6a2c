package org.plait.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs one test module in child processes. A test that takes its process down, or that is still
 * running at its time limit, is charged with that, and a new process goes on after it.
 *
 * <p>Used by one thread.
 */
final class ModuleRun {
  /** Packages whose modules run in processes of their own, as regrtest does it. */
  private static final Set<String> SPLIT =
      Set.of(
          "test_asyncio",
          "test_concurrent_futures",
          "test_doctests",
          "test_free_threading",
          "test_future_stmt",
          "test_gdb",
          "test_inspect",
          "test_pydoc",
          "test_multiprocessing_fork",
          "test_multiprocessing_forkserver",
          "test_multiprocessing_spawn");

  private static final long POLL_MILLIS = 50;

  /** Time to leave the process after the last test. */
  private static final double EXIT_SECONDS = 40;

  private static final int MAX_PROCESSES = 40;

  /** So many failures in a row that hit no test, and the rest of the module is given up. */
  private static final int MAX_OUTSIDE = 3;

  private static final Pattern TELLING =
      Pattern.compile(
          "^(Exception in thread .*|Caused by: .*|Fatal Python error: .*|# .*(SIG|Error).*"
              + "|[A-Za-z_.]*(Error|Exception|Interrupt)\\b.*)$");

  private static final Pattern OWNER = Pattern.compile("^setUp\\w+ \\((?:test\\.)?(\\S+)\\)");

  private final Interpreter interpreter;
  private final Path driver;
  private final Path testPackage;
  private final Path logs;
  private final Limits limits;

  /**
   * @param testPackage CPython's {@code test} folder, to find the parts of a package
   * @param logs where events, output and thread dumps are kept
   */
  ModuleRun(Interpreter interpreter, Path driver, Path testPackage, Path logs, Limits limits) {
    this.interpreter = interpreter;
    this.driver = driver;
    this.testPackage = testPackage;
    this.logs = logs;
    this.limits = limits;
  }

  /**
   * Time limits, in seconds.
   *
   * @param test for a test without a known time
   * @param factor a test with a known time may take so many times that, if it is more
   * @param module for the whole module
   * @param known times of tests on the oracle
   */
  record Limits(double test, double factor, double module, Map<String, Outcome> known) {
    double of(@Nullable String id) {
      Outcome outcome = id == null ? null : known.get(id);
      return outcome == null ? test : Math.max(test, factor * outcome.seconds());
    }
  }

  ModuleResult run(String module) {
    long start = System.nanoTime();
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    for (String unit : units(module)) {
      new Unit(unit, start, outcomes, notes).run();
    }
    return new ModuleResult(module, outcomes, notes, seconds(start));
  }

  private List<String> units(String module) {
    Path folder = testPackage.resolve(module);
    if (!SPLIT.contains(module) || !Files.isDirectory(folder)) {
      return List.of(module);
    }
    try (var files = Files.list(folder)) {
      return files
          .map(path -> path.getFileName().toString())
          .filter(name -> name.startsWith("test_"))
          .filter(name -> name.endsWith(".py") || Files.isDirectory(folder.resolve(name)))
          .map(name -> module + "." + name.replaceFirst("\\.py$", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  /** One module that is run in a process, and in another when that ends early. */
  private final class Unit {
    private final String name;
    private final long moduleStart;
    private final Map<String, Outcome> outcomes;
    private final List<String> notes;
    private final Set<String> done = new LinkedHashSet<>();

    /** What the processes wrote. */
    private final Path log;

    /** Tracebacks. */
    private final Path failures;

    // of the process that runs now
    private List<String> plan = List.of();
    private @Nullable String running;
    private @Nullable String last;
    private boolean ended;
    private boolean settled;
    private int finished;
    private long lastEvent;

    Unit(String name, long moduleStart, Map<String, Outcome> outcomes, List<String> notes) {
      this.name = name;
      this.moduleStart = moduleStart;
      this.outcomes = outcomes;
      this.notes = notes;
      this.log = logs.resolve(name + ".log");
      this.failures = logs.resolve(name + ".failures");
    }

    void run() {
      int outside = 0;
      try {
        Files.createDirectories(logs);
        Files.deleteIfExists(log);
        Files.deleteIfExists(failures);
        for (int process = 1; ; process++) {
          String failure = runProcess();
          if (failure == null || settled) {
            return;
          }
          Outcome.State state =
              failure.startsWith("hang") ? Outcome.State.HANG : Outcome.State.CRASH;
          boolean inTest = running != null;
          String culprit = inTest ? running : next();
          outside = inTest || finished > 0 ? 0 : outside + 1;
          if (culprit == null) {
            notes.add(name + ": " + failure + " outside of tests");
            return;
          }
          String where = inTest ? failure : failure + " in a fixture, before this test";
          outcomes.merge(culprit, new Outcome(state, 0, where), Outcome::worse);
          done.add(culprit);
          if (outside >= MAX_OUTSIDE
              || process >= MAX_PROCESSES
              || seconds(moduleStart) > limits.module()) {
            notes.add(name + ": given up after " + process + " processes; the last: " + failure);
            return;
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The test that would have come next. */
    private @Nullable String next() {
      // Of a doctest the plan has the whole, the events its examples.
      int from = last == null ? 0 : plan.indexOf(last.replaceFirst(":\\d+$", "")) + 1;
      for (String id : plan.subList(from, plan.size())) {
        if (!done.contains(id)) {
          return id;
        }
      }
      return null;
    }

    /** Runs until the process ends; null when it ended as it should, or what happened. */
    private @Nullable String runProcess() throws IOException {
      plan = List.of();
      running = null;
      last = null;
      ended = false;
      settled = false;
      finished = 0;
      Path eventFile = Files.createTempFile(logs, name, ".events");
      Path doneFile = Files.createTempFile(logs, name, ".done");
      Files.write(doneFile, done);
      Events events = new Events(eventFile);
      long logged = Files.exists(log) ? Files.size(log) : 0;
      List<String> command =
          interpreter.with(driver.toString(), eventFile.toString(), doneFile.toString(), name);
      try (Child child = Child.start(command, interpreter.environment(), log, null)) {
        lastEvent = System.nanoTime();
        while (!child.await(POLL_MILLIS)) {
          events.poll().forEach(this::take);
          String hang = overdue();
          if (hang != null) {
            if (interpreter.onJvm()) {
              child.dumpThreads(logs.resolve(name + "." + done.size() + ".threads"));
            }
            child.kill();
            events.poll().forEach(this::take);
            return hang;
          }
        }
        events.poll().forEach(this::take);
        int code = child.exitCode();
        if (ended && code == 0) {
          return null;
        }
        String failure = "exit code " + code + tellingLine(logged);
        if (ended) {
          notes.add(name + ": after the last test: " + failure);
          return null;
        }
        return failure;
      } finally {
        Files.deleteIfExists(eventFile);
        Files.deleteIfExists(doneFile);
      }
    }

    private @Nullable String overdue() {
      double quiet = seconds(lastEvent);
      if (ended) {
        if (quiet > EXIT_SECONDS) {
          notes.add(name + ": hang: the process does not leave after the last test");
          settled = true;
          return "hang";
        }
        return null;
      }
      if (quiet > limits.of(running)) {
        return "hang: no end after " + Math.round(limits.of(running)) + " s";
      }
      if (seconds(moduleStart) > limits.module()) {
        return "hang: the module's " + Math.round(limits.module()) + " s are over";
      }
      return null;
    }

    private void take(List<String> event) {
      lastEvent = System.nanoTime();
      switch (event.getFirst()) {
        case "plan" -> plan = event.subList(1, event.size());
        case "start" -> running = event.get(1);
        case "stop" -> {
          String id = event.get(1);
          Outcome outcome =
              new Outcome(
                  Outcome.State.of(event.get(2)), Double.parseDouble(event.get(3)), event.get(4));
          outcomes.merge(id, outcome, Outcome::worse);
          done.add(id);
          last = id;
          running = null;
          finished++;
          if (outcome.state() == Outcome.State.FAIL) {
            append("FAIL " + id + "\n" + event.get(5));
          }
        }
        case "fixture" -> {
          note(event.get(1) + ": " + event.get(2), event.get(3));
          passOver(event.get(1));
        }
        case "import" -> {
          note(event.get(1), event.get(2));
          settled = true;
        }
        case "modskip" -> note("skip: " + event.get(1), "");
        case "note" -> note(event.get(1).split("\n", 2)[0], event.get(1));
        case "end" -> ended = true;
        default -> throw new IllegalStateException("unknown event " + event);
      }
    }

    /**
     * The tests under a failed fixture, such as {@code setUpClass (test.test_x.T)}, won't start.
     */
    private void passOver(String fixture) {
      Matcher owner = OWNER.matcher(fixture);
      if (owner.find()) {
        for (String id : plan) {
          if (id.startsWith(owner.group(1) + ".")) {
            last = id;
          }
        }
      }
    }

    private void note(String text, String detail) {
      String line = name + ": " + text;
      if (!notes.contains(line)) {
        notes.add(line);
        append("NOTE " + line + "\n" + detail);
      }
    }

    private void append(String text) {
      try {
        Files.writeString(
            failures,
            "\n==== " + text + "\n",
            StandardCharsets.UTF_8,
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The last line of the log, after so many bytes, that looks like a reason. */
    private String tellingLine(long skip) throws IOException {
      byte[] bytes = Files.readAllBytes(log);
      int from = (int) Math.min(skip, bytes.length);
      List<String> lines =
          new String(bytes, from, bytes.length - from, StandardCharsets.ISO_8859_1)
              .lines()
              .toList();
      for (int i = lines.size() - 1; i >= Math.max(0, lines.size() - 200); i--) {
        Matcher matcher = TELLING.matcher(lines.get(i));
        if (matcher.matches()) {
          String text = matcher.group(1);
          return ": " + (text.length() > 150 ? text.substring(0, 150) : text);
        }
      }
      return "";
    }
  }
}
