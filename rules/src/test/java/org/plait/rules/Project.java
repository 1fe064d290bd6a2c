package org.plait.rules;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** What the rules look at: the project's own classes, and the written exceptions. */
final class Project {
  /** All of the project's classes but tests. */
  static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.plait");

  private Project() {}

  /** The module of a class: {@code runtime} for {@code org.plait.runtime.types.PyDict}. */
  static String module(String className) {
    String rest = className.substring("org.plait.".length());
    int dot = rest.indexOf('.');
    return dot < 0 ? rest : rest.substring(0, dot);
  }

  /** Hands the class file of each class to {@code use}, with the class's name. */
  static void forEachClassFile(BiConsumer<String, InputStream> use) {
    CLASSES.forEach(
        type -> {
          try (InputStream file = type.getSource().orElseThrow().getUri().toURL().openStream()) {
            use.accept(type.getName(), file);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  /**
   * Reads a list of exceptions from a rule: one per line, the name, then {@code #} and the reason.
   *
   * @throws IllegalStateException if a line gives no reason
   */
  static Map<String, String> exceptions(String resource) {
    Map<String, String> result = new LinkedHashMap<>();
    try (InputStream in = Project.class.getResourceAsStream(resource)) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        int hash = line.indexOf('#');
        if (hash < 0 || line.substring(hash + 1).isBlank()) {
          throw new IllegalStateException(resource + ": no reason given: " + line);
        }
        result.put(line.substring(0, hash).strip(), line.substring(hash + 1).strip());
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return result;
  }
}
