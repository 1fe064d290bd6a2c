package org.plait.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What {@code python -m venv} makes: a directory of packages with a link to Plait's command. */
final class VirtualEnvironment {
  private VirtualEnvironment() {}

  /**
   * Looks for {@code pyvenv.cfg} beside the command and one directory above, as CPython does.
   *
   * @param executable the command as it was started, links not followed
   * @return the directory that becomes {@code sys.prefix}, or null when the command is in no
   *     virtual environment
   */
  static @Nullable String find(String executable) {
    Path bin = Path.of(executable).getParent();
    if (bin == null) {
      return null;
    }
    if (isMarked(bin)) {
      return bin.toString();
    }
    Path above = bin.getParent();
    return above != null && isMarked(above) ? above.toString() : null;
  }

  /** Whether the directory's {@code pyvenv.cfg} says where the environment's Python is. */
  private static boolean isMarked(Path directory) {
    Path config = directory.resolve("pyvenv.cfg");
    if (!Files.exists(config)) {
      return false; // the usual case, without an exception
    }
    try {
      return Files.readString(config, StandardCharsets.ISO_8859_1)
          .lines()
          .anyMatch(
              line -> {
                int equals = line.indexOf('=');
                return equals >= 0 && line.substring(0, equals).strip().equalsIgnoreCase("home");
              });
    } catch (IOException e) {
      return false; // CPython takes an unreadable one for none, too
    }
  }
}
