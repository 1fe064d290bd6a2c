package org.plait.bench;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyStr;

/** A dict with str keys, used by one thread and by two at once; with its lock in both cases. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DictBenchmark {
  @Param({"10", "100000"})
  private int size;

  private PyStr[] keys = {};

  /** The same texts in other objects. */
  private PyStr[] equalKeys = {};

  private PyDict dict = new PyDict();

  /** A thread's place among the keys. */
  @State(Scope.Thread)
  public static class Place {
    private int at;

    int next(int size) {
      at = at + 1 < size ? at + 1 : 0;
      return at;
    }
  }

  /** Fills the dict. */
  @Setup(Level.Trial)
  public void fill() {
    keys = new PyStr[size];
    equalKeys = new PyStr[size];
    dict = new PyDict();
    for (int i = 0; i < size; i++) {
      keys[i] = PyStr.of("key " + i);
      equalKeys[i] = PyStr.of("key " + i);
      dict.put(keys[i], keys[i]);
    }
  }

  /** A key that is the one in the dict. */
  @Benchmark
  public @Nullable PyObject get(Place place) {
    return dict.get(keys[place.next(size)]);
  }

  /** A key that has to be compared. */
  @Benchmark
  public @Nullable PyObject getEqual(Place place) {
    return dict.get(equalKeys[place.next(size)]);
  }

  /** A new value for a key. */
  @Benchmark
  public void put(Place place) {
    PyStr key = keys[place.next(size)];
    dict.put(key, key);
  }

  /** The same by two threads. */
  @Benchmark
  @Threads(2)
  public void putByTwo(Place place) {
    PyStr key = keys[place.next(size)];
    dict.put(key, key);
  }
}
