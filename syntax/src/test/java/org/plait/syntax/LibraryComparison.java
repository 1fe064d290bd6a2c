package org.plait.syntax;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.plait.syntax.parser.ParseOptions;
import org.plait.syntax.parser.PythonParser;
import org.plait.syntax.parser.PythonParser.Mode;
import org.plait.syntax.source.PySyntaxError;
import org.plait.syntax.source.SourceDecoder;

/**
 * Compares the trees of many files with CPython's. Not a test of the build, as it needs a CPython:
 * the argument is a file that {@code oracle.py hashes} wrote, with a digest and a path per line.
 */
final class LibraryComparison {
  private LibraryComparison() {}

  public static void main(String[] args) throws IOException, NoSuchAlgorithmException {
    int same = 0;
    int different = 0;
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      int space = line.indexOf(' ');
      String expected = line.substring(0, space);
      Path path = Path.of(line.substring(space + 1));
      String got = digest(Files.readAllBytes(path));
      if (got.equals(expected) || (got.startsWith("error:") && expected.startsWith("error:"))) {
        same++;
      } else {
        different++;
        System.out.println(path + ": " + got);
      }
    }
    System.out.println(same + " the same, " + different + " different");
  }

  private static String digest(byte[] source) throws NoSuchAlgorithmException {
    try {
      String tree =
          TreeDump.of(
              PythonParser.parse(source, Mode.EXEC, ParseOptions.DEFAULT, SourceDecoder.PLATFORM));
      byte[] md5 = MessageDigest.getInstance("MD5").digest(tree.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(md5);
    } catch (PySyntaxError e) {
      return "error:" + e.message();
    }
  }
}
