package org.plait.runtime.types;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.plait.runtime.exceptions.PyException;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;

/** Containers used by many threads at once: nothing gets lost, and no Java exception comes out. */
class SharedContainersTest {
  private static final int THREADS = 4;
  private static final int STEPS = 20_000;

  private interface Step {
    void run(int thread, int i, Random random);
  }

  /** Runs the step in all threads; Python exceptions are fine, anything else fails the test. */
  private static void together(Step step) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int number = t;
      Random random = new Random(t);
      threads.add(
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < STEPS; i++) {
                    try {
                      step.run(number, i, random);
                    } catch (PyException expected) {
                      continue;
                    }
                  }
                } catch (Throwable e) {
                  failure.compareAndSet(null, e);
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread t : threads) {
      t.join();
    }
    assertThat(failure.get()).isNull();
  }

  private static PyInt number(long n) {
    return PyInt.of(n);
  }

  @Test
  void appendsAndPopsAreNotLost() throws Exception {
    PyList list = new PyList();
    together((t, i, random) -> list.append(number((long) t * STEPS + i)));
    Set<PyObject> popped = new HashSet<>();
    assertThat(list.size()).isEqualTo(THREADS * STEPS);
    together(
        (t, i, random) -> {
          PyObject v = list.pop(-1);
          synchronized (popped) {
            assertThat(popped.add(v)).isTrue();
          }
        });
    assertThat(popped).hasSize(THREADS * STEPS);
    assertThat(list.size()).isZero();
  }

  @Test
  void listsSurviveEveryMixOfOperations() throws Exception {
    PyList list = PyList.of(number(1), number(2), number(3));
    together(
        (t, i, random) -> {
          switch (random.nextInt(10)) {
            case 0, 1 -> list.append(number(i));
            case 2 -> list.pop(0);
            case 3 -> list.insert(random.nextInt(10), number(i));
            case 4 -> list.setItem(random.nextInt(20), number(i));
            case 5 -> list.sort(Py.None, random.nextBoolean());
            case 6 -> list.reverse();
            case 7 ->
                list.setItem(
                    new PySlice(number(2), number(5), Py.None), Py.tuple(number(i), number(t)));
            case 8 -> {
              PyListIterator it = new PyListIterator(list);
              for (int k = 0; k < 50 && it.next() != null; k++) {}
            }
            default -> {
              if (list.size() > 500) {
                list.clear();
              }
            }
          }
        });
    assertThat(list.toArray()).doesNotContainNull().hasSize(list.size());
  }

  @Test
  void dictEntriesAreNotLost() throws Exception {
    PyDict dict = new PyDict();
    together((t, i, random) -> dict.put(number((long) t * STEPS + i), number(i)));
    assertThat(dict.size()).isEqualTo(THREADS * STEPS);
    together(
        (t, i, random) ->
            assertThat(((PyInt) dict.remove(number((long) t * STEPS + i))).longValue())
                .isEqualTo(i));
    assertThat(dict.size()).isZero();
  }

  @Test
  void keysAndValuesOfDictsBelongTogether() throws Exception {
    PyDict dict = new PyDict();
    together(
        (t, i, random) -> {
          PyInt key = number(random.nextInt(100));
          PyInt value = number(2 * key.longValue());
          switch (random.nextInt(7)) {
            case 0, 1 -> dict.put(key, value);
            case 2 -> dict.remove(key);
            case 3 -> assertPair(dict.popLast());
            case 4 -> assertPair(dict.popFirst());
            case 5 -> assertThat(dict.setdefault(key, value)).isEqualTo(value);
            default -> {
              PyDictIterator it = new PyDictIterator.Items(dict);
              for (PyObject o = it.next(); o != null; o = it.next()) {
                assertPair(((PyTuple) o).array());
              }
            }
          }
        });
    assertThat(dict.snapshotKeys()).hasSize(dict.size());
  }

  private static void assertPair(PyObject[] entry) {
    if (entry != null) {
      assertThat(((PyInt) entry[1]).longValue()).isEqualTo(2 * ((PyInt) entry[0]).longValue());
    }
  }

  @Test
  void movedEntriesNeverSeemMissing() throws Exception {
    PyDict dict = new PyDict();
    for (int i = 0; i < 64; i++) {
      dict.put(number(i), number(i));
    }
    together(
        (t, i, random) -> {
          PyInt key = number(random.nextInt(64));
          if (t == 0) {
            dict.move(key, key.hash(), random.nextInt(100) > 0);
          } else {
            assertThat(dict.get(key)).isEqualTo(key);
          }
        });
    assertThat(dict.size()).isEqualTo(64);
  }

  @Test
  void setsSurviveEveryMixOfOperations() throws Exception {
    PySet set = new PySet();
    together(
        (t, i, random) -> {
          PyInt item = number(random.nextInt(100));
          switch (random.nextInt(5)) {
            case 0 -> set.add(item);
            case 1 -> set.discard(item);
            case 2 -> set.update(Py.tuple(item, number(5)));
            case 3 -> set.pop();
            default -> {
              PySetIterator it = new PySetIterator(set);
              while (it.next() != null) {}
            }
          }
        });
    assertThat(set.toArray()).hasSize(set.size());
  }
}
