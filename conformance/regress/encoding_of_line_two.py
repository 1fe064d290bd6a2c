# What is wrong with the encoding is told with the line it is on, in the first two lines, too.
import os
import subprocess
import sys
import tempfile

sources = [
    b"#first\n#second\xa4\nraise RuntimeError\n",
    b"#first\xa4\n#second\nraise RuntimeError\n",
    b"#first\n#second\nx\xa4 = 1\n",
    b"\xef\xbb\xbf#first\n#coding:iso-8859-15\nraise RuntimeError\n",
    b"\xef\xbb\xbf#coding:iso-8859-15\nraise RuntimeError\n",
]
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "program.py")
    for source in sources:
        try:
            compile(source, "program", "exec")
        except SyntaxError as e:
            print(e.msg, e.args[1][1:])
        with open(path, "wb") as file:
            file.write(source)
        run = subprocess.run([sys.executable, path], stderr=subprocess.PIPE)
        print(ascii(run.stderr.decode(errors="replace").replace(folder, "folder")))
