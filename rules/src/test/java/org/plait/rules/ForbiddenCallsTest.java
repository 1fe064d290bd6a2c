package org.plait.rules;

import static org.assertj.core.api.Assertions.assertThat;

import de.thetaphi.forbiddenapis.Checker;
import de.thetaphi.forbiddenapis.ForbiddenApiException;
import de.thetaphi.forbiddenapis.Logger;
import de.thetaphi.forbiddenapis.ParseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Methods of the JDK that the project, or all but two of its modules, may not call. */
class ForbiddenCallsTest {
  /** Tools that run beside Python and not inside it may block and read clocks as they like. */
  private static final Set<String> OUTSIDE_PYTHON =
      Set.of("host", "sched", "processor", "conformance", "bench");

  @Test
  void nothingDependsOnThePlatformsDefaults() throws Exception {
    check(
        "jdk-unsafe-25",
        "forbidden-everywhere.txt",
        "forbidden-everywhere-exceptions.txt",
        Set.of());
  }

  @Test
  void blockingAndClocksGoThroughSchedAndHost() throws Exception {
    check(
        null,
        "forbidden-outside-sched-and-host.txt",
        "forbidden-outside-sched-and-host-exceptions.txt",
        OUTSIDE_PYTHON);
  }

  private static void check(String bundle, String signatures, String exceptions, Set<String> exempt)
      throws IOException, ParseException {
    Set<String> excepted = Project.exceptions(exceptions).keySet();
    assertThat(violations(bundle, signatures, exempt, excepted)).isEmpty();
    Set<String> stale = new TreeSet<>();
    for (String name : excepted) {
      Set<String> others = new TreeSet<>(excepted);
      others.remove(name);
      if (violations(bundle, signatures, exempt, others).isEmpty()) {
        stale.add(name);
      }
    }
    assertThat(stale).as("lines of %s that are no longer needed", exceptions).isEmpty();
  }

  /** What the checker says about all classes but those of exempt modules and excepted classes. */
  private static List<String> violations(
      String bundle, String signatures, Set<String> exempt, Set<String> excepted)
      throws IOException, ParseException {
    Messages messages = new Messages();
    Checker checker =
        new Checker(
            messages,
            ForbiddenCallsTest.class.getClassLoader(),
            EnumSet.of(
                Checker.Option.FAIL_ON_VIOLATION, Checker.Option.FAIL_ON_UNRESOLVABLE_SIGNATURES));
    if (bundle != null) {
      checker.addBundledSignatures(bundle, null);
    }
    try (InputStream in = ForbiddenCallsTest.class.getResourceAsStream(signatures)) {
      checker.parseSignaturesFile(in, signatures);
    }
    Project.forEachClassFile(
        (name, file) -> {
          String outermost = name.replaceFirst("\\$.*", "");
          if (!exempt.contains(Project.module(name)) && !excepted.contains(outermost)) {
            try {
              checker.addClassToCheck(file, name);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    try {
      checker.run();
      return List.of();
    } catch (ForbiddenApiException e) {
      return messages.errors;
    }
  }

  private static final class Messages implements Logger {
    final List<String> errors = new ArrayList<>();

    @Override
    public void error(String message) {
      errors.add(message);
    }

    @Override
    public void warn(String message) {
      System.err.println(message);
    }

    @Override
    public void info(String message) {}

    @Override
    public void debug(String message) {}
  }
}
