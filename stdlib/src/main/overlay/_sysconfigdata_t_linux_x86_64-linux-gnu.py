"""What ``sysconfig.get_config_vars()`` knows of the build: Plait is not built by make, so only
facts that programs ask for stand here."""

build_time_vars = {
    "ABIFLAGS": "t",
    "EXT_SUFFIX": ".plait-314t-x86_64-linux-gnu.so",
    "HAVE_FORK": 0,
    "HAVE_GETRANDOM_SYSCALL": 1,
    "LDLIBRARY": "",
    "LIBDIR": "",
    "MACHDEP": "linux",
    "MULTIARCH": "x86_64-linux-gnu",
    "PY_CFLAGS": "",
    "PY_SSL_DEFAULT_CIPHERS": 1,
    "Py_DEBUG": 0,
    "Py_ENABLE_SHARED": 0,
    "Py_GIL_DISABLED": 1,
    "Py_HASH_ALGORITHM": 0,
    "SHELL": "/bin/sh",
    "SIZEOF_LONG": 8,
    "SIZEOF_SIZE_T": 8,
    "SIZEOF_TIME_T": 8,
    "SIZEOF_VOID_P": 8,
    "SOABI": "plait-314t-x86_64-linux-gnu",
    "TZPATH": "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo",
    "VERSION": "3.14",
    "WITH_PYMALLOC": 0,
}
