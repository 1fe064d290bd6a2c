package org.plait.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one interpreter made of one test module.
 *
 * @param module its name, such as {@code test_int}
 * @param outcomes by test id, in the order of the run
 * @param notes what happened outside of tests: fixtures, imports, exits
 * @param seconds time for all of it
 */
public record ModuleResult(
    String module, Map<String, Outcome> outcomes, List<String> notes, double seconds) {

  long count(Outcome.State state) {
    return outcomes.values().stream().filter(outcome -> outcome.state() == state).count();
  }

  /** Writes it as lines of tab-separated fields. */
  void save(Path file) {
    List<String> lines = new ArrayList<>();
    lines.add("seconds\t" + seconds);
    for (String note : notes) {
      lines.add("note\t" + Events.escape(note));
    }
    outcomes.forEach(
        (id, outcome) ->
            lines.add(
                String.join(
                    "\t",
                    "test",
                    Events.escape(id),
                    outcome.state().label(),
                    Double.toString(outcome.seconds()),
                    Events.escape(outcome.reason()))));
    try {
      Files.createDirectories(file.getParent());
      Path fresh = Files.createTempFile(file.getParent(), "result", ".tmp");
      Files.write(fresh, lines);
      Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #save} wrote. */
  static ModuleResult load(String module, Path file) {
    Map<String, Outcome> outcomes = new LinkedHashMap<>();
    List<String> notes = new ArrayList<>();
    double seconds = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        List<String> fields = Events.split(line);
        switch (fields.getFirst()) {
          case "seconds" -> seconds = Double.parseDouble(fields.get(1));
          case "note" -> notes.add(fields.get(1));
          default ->
              outcomes.put(
                  fields.get(1),
                  new Outcome(
                      Outcome.State.of(fields.get(2)),
                      Double.parseDouble(fields.get(3)),
                      fields.get(4)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModuleResult(module, outcomes, notes, seconds);
  }
}
