"""The interactive loop on a pipe: what ends a statement, what ends the input, where an error was, and how
the lines of earlier statements are shown."""

import subprocess
import sys

SESSIONS = [
    "x = 1",
    "print(5)\n",
    "if 1:\n  print(7)\n",
    "x = (\n",
    "1 2",
    "\n",
    "print(1)\n\n# c\n  \nprint(2)\n",
    "raise SystemExit(3)",
    "'''abc\ndef",
    "def f(x, x): ...\n\nx = 1\nreturn 5\nfor i in 3 4:\n  pass\n\nclass A:\n  def f(self):\n    nonlocal z\n\n",
    "def f(): return 1/0\n\nf.__code__.co_filename\nf()\n1+\n2\nimport sys; sys._getframe().f_code.co_filename\n",
    "from __future__ import barry_as_FLUFL\n1 <> 2\nfrom __future__ import annotations\ndef f(x: 1+): pass\n",
    "import os\nprint('before close')\nos.close(0)\n",
    "if 1:\n  print(1)\nelse:\n  print(2)\n\nx = '''a\nb'''\nx\n@staticmethod\ndef f():\n  pass\n\nf()\n",
    "1 = 2\nraise ValueError\n(1,\n2)\n",
]

for session in SESSIONS:
    print("----", ascii(session))
    done = subprocess.run(
        [sys.executable, "-I", "-q", "-i"],
        input=session,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
    )
    print(done.stdout, done.returncode)
