package org.plait.cli;

/** What the help options print. */
final class Help {
  /** {@code -h}. */
  static final String USAGE =
      """
      usage: plait [option] ... [-c cmd | -m mod | file | -] [arg] ...
      Options (and corresponding environment variables):
      -b     : warn when bytes are compared with str or int, or turned into str
               (-bb: raise errors)
      -B     : write no .pyc files on import; also PYTHONDONTWRITEBYTECODE=x
      -c cmd : run the program text cmd (ends the list of options)
      -d     : accepted and ignored (CPython's parser debugging)
      -E     : ignore PYTHON* environment variables
      -h     : print this message and exit (also -? or --help)
      -i     : go interactive after the program; also PYTHONINSPECT=x
      -I     : isolate from the user's environment (implies -E, -P and -s)
      -m mod : run a library module as a script (ends the list of options)
      -O     : leave out assert and code that depends on __debug__;
               also PYTHONOPTIMIZE=x
      -OO    : as -O, and leave out docstrings
      -P     : put no potentially unsafe path in front of sys.path;
               also PYTHONSAFEPATH
      -q     : start interactively without the version
      -s     : leave the user's site directory out of sys.path;
               also PYTHONNOUSERSITE=x
      -S     : start without 'import site'
      -u     : stdout and stderr are not buffered; also PYTHONUNBUFFERED=x
      -v     : trace imports (more with each -v); also PYTHONVERBOSE=x
      -V     : print the version and exit (also --version; -VV: more of it)
      -W arg : warning control, action:message:category:module:lineno;
               also PYTHONWARNINGS=arg
      -x     : skip the first line of the script
      -X opt : set an option of the implementation
      --check-hash-based-pycs always|default|never:
               when .pyc files with a hash of their source are checked
      --help-env: list the environment variables and exit
      --help-xoptions: list the -X options and exit
      --help-all: print all of this and exit

      Arguments:
      file   : a script, or a directory or zip file with a __main__.py
      -      : read the program from standard input (the default;
               interactive at a terminal)
      arg ...: arguments of the program, in sys.argv[1:]
      """;

  /** {@code --help-env}. */
  static final String ENVIRONMENT =
      """
      Environment variables that change behavior:
      PYTHONSTARTUP   : file executed at an interactive start
      PYTHONPATH      : directories, separated by ':', that go in front of the
                        default module search path
      PYTHONIOENCODING: encoding[:errors] of stdin, stdout and stderr
      PYTHONHASHSEED  : 'random', or a number in [0,4294967295] that makes the
                        hashes of str and bytes repeatable
      PYTHONBREAKPOINT: the callable behind breakpoint(), 0 for none
      PYTHON_COLORS   : 1 for coloured output, 0 for plain
      PYTHON_HISTORY  : where the interactive history is kept
      PYTHONASYNCIODEBUG: asyncio's debug mode
      PYTHONUSERBASE  : the user base directory (site.USER_BASE)
      PYTHON_BASIC_REPL: use the plain interactive loop
      PLAIT_JAVA_OPTS : further options for the JVM

      These variables have equivalent command-line options (see --help):
      PYTHON_CONTEXT_AWARE_WARNINGS (-X context_aware_warnings)
      PYTHON_CPU_COUNT (-X cpu_count)
      PYTHONDEBUG (-d)
      PYTHONDEVMODE (-X dev)
      PYTHONDONTWRITEBYTECODE (-B)
      PYTHONFAULTHANDLER (-X faulthandler)
      PYTHON_GIL (-X gil)
      PYTHONINSPECT (-i)
      PYTHONINTMAXSTRDIGITS (-X int_max_str_digits)
      PYTHONNOUSERSITE (-s)
      PYTHONOPTIMIZE (-O)
      PYTHONPROFILEIMPORTTIME (-X importtime)
      PYTHONPYCACHEPREFIX (-X pycache_prefix)
      PYTHONSAFEPATH (-P)
      PYTHON_THREAD_INHERIT_CONTEXT (-X thread_inherit_context)
      PYTHONUNBUFFERED (-u)
      PYTHONUTF8 (-X utf8)
      PYTHONVERBOSE (-v)
      PYTHONWARNDEFAULTENCODING (-X warn_default_encoding)
      PYTHONWARNINGS (-W)
      """;

  /** {@code --help-xoptions}. */
  static final String X_OPTIONS =
      """
      The following implementation-specific options are available:
      -X context_aware_warnings=[0|1]: whether warnings filters follow the context;
               also PYTHON_CONTEXT_AWARE_WARNINGS
      -X cpu_count=N: what os.cpu_count() returns; also PYTHON_CPU_COUNT
      -X dev : development mode; also PYTHONDEVMODE
      -X faulthandler: dump tracebacks on fatal errors; also PYTHONFAULTHANDLER
      -X gil=[0|1]: run without (0, the default) or with (1) a global interpreter
               lock; also PYTHON_GIL
      -X importtime[=2]: show how long each import takes (2: also those of loaded
               modules); also PYTHONPROFILEIMPORTTIME
      -X int_max_str_digits=N: limit of digits between int and str, 0 for none;
               also PYTHONINTMAXSTRDIGITS
      -X jit=[off|auto|eager]: whether hot code is compiled; auto is the default, eager
               compiles everything at once (for tests); also PLAIT_JIT
      -X jit_log[=code]: tell on stderr what is compiled and why it is given up,
               and show the code; also PLAIT_JIT_LOG
      -X pycache_prefix=PATH: write .pyc files to a tree of their own;
               also PYTHONPYCACHEPREFIX
      -X thread_inherit_context=[0|1]: whether threads start with a copy of their
               starter's context; also PYTHON_THREAD_INHERIT_CONTEXT
      -X utf8[=0|1]: UTF-8 mode; also PYTHONUTF8
      -X warn_default_encoding: warn where encoding=None is relied on;
               also PYTHONWARNDEFAULTENCODING
      """;

  private Help() {}
}
