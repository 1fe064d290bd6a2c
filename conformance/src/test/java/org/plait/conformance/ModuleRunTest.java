package org.plait.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runner, tried on a {@code test} package of its own under CPython. */
class ModuleRunTest {
  @TempDir Path folder;
  private final Checkout checkout = Checkout.find();

  @BeforeEach
  void makePackage() throws IOException {
    write("__init__.py", "");
    write("support/__init__.py", "def gc_collect(): pass\ndef reap_children(): pass\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve("test").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ModuleResult run(String module, double testSeconds) {
    Interpreter oracle = Interpreter.oracle(checkout.oracle());
    Map<String, String> environment = new LinkedHashMap<>(oracle.environment());
    environment.put("PYTHONPATH", folder.toString());
    return new ModuleRun(
            new Interpreter("CPython", oracle.command(), environment, false),
            checkout.driver(),
            folder.resolve("test"),
            folder.resolve("logs"),
            new ModuleRun.Limits(testSeconds, 1, 60, Map.of()))
        .run(module);
  }

  private static String states(ModuleResult result) {
    StringBuilder text = new StringBuilder();
    result
        .outcomes()
        .forEach(
            (id, outcome) ->
                text.append(id.substring(id.lastIndexOf('.') + 1))
                    .append(' ')
                    .append(outcome.state().label())
                    .append(' ')
                    .append(outcome.reason())
                    .append('\n'));
    return text.toString();
  }

  @Test
  void everyKindOfEnd() throws IOException {
    write(
        "test_kinds.py",
        """
        import os, time, unittest
        class T(unittest.TestCase):
            def test_a_pass(self): pass
            def test_b_fail(self): self.assertEqual(1, 2)
            def test_c_error(self): raise ValueError("two\\nlines")
            @unittest.skip("no time")
            def test_d_skip(self): pass
            @unittest.expectedFailure
            def test_e_expected(self): self.fail()
            @unittest.expectedFailure
            def test_f_unexpected(self): pass
            def test_g_sub(self):
                for i in range(4):
                    with self.subTest(i=i): self.assertNotEqual(i, 2)
            def test_h_crash(self): os._exit(7)
            def test_i_after(self): pass
            def test_j_hang(self): time.sleep(1000)
            def test_k_after(self): pass
        """);
    ModuleResult result = run("test_kinds", 3);
    assertThat(states(result))
        .isEqualTo(
            """
            test_a_pass pass\s
            test_b_fail fail AssertionError: 1 != 2
            test_c_error fail ValueError: two
            test_d_skip skip no time
            test_e_expected pass\s
            test_f_unexpected fail unexpected success
            test_g_sub fail AssertionError: 2 == 2
            test_h_crash crash exit code 7
            test_i_after pass\s
            test_j_hang hang hang: no end after 3 s
            test_k_after pass\s
            """);
    assertThat(result.outcomes()).containsKey("test_kinds.T.test_a_pass");
  }

  @Test
  void fixturesAndDoctests() throws IOException {
    write(
        "test_fixtures.py",
        """
        import doctest, os, unittest
        class Bad(unittest.TestCase):
            @classmethod
            def setUpClass(cls): raise OSError("no port")
            def test_never(self): pass
        class Dies(unittest.TestCase):
            @classmethod
            def setUpClass(cls): os._exit(3)
            def test_one(self): pass
        class Good(unittest.TestCase):
            def test_pass(self): pass
        def good():
            '''
            >>> 1 + 1
            2
            '''
        def bad():
            '''
            >>> [].x
            '''
        def load_tests(loader, tests, pattern):
            tests.addTest(doctest.DocTestSuite())
            return tests
        """);
    ModuleResult result = run("test_fixtures", 10);
    assertThat(states(result))
        .isEqualTo(
            """
            test_one crash exit code 3 in a fixture, before this test
            test_pass pass\s
            bad:1 fail AttributeError: 'list' object has no attribute 'x'
            good:1 pass\s
            """);
    assertThat(result.notes())
        .contains("test_fixtures: setUpClass (test.test_fixtures.Bad): OSError: no port");
  }

  @Test
  void whatCannotBeImportedIsNoted() throws IOException {
    write("test_broken.py", "import no_such_module\n");
    write("test_skipped.py", "import unittest\nraise unittest.SkipTest('not here')\n");
    assertThat(run("test_broken", 10).notes())
        .contains("test_broken: ModuleNotFoundError: No module named 'no_such_module'");
    assertThat(run("test_skipped", 10).notes()).contains("test_skipped: skip: not here");
  }
}
