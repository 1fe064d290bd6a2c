package org.plait.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every package says what it is for; those of the null-checked modules are null-marked. */
class PackageInfoTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Set<String> NULL_MARKED =
      Set.of("syntax", "compiler", "host", "sched", "processor", "embed", "cli", "conformance");

  @Test
  void everyPackageHasItsPackageInfo() throws IOException {
    Set<String> wrong = new TreeSet<>();
    for (Path module : modules()) {
      Path sources = module.resolve("src/main/java");
      for (Path folder : packages(sources)) {
        Path info = folder.resolve("package-info.java");
        if (!Files.exists(info)) {
          wrong.add(ROOT.relativize(folder) + ": no package-info.java");
        } else {
          String text = Files.readString(info);
          if (!text.contains("/**")) {
            wrong.add(ROOT.relativize(info) + ": says nothing");
          }
          boolean mark = NULL_MARKED.contains(module.getFileName().toString());
          if (mark && !text.contains("@NullMarked")) {
            wrong.add(ROOT.relativize(info) + ": not @NullMarked");
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static Set<Path> modules() throws IOException {
    Set<Path> result = new TreeSet<>();
    try (Stream<Path> folders = Files.list(ROOT)) {
      folders
          .filter(folder -> Files.isDirectory(folder.resolve("src/main/java")))
          .forEach(result::add);
    }
    assertThat(result).isNotEmpty();
    return result;
  }

  private static Set<Path> packages(Path sources) throws IOException {
    Set<Path> result = new TreeSet<>();
    try (Stream<Path> files = Files.walk(sources)) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(file -> result.add(file.getParent()));
    }
    return result;
  }
}
