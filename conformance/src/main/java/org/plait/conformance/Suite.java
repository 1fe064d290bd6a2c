package org.plait.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;

/**
 * Runs modules on Plait and, where no result of this oracle is cached, on CPython. Threads may
 * share one.
 */
public final class Suite {
  private static final double ORACLE_TEST_SECONDS = 300;

  /** Modules that CPython's builds with a GIL leave out. */
  private static final Set<String> FREE_THREADED = Set.of("test_free_threading");

  private final Checkout checkout;
  private final Mode mode;
  private final double testSeconds;
  private final double moduleSeconds;
  private final Path oracle;
  private final Path driver;
  private final Path baseline;
  private final Interpreter plait;

  /**
   * @param testSeconds time limit of a test, unless it takes the oracle more than a twentieth of it
   * @param moduleSeconds time limit of a module
   */
  public Suite(Checkout checkout, Mode mode, double testSeconds, double moduleSeconds) {
    this.checkout = checkout;
    this.mode = mode;
    this.testSeconds = testSeconds;
    this.moduleSeconds = moduleSeconds;
    this.oracle = checkout.oracle();
    this.driver = checkout.driver();
    this.baseline = checkout.baseline().resolve(version());
    this.plait = Interpreter.plait(checkout, mode).withTests(checkout, testPackage());
  }

  /** What CPython makes of the module, from the cache if it is there. */
  ModuleResult baseline(String module) {
    Path file = baseline.resolve(module + ".tsv");
    if (Files.exists(file)) {
      return ModuleResult.load(module, file);
    }
    ModuleRun.Limits limits =
        new ModuleRun.Limits(ORACLE_TEST_SECONDS, 1, 3 * moduleSeconds, Map.of());
    Interpreter cpython = Interpreter.oracle(oracle);
    if (FREE_THREADED.contains(module)) {
      cpython = cpython.asFreeThreaded();
    }
    ModuleResult result =
        new ModuleRun(cpython, driver, testPackage(), baseline.resolve("logs"), limits).run(module);
    result.save(file);
    return result;
  }

  /** Runs a module on Plait. */
  Report run(String module) {
    ModuleResult expected = baseline(module);
    ModuleRun.Limits limits =
        new ModuleRun.Limits(testSeconds, 20, moduleSeconds, expected.outcomes());
    Path folder = checkout.work().resolve(mode.label());
    Interpreter interpreter = plait.forModule(module, checkout);
    ModuleResult result =
        new ModuleRun(interpreter, driver, testPackage(), folder, limits).run(module);
    result.save(folder.resolve(module + ".tsv"));
    return new Report(expected, result, Ledger.load(checkout.ledger(), module), mode);
  }

  /** What the last run left, without running anything. */
  Report last(String module) {
    Path file = checkout.work().resolve(mode.label()).resolve(module + ".tsv");
    return new Report(
        baseline(module),
        ModuleResult.load(module, file),
        Ledger.load(checkout.ledger(), module),
        mode);
  }

  private Path testPackage() {
    return oracle.resolve("lib/python3.14/test");
  }

  /** A baseline holds for one build of CPython under one driver. */
  private String version() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(Files.readAllBytes(oracle.resolve("bin/python3.14")));
      digest.update(Files.readAllBytes(driver));
      Path library = oracle.resolve("lib/libpython3.14.so.1.0");
      Path shared = Files.exists(library) ? library : oracle.resolve("libpython3.14.so.1.0");
      if (Files.exists(shared)) {
        digest.update(Files.readAllBytes(shared));
      }
      digest.update(BigInteger.valueOf(Runtime.getRuntime().availableProcessors()).toByteArray());
      return HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
