package org.plait.host.net;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.plait.host.Errno;
import org.plait.host.Fn;
import org.plait.host.HostException;
import org.plait.host.Scratch;
import org.plait.host.process.CLocale;
import org.plait.host.wait.BlockingPool;
import org.plait.host.wait.PoolCall;

/**
 * Names and numbers of hosts, services, protocols and interfaces, as the C library resolves them.
 *
 * <p>What may ask a server runs in the pool. The old calls that answer in memory of the C library's
 * own (gethostbyname…, getservby…, getprotoby…) are serialized by this class's monitor, which only
 * threads of the pool wait for.
 */
public final class Resolver {
  public static final int AI_NUMERICHOST = 4;
  public static final int EAI_NONAME = -2;
  public static final int EAI_SYSTEM = -11;

  private static final int SIZEOF_ADDRINFO = 48;
  private static final int NI_MAXHOST = 1025;
  private static final int NI_MAXSERV = 32;

  private static final Fn GETADDRINFO = new Fn("getaddrinfo");
  private static final Fn FREEADDRINFO = new Fn("freeaddrinfo");
  private static final Fn GETNAMEINFO = new Fn("getnameinfo");
  private static final Fn GAI_STRERROR = new Fn("gai_strerror");
  private static final Fn GETHOSTBYNAME = new Fn("gethostbyname");
  private static final Fn GETHOSTBYADDR = new Fn("gethostbyaddr");
  private static final Fn H_ERRNO = new Fn("__h_errno_location");
  private static final Fn HSTRERROR = new Fn("hstrerror");
  private static final Fn GETSERVBYNAME = new Fn("getservbyname");
  private static final Fn GETSERVBYPORT = new Fn("getservbyport");
  private static final Fn GETPROTOBYNAME = new Fn("getprotobyname");
  private static final Fn INET_PTON = new Fn("inet_pton");
  private static final Fn INET_NTOP = new Fn("inet_ntop");
  private static final Fn INET_ATON = new Fn("inet_aton");
  private static final Fn IF_NAMEINDEX = new Fn("if_nameindex");
  private static final Fn IF_FREENAMEINDEX = new Fn("if_freenameindex");
  private static final Fn IF_NAMETOINDEX = new Fn("if_nametoindex");
  private static final Fn IF_INDEXTONAME = new Fn("if_indextoname");

  private Resolver() {}

  /**
   * One answer of getaddrinfo.
   *
   * @param canonicalName null unless asked for
   */
  public record AddrInfo(
      int family, int type, int protocol, byte @Nullable [] canonicalName, SockAddr address) {}

  /**
   * What getaddrinfo is asked.
   *
   * @param host null for the wildcard or loopback address
   * @param service name or number, null for none
   */
  public record Query(
      byte @Nullable [] host,
      byte @Nullable [] service,
      int family,
      int type,
      int protocol,
      int flags) {}

  /** Answers without asking anybody when the host is a number or null; null otherwise. */
  public static @Nullable List<AddrInfo> tryNumeric(Query q) {
    try {
      return resolve(
          new Query(
              q.host(),
              q.service(),
              q.family(),
              q.type(),
              q.protocol(),
              q.flags() | AI_NUMERICHOST));
    } catch (ResolveException e) {
      if (e.code() == EAI_NONAME && (q.flags() & AI_NUMERICHOST) == 0) {
        return null;
      }
      throw e;
    }
  }

  /** Asks in the pool; the call fails with {@link ResolveException} or {@link HostException}. */
  public static PoolCall<List<AddrInfo>> getaddrinfo(Query q) {
    return BlockingPool.submit(() -> resolve(q));
  }

  private static List<AddrInfo> resolve(Query q) {
    CLocale.ensure();
    byte[] host = q.host();
    byte[] service = q.service();
    long size = (host == null ? 0 : host.length) + (service == null ? 0L : service.length);
    try (Scratch s = Scratch.take(size)) {
      int hints = s.allocZero(SIZEOF_ADDRINFO);
      s.putInt(hints, q.flags());
      s.putInt(hints + 4, q.family());
      s.putInt(hints + 8, q.type());
      s.putInt(hints + 12, q.protocol());
      int result = s.allocZero(8);
      int code =
          (int)
              GETADDRINFO.call(
                  s,
                  host == null ? 0 : s.cstr(host),
                  service == null ? 0 : s.cstr(service),
                  s.ptr(hints),
                  s.ptr(result));
      check(s, code);
      List<AddrInfo> all = new ArrayList<>();
      for (long p = s.getLong(result); p != 0; ) {
        ByteBuffer b = Scratch.at(p, SIZEOF_ADDRINFO);
        long name = b.getLong(32);
        all.add(
            new AddrInfo(
                b.getInt(4),
                b.getInt(8),
                b.getInt(12),
                name == 0 ? null : Scratch.stringAt(name),
                SockAddr.decode(Scratch.bytesAt(b.getLong(24), b.getInt(16)))));
        p = b.getLong(40);
      }
      FREEADDRINFO.call(s, s.getLong(result));
      return all;
    }
  }

  private static void check(Scratch s, int code) {
    if (code == EAI_SYSTEM) {
      throw new HostException(s.errno(), "getaddrinfo");
    }
    if (code != 0) {
      throw new ResolveException(code, false, text(GAI_STRERROR.call(s, code)));
    }
  }

  private static String text(long address) {
    return new String(Scratch.stringAt(address), StandardCharsets.UTF_8);
  }

  /** Host and service names of an address, {host, service}; NI_* flags. */
  public static PoolCall<byte[][]> getnameinfo(SockAddr address, int flags) {
    return BlockingPool.submit(() -> nameinfo(address, flags));
  }

  /** The same at once, for flags NI_NUMERICHOST and NI_NUMERICSERV, which ask nobody. */
  public static byte[][] nameinfo(SockAddr address, int flags) {
    CLocale.ensure();
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(SockAddr.SIZEOF_STORAGE);
      int size = SockAddr.encode(s, at, address);
      int host = s.allocZero(NI_MAXHOST);
      int service = s.allocZero(NI_MAXSERV);
      check(
          s,
          (int)
              GETNAMEINFO.call(
                  s, s.ptr(at), size, s.ptr(host), NI_MAXHOST, s.ptr(service), NI_MAXSERV, flags));
      return new byte[][] {s.getString(host, NI_MAXHOST), s.getString(service, NI_MAXSERV)};
    }
  }

  /** struct hostent; addresses as bytes. */
  public record Host(byte[] name, List<byte[]> aliases, int family, List<byte[]> addresses) {}

  /** gethostbyname: IPv4 only. */
  public static PoolCall<Host> gethostbyname(byte[] name) {
    byte[] copy = name.clone();
    return BlockingPool.submit(
        () -> {
          synchronized (Resolver.class) {
            try (Scratch s = Scratch.take(copy.length)) {
              return host(s, GETHOSTBYNAME.call(s, s.cstr(copy)));
            }
          }
        });
  }

  /** gethostbyaddr of an IPv4 or IPv6 address. */
  public static PoolCall<Host> gethostbyaddr(byte[] address, int family) {
    byte[] copy = address.clone();
    return BlockingPool.submit(
        () -> {
          synchronized (Resolver.class) {
            try (Scratch s = Scratch.take()) {
              int at = s.put(copy, 0, copy.length);
              return host(s, GETHOSTBYADDR.call(s, s.ptr(at), copy.length, family));
            }
          }
        });
  }

  private static Host host(Scratch s, long p) {
    if (p == 0) {
      CLocale.ensure();
      int code = Scratch.at(H_ERRNO.call(s), 4).getInt(0);
      throw new ResolveException(code, true, text(HSTRERROR.call(s, code)));
    }
    ByteBuffer b = Scratch.at(p, 32);
    int length = b.getInt(20);
    List<byte[]> addresses = new ArrayList<>();
    for (long entry : pointers(b.getLong(24))) {
      addresses.add(Scratch.bytesAt(entry, length));
    }
    return new Host(Scratch.stringAt(b.getLong(0)), strings(b.getLong(8)), b.getInt(16), addresses);
  }

  private static List<Long> pointers(long list) {
    List<Long> all = new ArrayList<>();
    if (list == 0) {
      return all;
    }
    long p;
    for (int i = 0; (p = Scratch.at(list + 8L * i, 8).getLong(0)) != 0; i++) {
      all.add(p);
    }
    return all;
  }

  private static List<byte[]> strings(long list) {
    List<byte[]> all = new ArrayList<>();
    for (long p : pointers(list)) {
      all.add(Scratch.stringAt(p));
    }
    return all;
  }

  /** The port of a service, or -1; protocol null for any. */
  public static PoolCall<Integer> getservbyname(byte[] name, byte @Nullable [] protocol) {
    return BlockingPool.submit(
        () -> {
          synchronized (Resolver.class) {
            try (Scratch s = Scratch.take(name.length)) {
              long p = GETSERVBYNAME.call(s, s.cstr(name), protocol == null ? 0 : s.cstr(protocol));
              return p == 0 ? -1 : swap(Scratch.at(p, 32).getInt(16));
            }
          }
        });
  }

  /** The name of a service, or null. */
  public static PoolCall<byte @Nullable []> getservbyport(int port, byte @Nullable [] protocol) {
    return BlockingPool.submit(
        () -> {
          synchronized (Resolver.class) {
            try (Scratch s = Scratch.take()) {
              long p = GETSERVBYPORT.call(s, swap(port), protocol == null ? 0 : s.cstr(protocol));
              return p == 0 ? null : Scratch.stringAt(Scratch.at(p, 32).getLong(0));
            }
          }
        });
  }

  private static int swap(int port) {
    return (port & 0xff) << 8 | (port >> 8 & 0xff);
  }

  /** The number of a protocol, or -1. */
  public static PoolCall<Integer> getprotobyname(byte[] name) {
    return BlockingPool.submit(
        () -> {
          synchronized (Resolver.class) {
            try (Scratch s = Scratch.take(name.length)) {
              long p = GETPROTOBYNAME.call(s, s.cstr(name));
              return p == 0 ? -1 : Scratch.at(p, 24).getInt(16);
            }
          }
        });
  }

  /**
   * The bytes of an address in text.
   *
   * @return null when it is none
   * @throws HostException EAFNOSUPPORT
   */
  public static byte @Nullable [] inetPton(int family, byte[] text) {
    try (Scratch s = Scratch.take(text.length)) {
      int at = s.allocZero(16);
      int r = INET_PTON.callInt(s, family, s.cstr(text), s.ptr(at));
      return r == 0 ? null : s.getBytes(at, family == SockAddr.AF_INET ? 4 : 16);
    }
  }

  public static byte[] inetNtop(int family, byte[] address) {
    try (Scratch s = Scratch.take()) {
      int at = s.put(address, 0, address.length);
      int out = s.alloc(64);
      if (INET_NTOP.call(s, family, s.ptr(at), s.ptr(out), 64) == 0) {
        throw new HostException(s.errno(), "inet_ntop");
      }
      return s.getString(out, 64);
    }
  }

  /** The bytes of an IPv4 address in any of the old spellings, or null. */
  public static byte @Nullable [] inetAton(byte[] text) {
    try (Scratch s = Scratch.take(text.length)) {
      int at = s.allocZero(4);
      return (int) INET_ATON.call(s, s.cstr(text), s.ptr(at)) == 0 ? null : s.getBytes(at, 4);
    }
  }

  /** A network interface. */
  public record Interface(int index, byte[] name) {}

  public static List<Interface> interfaces() {
    try (Scratch s = Scratch.take()) {
      long list = IF_NAMEINDEX.call(s);
      if (list == 0) {
        throw new HostException(s.errno(), "if_nameindex");
      }
      List<Interface> all = new ArrayList<>();
      for (int i = 0; ; i++) {
        ByteBuffer b = Scratch.at(list + 16L * i, 16);
        if (b.getInt(0) == 0) {
          break;
        }
        all.add(new Interface(b.getInt(0), Scratch.stringAt(b.getLong(8))));
      }
      IF_FREENAMEINDEX.call(s, list);
      return all;
    }
  }

  public static int interfaceIndex(byte[] name) {
    try (Scratch s = Scratch.take(name.length)) {
      int index = (int) IF_NAMETOINDEX.call(s, s.cstr(name));
      if (index == 0) {
        throw new HostException(s.errno() == 0 ? Errno.ENODEV : s.errno(), "if_nametoindex");
      }
      return index;
    }
  }

  public static byte[] interfaceName(int index) {
    try (Scratch s = Scratch.take()) {
      int at = s.allocZero(32);
      if (IF_INDEXTONAME.call(s, index, s.ptr(at)) == 0) {
        throw new HostException(s.errno(), "if_indextoname");
      }
      return s.getString(at, 32);
    }
  }
}
