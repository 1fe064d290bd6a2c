package org.plait.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.plait.runtime.text.FloatText;
import org.plait.runtime.text.FormatSpec;

/** Texts of floats. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class NumberTextBenchmark {
  @Param({"1.25", "1234567.891", "1e300"})
  private double number;

  /** {@code repr(number)}. */
  @Benchmark
  public String repr() {
    return FloatText.repr(number);
  }

  /** {@code format(number, ',.2f')}. */
  @Benchmark
  public String fixed() {
    return FormatSpec.parse(",.2f", FormatSpec.Target.FLOAT).format(number);
  }

  /** {@code format(number, '>12.3e')}. */
  @Benchmark
  public String exponent() {
    return FormatSpec.parse(">12.3e", FormatSpec.Target.FLOAT).format(number);
  }

  /** {@code float(repr(number))}. */
  @Benchmark
  public double parse() {
    return FloatText.parse(FloatText.repr(number));
  }
}
