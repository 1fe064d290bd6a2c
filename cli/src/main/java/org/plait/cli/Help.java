package org.plait.cli;

/** The text of {@code plait -h}. */
final class Help {
  static final String TEXT =
      """
      usage: plait [option] ... [-c cmd | -m mod | file | -] [arg] ...
      Options (and corresponding environment variables):
      -b     : warn about comparing bytes with str or int (-bb: errors)
      -B     : don't write .pyc files on import; also PYTHONDONTWRITEBYTECODE=x
      -c cmd : program passed in as string (terminates option list)
      -E     : ignore PYTHON* environment variables
      -h     : print this help message and exit
      -i     : inspect interactively after running the program; also PYTHONINSPECT=x
      -I     : isolate from the user's environment (implies -E, -P and -s)
      -m mod : run library module as a script (terminates option list)
      -O     : remove assert and __debug__-dependent statements; also PYTHONOPTIMIZE=x
      -OO    : do -O changes and also discard docstrings
      -P     : don't prepend a potentially unsafe path to sys.path; also PYTHONSAFEPATH
      -q     : don't print version and copyright on interactive start-up
      -s     : don't add the user's site directory to sys.path; also PYTHONNOUSERSITE
      -S     : don't import the site module on start-up
      -u     : write stdout and stderr unbuffered; also PYTHONUNBUFFERED=x
      -v     : trace import statements; also PYTHONVERBOSE=x
      -V     : print the version number and exit (-VV: more about the build)
      -W arg : warning control, action:message:category:module:lineno; also PYTHONWARNINGS=arg
      -X opt : set an implementation option: gil=0|1, dev, utf8=0|1, int_max_str_digits=N,
               pycache_prefix=PATH, thread_inherit_context=0|1, context_aware_warnings=0|1
      --check-hash-based-pycs always|default|never
      file   : program read from a script file
      -      : program read from standard input (default; interactive if a terminal)
      arg ...: arguments passed to the program in sys.argv[1:]\
      """;

  private Help() {}
}
