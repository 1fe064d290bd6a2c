package org.plait.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The expected failures of one test module: a text file with a line per test that CPython passes
 * and Plait does not.
 *
 * <pre>
 * test_int.IntTestCases.test_basic  fail  *  AttributeError: ...
 * </pre>
 *
 * Fields are parted by two blanks or more: id, state, mode, reason. The mode {@code *} is every
 * mode that has no line of its own. States:
 *
 * <ul>
 *   <li>{@code fail}: it fails, is skipped or is not run, or its process crashes
 *   <li>{@code hang}: it does not end
 *   <li>{@code flaky}: it sometimes fails; anything is accepted, and it does not count as passed
 *   <li>{@code na}: it tests something that Plait does not mean to have; anything is accepted, and
 *       it does not count as passed
 *   <li>{@code pass}: in this mode it passes, although the {@code *} line says otherwise
 * </ul>
 */
final class Ledger {
  /** What a line says. */
  enum State {
    FAIL,
    HANG,
    FLAKY,
    NA,
    PASS;

    String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** A line without its id and mode. */
  record Entry(State state, String reason) {}

  private static final String ANY = "*";

  private final Path file;

  /** By id, then by mode. */
  private final Map<String, Map<String, Entry>> entries = new TreeMap<>();

  private Ledger(Path file) {
    this.file = file;
  }

  static Ledger load(Path folder, String module) {
    Ledger ledger = new Ledger(folder.resolve(module + ".txt"));
    if (Files.exists(ledger.file)) {
      try {
        int number = 0;
        for (String line : Files.readAllLines(ledger.file)) {
          number++;
          if (!line.isBlank() && !line.startsWith("#")) {
            ledger.parse(line, number);
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ledger;
  }

  private void parse(String line, int number) {
    String[] fields = line.split("\\s{2,}", 4);
    try {
      State state = State.valueOf(fields[1].toUpperCase(java.util.Locale.ROOT));
      String mode = fields[2].equals(ANY) ? ANY : Mode.of(fields[2]).label();
      put(fields[0], mode, new Entry(state, fields[3]));
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          file + ":" + number + ": want 'id  state  mode  reason', got: " + line, e);
    }
  }

  private void put(String id, String mode, Entry entry) {
    entries.computeIfAbsent(id, key -> new TreeMap<>()).put(mode, entry);
  }

  /** What is expected of a test in a mode; null: that it passes. */
  @Nullable Entry expected(String id, Mode mode) {
    Map<String, Entry> lines = entries.get(id);
    if (lines == null) {
      return null;
    }
    Entry own = lines.get(mode.label());
    Entry entry = own != null ? own : lines.get(ANY);
    return entry == null || entry.state() == State.PASS ? null : entry;
  }

  /** All ids that have a line. */
  List<String> ids() {
    return new ArrayList<>(entries.keySet());
  }

  /**
   * Records what a test does in a mode. Lines that say flaky stay; the reason of another that still
   * fits is kept, unless a rule has a better one.
   *
   * @param actual null when it passes
   * @param raw the same before the rules, null when it passes
   */
  void retag(String id, Mode mode, @Nullable Entry actual, @Nullable Entry raw) {
    Entry expected = expected(id, mode);
    if (expected != null && expected.state() == State.FLAKY) {
      return;
    }
    boolean ruled = actual != null && !actual.equals(raw);
    boolean same =
        expected == null
            ? actual == null
            : actual != null
                && (actual.state() == expected.state() || expected.state() == State.NA);
    if (same && !ruled) {
      return;
    }
    if (mode == Mode.FREE) {
      if (actual == null) {
        forget(id);
      } else {
        put(id, ANY, actual);
      }
      return;
    }
    Map<String, Entry> lines = entries.computeIfAbsent(id, key -> new TreeMap<>());
    if (actual != null) {
      lines.put(mode.label(), actual);
    } else {
      lines.remove(mode.label());
      if (lines.containsKey(ANY)) {
        lines.put(mode.label(), new Entry(State.PASS, "passes in this mode"));
      }
    }
    if (lines.isEmpty()) {
      entries.remove(id);
    }
  }

  /** Records that a test sometimes fails, in any mode. */
  void flaky(String id, Entry entry) {
    entries.remove(id);
    put(id, ANY, entry);
  }

  /** Passes in the base mode: only lines for failures in other modes stay. */
  private void forget(String id) {
    Map<String, Entry> lines = entries.get(id);
    if (lines != null) {
      lines.remove(ANY);
      lines.remove(Mode.FREE.label());
      lines.values().removeIf(entry -> entry.state() == State.PASS);
      if (lines.isEmpty()) {
        entries.remove(id);
      }
    }
  }

  /** Drops a line whose test is gone. */
  void remove(String id) {
    entries.remove(id);
  }

  /** Writes the file, or removes it when nothing is left to say. */
  void save() {
    List<String> lines = new ArrayList<>();
    entries.forEach(
        (id, modes) ->
            modes.forEach(
                (mode, entry) ->
                    lines.add(
                        String.join(
                            "  ",
                            id,
                            entry.state().label(),
                            mode,
                            entry.reason().isBlank() ? "no reason given" : squeeze(entry)))));
    try {
      if (lines.isEmpty()) {
        Files.deleteIfExists(file);
      } else {
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** On one line, without what is another the next time: folders and addresses. */
  private static String squeeze(Entry entry) {
    return entry
        .reason()
        .strip()
        .replaceAll("\\s+", " ")
        .replaceAll("(?:/[\\w.@+-]+){2,}/", ".../")
        .replaceAll("0x[0-9a-f]{6,}", "0x...");
  }
}
