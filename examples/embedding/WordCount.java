import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.plait.embed.Plait;
import org.plait.embed.PlaitException;
import org.plait.embed.PlaitValue;

/** Counts words in Python on four Java threads at once, into a map of Java's. */
public class WordCount {
  private static final String PYTHON =
      """
      import re

      def count(text):
          for word in re.findall(r"[a-z]+", text.lower()):
              found(word, 1)
      """;

  public static void main(String[] args) throws InterruptedException {
    ConcurrentHashMap<String, Long> words = new ConcurrentHashMap<>();
    try (Plait plait = Plait.create()) {
      plait.set("found", (BiConsumer<String, Long>) (word, n) -> words.merge(word, n, Long::sum));
      plait.exec(PYTHON);
      PlaitValue count = plait.get("count");
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        threads.add(Thread.ofVirtual().start(() -> count.call("The cat and the other cat")));
      }
      for (Thread t : threads) {
        t.join();
      }
      plait.set("words", words);
      plait.exec("for word, n in sorted(words.items()): print(f'{word:6}{n:3}')");
      try {
        plait.exec("count(None)");
      } catch (PlaitException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
