package org.plait.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An interpreter to run scripts with.
 *
 * @param name for messages
 * @param command program and its first arguments
 * @param environment what it needs beside the clean environment of {@link Child}
 * @param onJvm whether a thread dump can be asked for
 */
public record Interpreter(
    String name, List<String> command, Map<String, String> environment, boolean onJvm) {

  /** CPython from the build's artifact. */
  public static Interpreter oracle(Path tree) {
    return new Interpreter(
        "CPython",
        List.of(tree.resolve("bin/python3.14").toString()),
        Map.of("LD_LIBRARY_PATH", tree + ":" + tree.resolve("lib")),
        false);
  }

  /**
   * The same CPython, whose test suite takes it for a build without a GIL: what it runs only there
   * runs here, under the GIL.
   */
  Interpreter asFreeThreaded() {
    List<String> all = new ArrayList<>(command);
    all.add("-c");
    all.add(
        """
        import runpy, sys, sysconfig
        sysconfig.get_config_vars()["Py_GIL_DISABLED"] = 1
        del sys.argv[0]
        runpy.run_path(sys.argv[0], run_name="__main__")
        """);
    return new Interpreter(name, all, environment, onJvm);
  }

  /**
   * Plait: {@code bin/plait} of the checkout, or the command in {@code PLAIT_COMMAND} (split at
   * blanks).
   */
  public static Interpreter plait(Checkout checkout, Mode mode) {
    String set = System.getenv("PLAIT_COMMAND");
    List<String> command = new ArrayList<>();
    if (set != null) {
      command.addAll(List.of(set.strip().split("\\s+")));
    } else {
      command.add(checkout.root().resolve("bin/plait").toString());
    }
    boolean onJvm = command.getFirst().endsWith("plait");
    if (onJvm) {
      command.addAll(mode.options());
    }
    Map<String, String> environment = new LinkedHashMap<>();
    for (String name : List.of("JAVA_HOME", "PLAIT_JAVA_OPTS")) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    return new Interpreter("Plait", command, environment, onJvm);
  }

  /**
   * The same interpreter, able to import CPython's {@code test} package and the stand-ins of {@code
   * conformance/testlib}: they are linked into the home of the checkout, where CPython has its
   * tests, too; an interpreter that runs from elsewhere gets them by {@code PYTHONPATH}.
   */
  Interpreter withTests(Checkout checkout, Path testPackage) {
    if (!onJvm) {
      return this;
    }
    Path lib = checkout.root().resolve("target/plait-home/lib/python3.14");
    boolean own = command.getFirst().equals(checkout.root().resolve("bin/plait").toString());
    if (own && Files.isDirectory(lib)) {
      linkTests(lib, checkout, testPackage);
      return this;
    }
    Path folder = checkout.conformance().resolve("target/testlib");
    linkTests(folder, checkout, testPackage);
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put("PYTHONPATH", folder.toString());
    return new Interpreter(name, command, more, onJvm);
  }

  /**
   * The same interpreter for one module. {@code test_interpreters} leaves itself out of builds
   * without a GIL, in each interpreter that it makes: {@code testlib/gilbuild} lifts that.
   */
  Interpreter forModule(String module, Checkout checkout) {
    if (!onJvm || !module.equals("test_interpreters")) {
      return this;
    }
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.merge(
        "PYTHONPATH",
        checkout.conformance().resolve("testlib/gilbuild").toString(),
        (path, first) -> first + ":" + path);
    return new Interpreter(name, command, more, onJvm);
  }

  private static void linkTests(Path folder, Checkout checkout, Path testPackage) {
    link(folder.resolve("test"), testPackage);
    try (Stream<Path> files = Files.list(checkout.conformance().resolve("testlib"))) {
      files
          .filter(file -> file.toString().endsWith(".py"))
          .forEach(file -> link(folder.resolve(file.getFileName()), file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path link, Path target) {
    try {
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).equals(target)) {
        return;
      }
      Files.createDirectories(link.getParent());
      Files.deleteIfExists(link);
      Files.createSymbolicLink(link, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line that runs these arguments. */
  public List<String> with(String... arguments) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    return all;
  }
}
