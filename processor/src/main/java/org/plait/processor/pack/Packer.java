package org.plait.processor.pack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Packs jars into one: {@code Packer OUT MAIN-CLASS JAR-OR-DIRECTORY...}. The jars of Plait are
 * merged; the others are named in the class path of the result's manifest, and belong beside it.
 *
 * <p>The result starts quicker than its parts. Classes lose their pattern switches (see {@link
 * TypeSwitches}), and the list of native modules and the place of the compiler become classes, so
 * that no jar at all is opened when the classes come from an AOT cache. The same input gives the
 * same bytes; a file that has them already is not touched, so that an AOT cache made for it still
 * fits.
 */
public final class Packer {
  private static final String OURS = "plait-";
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);

  private final Map<String, byte[]> entries = new TreeMap<>();
  private final StringBuilder nativeModules = new StringBuilder();
  private final List<String> beside = new ArrayList<>();

  private Packer() {}

  /**
   * @param args the jar to write, its main class, and the jars to pack or directories of them
   * @throws IOException when a jar can't be read or written
   */
  public static void main(String[] args) throws IOException {
    Packer packer = new Packer();
    Path out = Path.of(args[0]);
    for (String jar : Arrays.asList(args).subList(2, args.length)) {
      for (Path each : jars(Path.of(jar))) {
        packer.add(each);
      }
    }
    byte[] packed = packer.pack(args[1]);
    Files.createDirectories(out.toAbsolutePath().getParent());
    if (!Files.exists(out) || !Arrays.equals(Files.readAllBytes(out), packed)) {
      Files.write(out, packed);
    }
  }

  private static List<Path> jars(Path given) throws IOException {
    if (!Files.isDirectory(given)) {
      return List.of(given);
    }
    try (Stream<Path> inside = Files.list(given)) {
      return inside.filter(p -> p.toString().endsWith(".jar")).sorted().toList();
    }
  }

  private void add(Path jar) throws IOException {
    String name = String.valueOf(jar.getFileName());
    if (!name.startsWith(OURS)) {
      beside.add(name);
      return;
    }
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (!entry.isDirectory() && !isOfTheBuild(entry.getName())) {
          add(entry.getName(), read(zip, entry));
        }
      }
    }
  }

  private static boolean isOfTheBuild(String entry) {
    return entry.equals("META-INF/MANIFEST.MF") || entry.startsWith("META-INF/maven/");
  }

  private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private void add(String name, byte[] content) throws IOException {
    if (name.equals(NativeModuleList.RESOURCE)) {
      nativeModules.append(new String(content, StandardCharsets.UTF_8)).append('\n');
    } else if (entries.put(name, content) != null) {
      throw new IOException(name + " is in two jars");
    }
  }

  private byte[] pack(String mainClass) throws IOException {
    TypeSwitches switches = new TypeSwitches(entries);
    String tier = tier();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "META-INF/MANIFEST.MF", manifest(mainClass).getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        byte[] content = entry.getValue();
        if (entry.getKey().equals(NativeModuleList.CLASS_FILE)) {
          content = NativeModuleList.write(nativeModules.toString());
        } else if (entry.getKey().equals(TierFactory.CLASS_FILE) && tier != null) {
          content = TierFactory.write(tier);
        } else if (entry.getKey().endsWith(".class")) {
          content = switches.rewrite(content);
        }
        store(zip, entry.getKey(), content);
      }
    }
    return bytes.toByteArray();
  }

  /** The compiler's class, or null. */
  private @Nullable String tier() {
    byte @Nullable [] services = entries.get(TierFactory.SERVICE);
    return services == null ? null : new String(services, StandardCharsets.UTF_8).strip();
  }

  /** Lines of a manifest hold 72 bytes; longer ones go on in the next, after a blank. */
  private String manifest(String mainClass) {
    StringBuilder text = new StringBuilder();
    for (String line :
        List.of(
            "Manifest-Version: 1.0",
            "Main-Class: " + mainClass,
            "Class-Path: " + String.join(" ", beside))) {
      for (int start = 0, length = 72; start < line.length(); start += length, length = 71) {
        text.append(start == 0 ? "" : " ");
        text.append(line, start, Math.min(line.length(), start + length)).append("\r\n");
      }
    }
    return text.append("\r\n").toString();
  }

  /** Uncompressed: where there is no AOT cache, reading classes is a matter of milliseconds. */
  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
