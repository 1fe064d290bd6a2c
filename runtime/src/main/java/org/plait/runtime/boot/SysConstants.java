package org.plait.runtime.boot;

import java.util.ArrayList;
import java.util.List;
import org.plait.runtime.object.Py;
import org.plait.runtime.object.PyObject;
import org.plait.runtime.types.PyDict;
import org.plait.runtime.types.PyFrozenSet;
import org.plait.runtime.types.PyList;
import org.plait.runtime.types.PyModule;
import org.plait.runtime.types.PySimpleNamespace;
import org.plait.runtime.types.PyStr;
import org.plait.runtime.types.PyStructSequence.Kind;

/** The values of {@code sys} that are facts of the build, the machine and the command line. */
final class SysConstants {
  /** The version of Python that this implements, and of Plait. */
  static final String PYTHON = "3.14.3";

  private static final int HEX_VERSION = 0x030e03f0;

  private static final Kind FLAGS =
      new Kind(
          "sys",
          "flags",
          false,
          18,
          "debug",
          "inspect",
          "interactive",
          "optimize",
          "dont_write_bytecode",
          "no_user_site",
          "no_site",
          "ignore_environment",
          "verbose",
          "bytes_warning",
          "quiet",
          "hash_randomization",
          "isolated",
          "dev_mode",
          "utf8_mode",
          "warn_default_encoding",
          "safe_path",
          "int_max_str_digits",
          "gil",
          "thread_inherit_context",
          "context_aware_warnings");

  private static final Kind VERSION_INFO =
      new Kind(
          "sys", "version_info", false, 5, "major", "minor", "micro", "releaselevel", "serial");

  private static final Kind FLOAT_INFO =
      new Kind(
          "sys",
          "float_info",
          true,
          11,
          "max",
          "max_exp",
          "max_10_exp",
          "min",
          "min_exp",
          "min_10_exp",
          "dig",
          "mant_dig",
          "epsilon",
          "radix",
          "rounds");

  private static final Kind INT_INFO =
      new Kind(
          "sys",
          "int_info",
          true,
          4,
          "bits_per_digit",
          "sizeof_digit",
          "default_max_str_digits",
          "str_digits_check_threshold");

  private static final Kind HASH_INFO =
      new Kind(
          "sys",
          "hash_info",
          true,
          9,
          "width",
          "modulus",
          "inf",
          "nan",
          "imag",
          "algorithm",
          "hash_bits",
          "seed_bits",
          "cutoff");

  private static final Kind THREAD_INFO =
      new Kind("sys", "thread_info", true, 3, "name", "lock", "version");

  static final Kind ASYNCGEN_HOOKS =
      new Kind("builtins", "asyncgen_hooks", true, 2, "firstiter", "finalizer");

  private static final String STDLIB_MODULES =
      "__future__ _abc _aix_support _android_support _apple_support _ast _ast_unparse "
          + "_asyncio _bisect _blake2 _bz2 _codecs _codecs_cn _codecs_hk _codecs_iso2022 "
          + "_codecs_jp _codecs_kr _codecs_tw _collections _collections_abc _colorize "
          + "_compat_pickle _contextvars _csv _ctypes _curses _curses_panel _datetime _dbm "
          + "_decimal _elementtree _frozen_importlib _frozen_importlib_external _functools "
          + "_gdbm _hashlib _heapq _hmac _imp _interpchannels _interpqueues _interpreters _io "
          + "_ios_support _json _locale _lsprof _lzma _markupbase _md5 _multibytecodec "
          + "_multiprocessing _opcode _opcode_metadata _operator _osx_support _overlapped "
          + "_pickle _posixshmem _posixsubprocess _py_abc _py_warnings _pydatetime _pydecimal "
          + "_pyio _pylong _pyrepl _queue _random _remote_debugging _scproxy _sha1 _sha2 _sha3 "
          + "_signal _sitebuiltins _socket _sqlite3 _sre _ssl _stat _statistics _string "
          + "_strptime _struct _suggestions _symtable _sysconfig _thread _threading_local "
          + "_tkinter _tokenize _tracemalloc _types _typing _uuid _warnings _weakref "
          + "_weakrefset _winapi _wmi _zoneinfo _zstd abc annotationlib antigravity argparse "
          + "array ast asyncio atexit base64 bdb binascii bisect builtins bz2 cProfile "
          + "calendar cmath cmd code codecs codeop collections colorsys compileall compression "
          + "concurrent configparser contextlib contextvars copy copyreg csv ctypes curses "
          + "dataclasses datetime dbm decimal difflib dis doctest email encodings ensurepip "
          + "enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib "
          + "functools gc genericpath getopt getpass gettext glob graphlib grp gzip hashlib "
          + "heapq hmac html http idlelib imaplib importlib inspect io ipaddress itertools "
          + "json keyword linecache locale logging lzma mailbox marshal math mimetypes mmap "
          + "modulefinder msvcrt multiprocessing netrc nt ntpath nturl2path numbers opcode "
          + "operator optparse os pathlib pdb pickle pickletools pkgutil platform plistlib "
          + "poplib posix posixpath pprint profile pstats pty pwd py_compile pyclbr pydoc "
          + "pydoc_data pyexpat queue quopri random re readline reprlib resource rlcompleter "
          + "runpy sched secrets select selectors shelve shlex shutil signal site smtplib "
          + "socket socketserver sqlite3 sre_compile sre_constants sre_parse ssl stat "
          + "statistics string stringprep struct subprocess symtable sys sysconfig syslog "
          + "tabnanny tarfile tempfile termios textwrap this threading time timeit tkinter "
          + "token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types "
          + "typing unicodedata unittest urllib uuid venv warnings wave weakref webbrowser "
          + "winreg winsound wsgiref xml xmlrpc zipapp zipfile zipimport zlib zoneinfo";

  private SysConstants() {}

  static void fill(PyModule m) {
    BootOptions o = BootOptions.current();
    PyObject version =
        VERSION_INFO.make(Py.int_(3), Py.int_(14), Py.int_(3), PyStr.of("final"), Py.int_(0));
    m.add("version_info", version);
    m.add("hexversion", Py.int_(HEX_VERSION));
    m.add("version", PyStr.of(versionText()));
    m.add(
        "copyright",
        PyStr.of("Copyright the Plait authors. Licensed under the Apache License 2.0."));
    m.add("api_version", Py.int_(1013));
    m.add("abiflags", PyStr.of("t"));
    m.add("platform", PyStr.of(org.plait.host.Platform.LINUX ? "linux" : "darwin"));
    m.add("byteorder", PyStr.of("little"));
    m.add("maxsize", Py.int_(Long.MAX_VALUE));
    m.add("maxunicode", Py.int_(0x10ffff));
    m.add("float_repr_style", PyStr.of("short"));
    m.add("platlibdir", PyStr.of("lib"));
    m.add("_framework", Py.EmptyStr);
    m.add("_git", Py.tuple(PyStr.of("Plait"), Py.EmptyStr, Py.EmptyStr));
    m.add(
        "float_info",
        FLOAT_INFO.make(
            Py.float_(Double.MAX_VALUE),
            Py.int_(1024),
            Py.int_(308),
            Py.float_(Double.MIN_NORMAL),
            Py.int_(-1021),
            Py.int_(-307),
            Py.int_(15),
            Py.int_(53),
            Py.float_(Math.ulp(1.0)),
            Py.int_(2),
            Py.int_(1)));
    m.add("int_info", INT_INFO.make(Py.int_(30), Py.int_(4), Py.int_(4300), Py.int_(640)));
    m.add(
        "hash_info",
        HASH_INFO.make(
            Py.int_(64),
            Py.int_((1L << 61) - 1),
            Py.int_(314159),
            Py.int_(0),
            Py.int_(1000003),
            PyStr.of("mix64"),
            Py.int_(64),
            Py.int_(64),
            Py.int_(0)));
    m.add(
        "thread_info",
        THREAD_INFO.make(
            PyStr.of("pthread"),
            PyStr.of("semaphore"),
            PyStr.of("JVM " + System.getProperty("java.version"))));
    m.add("flags", flags(o));
    m.add("implementation", implementation(version));
    m.add(
        "stdlib_module_names", PyFrozenSet.of(SysModule.strs(List.of(STDLIB_MODULES.split(" ")))));
    m.add("dont_write_bytecode", Py.bool_(o.dontWriteBytecode != 0));
    m.add("pycache_prefix", Py.strOrNone(o.pycachePrefix));
    m.add("warnoptions", PyList.of(SysModule.strs(o.warnOptions)));
    m.add("_xoptions", xOptions(o));
    m.add("argv", PyList.of(SysModule.strs(o.argv)));
    m.add("orig_argv", PyList.of(SysModule.strs(o.originalArgv)));
    m.add("executable", PyStr.of(o.executable));
    m.add("_base_executable", PyStr.of(o.baseExecutable));
    m.add("prefix", PyStr.of(o.prefix));
    m.add("exec_prefix", PyStr.of(o.prefix));
    m.add("base_prefix", PyStr.of(o.home));
    m.add("base_exec_prefix", PyStr.of(o.home));
    m.add("_stdlib_dir", PyStr.of(o.home + "/lib/python3.14"));
    m.add("path", PyList.of(SysModule.strs(path(o))));
  }

  static String versionText() {
    return PYTHON
        + " free-threading build (Plait 0.1.0) [JVM "
        + System.getProperty("java.version")
        + "]";
  }

  /** Without {@code path0}, which the main program adds. */
  private static List<String> path(BootOptions o) {
    List<String> path = new ArrayList<>();
    if (o.pythonPath != null && !o.pythonPath.isEmpty()) {
      path.addAll(List.of(o.pythonPath.split(":", -1)));
    }
    path.add(o.home + "/lib/python314.zip");
    path.add(o.home + "/lib/python3.14");
    path.add(o.home + "/lib/python3.14/lib-dynload");
    return path;
  }

  /** How often an option was given, as a flag that knows no degrees. */
  private static PyObject onOff(int count) {
    return Py.int_(count == 0 ? 0 : 1);
  }

  private static PyObject flags(BootOptions o) {
    return FLAGS.make(
        onOff(o.debug),
        onOff(o.inspect),
        onOff(o.interactive),
        Py.int_(o.optimize),
        onOff(o.dontWriteBytecode),
        onOff(o.noUserSite),
        onOff(o.noSite),
        Py.int_(o.ignoreEnvironment),
        Py.int_(o.verbose),
        Py.int_(o.bytesWarning),
        onOff(o.quiet),
        Py.int_(o.hashRandomization),
        Py.int_(o.isolated),
        Py.bool_(o.devMode),
        Py.int_(o.utf8Mode),
        Py.int_(o.warnDefaultEncoding),
        Py.bool_(o.safePath),
        Py.int_(o.intMaxStrDigits),
        o.gil < 0 ? Py.None : Py.int_(o.gil),
        Py.int_(o.threadInheritContext),
        Py.int_(o.contextAwareWarnings));
  }

  private static PyObject implementation(PyObject version) {
    PyDict d = new PyDict();
    d.putStr("name", PyStr.of("plait"));
    d.putStr("cache_tag", PyStr.of("plait-314"));
    d.putStr("version", version);
    d.putStr("hexversion", Py.int_(HEX_VERSION));
    d.putStr(
        "_multiarch",
        PyStr.of(
            System.getProperty("os.arch").equals("aarch64")
                ? "aarch64-linux-gnu"
                : "x86_64-linux-gnu"));
    d.putStr("supports_isolated_interpreters", Py.True);
    PySimpleNamespace n = new PySimpleNamespace();
    n.dict().putAll(d);
    return n;
  }

  private static PyObject xOptions(BootOptions o) {
    PyDict d = new PyDict();
    for (String option : o.xOptions) {
      int eq = option.indexOf('=');
      if (eq < 0) {
        d.putStr(option, Py.True);
      } else {
        d.putStr(option.substring(0, eq), PyStr.of(option.substring(eq + 1)));
      }
    }
    return d;
  }
}
