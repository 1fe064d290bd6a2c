package org.plait.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.plait.embed.Plait;
import org.plait.embed.PlaitValue;

/**
 * A Python statement in a loop of a hot function: what one turn costs, the loop's own included.
 * {@code -p statement=...} measures another one; it may use the names of {@link #GLOBALS}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 6, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StatementBenchmark {
  private static final int TURNS = 1000;

  private static final String GLOBALS =
      """
      import collections, io, itertools, json, re
      class A:
          def __init__(self): self.x = 1
          def m(self, y): return self.x + y
      a = A()
      d = {'key': 1, 'other': 2}
      L = [3, 1, 2]
      words = ['a', 'few', 'words']
      s = 'some text'
      line = 'a,b,cc,dddd'
      row = {'name': 'spam', 'price': 12.5}
      big = 3 ** 400
      out = io.StringIO()
      word = re.compile(r'\\w+')
      doc = json.dumps({'a': [1, 2, 3], 'b': 'text'})
      """;

  @Param({
    "pass",
    "a.m(i)",
    "A()",
    "d['key'] = d.get('key', 0) + 1",
    "[x + 1 for x in L]",
    "sum(x for x in L)",
    "sorted(L)",
    "line.split(',')",
    "' '.join(words)",
    "s.upper()",
    "f'<b>{s}</b>'",
    "f'{i * 1.25:,.2f}'",
    "'%s costs %d' % (s, i)",
    "'%(name)s: %(price).2f' % row",
    "str(i)",
    "str(big)",
    "int('1234')",
    "out.seek(0); out.write(s)",
    "word.match(s)",
    "word.sub('-', s)",
    "json.dumps(row)",
    "json.loads(doc)",
    "for x in itertools.chain(L, L): pass",
  })
  private String statement = "pass";

  private final Plait plait = Plait.create();
  private PlaitValue function = plait.eval("None");

  /** Compiles a function around the statement. */
  @Setup(Level.Trial)
  public void define() {
    plait.exec(GLOBALS);
    plait.exec("def run(n):\n for i in range(n):\n  " + statement + "\n");
    function = plait.eval("run");
  }

  /** The function for {@value #TURNS} turns. */
  @Benchmark
  @OperationsPerInvocation(TURNS)
  public PlaitValue statement() {
    return function.call(TURNS);
  }

  /** Ends the interpreter. */
  @TearDown(Level.Trial)
  public void close() {
    plait.close();
  }
}
