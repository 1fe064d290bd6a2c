package org.plait.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The recurring causes of failures, in {@code ledger/rules.txt}: a line each of state, pattern of
 * the test's id, pattern of what the run says, and the reason that goes into the ledger.
 *
 * <pre>
 * na  .*  _testcapi  tests CPython's C API
 * </pre>
 *
 * Fields are parted by two blanks or more. The id must match as a whole, of the error a part. The
 * first line that fits is taken. A line that says flaky makes a line for the test also when it
 * passes; its pattern for the error is not used.
 */
final class Rules {
  private record Rule(Ledger.State state, Pattern id, Pattern error, String reason) {}

  private final List<Rule> rules = new ArrayList<>();

  private Rules() {}

  static Rules load(Path folder) {
    Rules rules = new Rules();
    Path file = folder.resolve("rules.txt");
    if (Files.exists(file)) {
      try {
        int number = 0;
        for (String line : Files.readAllLines(file)) {
          number++;
          if (!line.isBlank() && !line.startsWith("#")) {
            rules.parse(file, line, number);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rules;
  }

  private void parse(Path file, String line, int number) {
    String[] fields = line.split("\\s{2,}", 4);
    try {
      Ledger.State state = Ledger.State.valueOf(fields[0].toUpperCase(Locale.ROOT));
      if (fields[3].isBlank() || state == Ledger.State.PASS) {
        throw new IllegalArgumentException();
      }
      rules.add(new Rule(state, Pattern.compile(fields[1]), Pattern.compile(fields[2]), fields[3]));
    } catch (PatternSyntaxException e) {
      throw new IllegalStateException(file + ":" + number + ": " + e.getMessage(), e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(
          file + ":" + number + ": want 'state  id  error  reason', got: " + line, e);
    }
  }

  /** The line for a test that is known to be flaky, or null. */
  Ledger.@Nullable Entry flaky(String id) {
    for (Rule rule : rules) {
      if (rule.state() == Ledger.State.FLAKY && rule.id().matcher(id).matches()) {
        return new Ledger.Entry(rule.state(), rule.reason());
      }
    }
    return null;
  }

  /** The line for a test, given the raw one that the run made. */
  Ledger.Entry judge(String id, Ledger.Entry raw) {
    for (Rule rule : rules) {
      boolean sameKind = raw.state() != Ledger.State.HANG || rule.state() != Ledger.State.FAIL;
      if (sameKind
          && rule.id().matcher(id).matches()
          && rule.error().matcher(raw.reason()).find()) {
        return new Ledger.Entry(rule.state(), rule.reason());
      }
    }
    return raw;
  }
}
