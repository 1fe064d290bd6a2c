package org.plait.host;

/** The machine we run on, as far as C structures and constants differ. */
public final class Platform {
  /** Whether the processor is 64-bit ARM; otherwise it is x86_64. */
  public static final boolean AARCH64 = "aarch64".equals(System.getProperty("os.arch"));

  public static final boolean LINUX = "Linux".equals(System.getProperty("os.name"));

  /**
   * Whether {@code String}-typed paths reach the kernel as UTF-8, so that JDK file calls can be
   * used.
   */
  public static final boolean UTF8_PATHS =
      "UTF-8".equalsIgnoreCase(System.getProperty("sun.jnu.encoding"));

  private Platform() {}
}
