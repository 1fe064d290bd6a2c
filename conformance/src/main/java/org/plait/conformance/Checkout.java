package org.plait.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The source checkout that the tool works in, and where its parts lie. */
public record Checkout(Path root) {

  /** Finds the checkout upward from the working directory. */
  public static Checkout find() {
    Path start = Path.of("").toAbsolutePath();
    for (Path at = start; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve("bin/plait"))
          && Files.exists(at.resolve("conformance/pom.xml"))) {
        return new Checkout(at);
      }
    }
    throw new IllegalStateException("not inside a checkout of Plait: " + start);
  }

  public Path conformance() {
    return root.resolve("conformance");
  }

  public Path ledger() {
    return conformance().resolve("ledger");
  }

  /** Results, logs and scratch folders; never committed. */
  public Path work() {
    return conformance().resolve("target/run");
  }

  public Path baseline() {
    return conformance().resolve("target/baseline");
  }

  public Path examples() {
    return root.resolve("examples");
  }

  public Path regress() {
    return conformance().resolve("regress");
  }

  /** CPython's tree: {@code PLAIT_ORACLE}, or what the build unpacked. */
  public Path oracle() {
    String set = System.getenv("PLAIT_ORACLE");
    Path tree = set != null ? Path.of(set) : conformance().resolve("target/cpython");
    if (!Files.exists(tree.resolve("bin/python3.14"))) {
      throw new IllegalStateException(
          tree
              + " holds no bin/python3.14; run `mvn -q -pl conformance -am test-compile` to unpack"
              + " CPython there, or set PLAIT_ORACLE to a folder that has it");
    }
    return tree;
  }

  /** The lines of {@code conformance/lists/NAME.txt}: module names, split at white space. */
  public List<String> list(String name) {
    List<String> modules = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(conformance().resolve("lists/" + name + ".txt"))) {
        String text = line.replaceFirst("#.*", "").strip();
        if (!text.isEmpty()) {
          modules.addAll(List.of(text.split("\\s+")));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("no such list of modules: " + name, e);
    }
    return modules;
  }

  /** Puts the driver script, a resource of this module, where an interpreter can run it. */
  public Path driver() {
    Path target = work().resolve("driver.py");
    try (InputStream in = resource("driver.py")) {
      if (in == null) {
        throw new IllegalStateException("driver.py is missing from the class path");
      }
      Files.createDirectories(work());
      Path fresh = Files.createTempFile(work(), "driver", ".py");
      Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
      Files.move(
          fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target;
  }

  private static @Nullable InputStream resource(String name) {
    return Checkout.class.getResourceAsStream(name);
  }
}
