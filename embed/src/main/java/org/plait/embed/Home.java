package org.plait.embed;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds the installation that holds Python's library. */
final class Home {
  private static final String LIBRARY = "lib/python3.14";

  private Home() {}

  static Path find(@Nullable Path given) {
    Path home = given;
    if (home == null) {
      String named = System.getProperty("plait.home", System.getenv("PLAIT_HOME"));
      if (named == null || named.isEmpty()) {
        throw new IllegalStateException(
            "where Python's library is was not said: unpack a distribution of Plait and name its"
                + " directory with Plait.builder().home(...), -Dplait.home=... or PLAIT_HOME");
      }
      home = Path.of(named);
    }
    home = home.toAbsolutePath().normalize();
    if (!Files.isRegularFile(home.resolve(LIBRARY).resolve("os.py"))) {
      throw new IllegalStateException(
          home + " is no distribution of Plait: it has no " + LIBRARY + "/os.py");
    }
    return home;
  }
}
