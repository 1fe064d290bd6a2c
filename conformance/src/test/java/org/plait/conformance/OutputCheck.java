package org.plait.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .check} file: what a program's output must look like whose order or numbers may vary.
 * The format stands in {@code examples/README.md}.
 *
 * <p>{@code print} writes a text and its line's end in two steps, so the ends of lines of threads
 * that print at once may come in any order, in CPython, too: line ends between the texts are
 * skipped, and counted.
 */
final class OutputCheck {
  private record Block(List<String> lines) {}

  private final List<Block> blocks = new ArrayList<>();
  private double minSeconds;
  private double maxSeconds = Double.MAX_VALUE;
  private long bound = Long.MAX_VALUE;
  private int tries = 1;

  private OutputCheck() {}

  static OutputCheck parse(List<String> lines) {
    OutputCheck check = new OutputCheck();
    for (String line : lines) {
      if (line.startsWith("  ")) {
        check.last().lines().add(line.substring(2));
        continue;
      }
      String[] words = line.strip().split(" +");
      switch (words[0]) {
        case "seconds" -> {
          check.minSeconds = Double.parseDouble(words[1]);
          check.maxSeconds = Double.parseDouble(words[2]);
        }
        case "less-than" -> {
          check.bound = Long.parseLong(words[1]);
          check.tries = Integer.parseInt(words[3]);
        }
        case "then", "any-order" -> check.blocks.add(new Block(new ArrayList<>()));
        default -> throw new IllegalArgumentException("unknown line in a .check file: " + line);
      }
    }
    return check;
  }

  private Block last() {
    return blocks.getLast();
  }

  double minSeconds() {
    return minSeconds;
  }

  double maxSeconds() {
    return maxSeconds;
  }

  /** How often the program may be run until its number is below the bound. */
  int tries() {
    return tries;
  }

  boolean wantsSmallerNumber() {
    return bound != Long.MAX_VALUE;
  }

  /** Whether the number found by {@link #mismatch} was below the bound. */
  boolean below(long number) {
    return number < bound;
  }

  /** What the first group of a pattern matched, after {@link #mismatch} found none. */
  @Nullable Long number;

  /** What is wrong with an output; null when it is as it must be. */
  @Nullable String mismatch(String output) {
    number = null;
    int at = 0;
    int count = 0;
    for (Block block : blocks) {
      List<String> open = new ArrayList<>(block.lines());
      count += open.size();
      while (!open.isEmpty()) {
        int end = -1;
        String found = null;
        at = skipEnds(output, at);
        for (String line : open) {
          end = end(line, output, at);
          if (end >= 0) {
            found = line;
            break;
          }
        }
        if (found == null) {
          return "want one of " + open + " at: " + output.substring(at);
        }
        open.remove(found);
        at = end;
      }
    }
    at = skipEnds(output, at);
    if (at != output.length()) {
      return "unexpected at the end: " + output.substring(at);
    }
    long ends = output.chars().filter(c -> c == '\n').count();
    return ends == count ? null : "want " + count + " lines, got " + ends;
  }

  private static int skipEnds(String text, int at) {
    int end = at;
    while (end < text.length() && text.charAt(end) == '\n') {
      end++;
    }
    return end;
  }

  /** Where a line of the check ends if it matches here, or -1. */
  private int end(String line, String text, int at) {
    if (!line.startsWith("~")) {
      return text.startsWith(line, at) ? at + line.length() : -1;
    }
    int lineEnd = text.indexOf('\n', at);
    Matcher matcher =
        Pattern.compile(line.substring(1))
            .matcher(text)
            .region(at, lineEnd < 0 ? text.length() : lineEnd);
    if (!matcher.lookingAt()) {
      return -1;
    }
    if (matcher.groupCount() > 0 && number == null) {
      number = Long.valueOf(matcher.group(1));
    }
    return matcher.end();
  }
}
