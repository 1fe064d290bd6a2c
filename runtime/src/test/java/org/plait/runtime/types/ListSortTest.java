package org.plait.runtime.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plait.runtime.object.PyObject;

class ListSortTest {
  private static PyObject[] numbers(Random random, int n, int range) {
    PyObject[] a = new PyObject[n];
    Arrays.setAll(a, i -> PyInt.of(random.nextInt(range)));
    return a;
  }

  private static long value(PyObject o) {
    return ((PyInt) o).longValue();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 31, 64, 65, 100, 1000, 5000})
  void sortsLikeJava(int n) {
    Random random = new Random(n);
    for (int range : new int[] {2, 10, 1 << 20}) {
      PyObject[] a = numbers(random, n, range);
      // Runs both ways.
      Arrays.sort(a, 0, n / 3, Comparator.comparingLong(ListSortTest::value));
      Arrays.sort(a, n / 2, n, Comparator.comparingLong(ListSortTest::value).reversed());
      PyObject[] expected = a.clone();
      Arrays.sort(expected, Comparator.comparingLong(ListSortTest::value));
      ListSort.sort(a, null, (x, y) -> value(x) < value(y));
      assertThat(a)
          .extracting(ListSortTest::value)
          .containsExactly(Arrays.stream(expected).map(ListSortTest::value).toArray(Long[]::new));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 3000})
  void keepsTheOrderOfEqualKeys(int n) {
    PyObject[] keys = numbers(new Random(n), n, 7);
    PyObject[] values = new PyObject[n];
    Arrays.setAll(values, i -> PyInt.of(i));
    ListSort.sort(keys, values, (x, y) -> value(x) < value(y));
    for (int i = 1; i < n; i++) {
      assertThat(value(keys[i - 1])).isLessThanOrEqualTo(value(keys[i]));
      if (value(keys[i - 1]) == value(keys[i])) {
        assertThat(value(values[i - 1])).isLessThan(value(values[i]));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 3000})
  void anyComparisonGivesAPermutation(int n) {
    Random random = new Random(n);
    PyObject[] a = new PyObject[n];
    Arrays.setAll(a, i -> PyInt.of(i));
    PyObject[] before = a.clone();
    ListSort.sort(a, null, (x, y) -> random.nextBoolean());
    assertThat(a).containsExactlyInAnyOrder(before);
  }
}
