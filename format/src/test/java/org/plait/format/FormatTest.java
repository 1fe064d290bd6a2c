package org.plait.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import org.junit.jupiter.api.Test;

/**
 * Every Java file of the project is in the form that google-java-format gives it. {@code
 * -Dformat=apply} rewrites those that are not.
 *
 * <p>A test and not a Maven plugin, since the formatter needs a newer Java than the one that Maven
 * may run on; tests run on the toolchain's JDK. What was found well-formed is remembered in {@code
 * target/formatted.txt} by content, so that a second run only looks at what has changed.
 */
class FormatTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path KNOWN = Path.of("target", "formatted.txt");

  private final boolean apply = "apply".equals(System.getProperty("format"));
  private final Set<String> wrong = new ConcurrentSkipListSet<>();
  private final Set<String> right = new ConcurrentSkipListSet<>();

  @Test
  void everyJavaFileIsFormatted() throws IOException {
    Set<String> known = Files.exists(KNOWN) ? Set.copyOf(Files.readAllLines(KNOWN)) : Set.of();
    List<Path> files = javaFiles();
    assertThat(files).isNotEmpty();
    files.parallelStream().forEach(file -> look(file, known));
    Files.createDirectories(KNOWN.getParent());
    Files.write(KNOWN, new TreeSet<>(right));
    assertThat(wrong)
        .as("files that are not formatted; mvn -q -pl format test -Dformat=apply mends them")
        .isEmpty();
  }

  private void look(Path file, Set<String> known) {
    try {
      String source = Files.readString(file);
      String key = key(file, source);
      if (known.contains(key)) {
        right.add(key);
        return;
      }
      String formatted = new Formatter().formatSourceAndFixImports(source);
      if (!formatted.equals(source)) {
        if (!apply) {
          wrong.add(ROOT.relativize(file).toString());
          return;
        }
        Files.writeString(file, formatted);
      }
      right.add(key(file, formatted));
    } catch (FormatterException e) {
      wrong.add(ROOT.relativize(file) + ": " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String key(Path file, String source) {
    return ROOT.relativize(file) + " " + source.length() + " " + source.hashCode();
  }

  private static List<Path> javaFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            String name = dir.getFileName().toString();
            return name.equals("target") || name.startsWith(".")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".java")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }
}
