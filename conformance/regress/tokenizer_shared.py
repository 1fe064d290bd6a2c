# Threads that share a tokenizer wait for each other's tokens.
import _tokenize
import io
import threading
import tokenize

COUNT = 4
lines = "".join(f"name_{n} = {n} + {n} * ({n} - 1)\n" for n in range(2000))
expected = list(tokenize.generate_tokens(io.StringIO(lines).readline))
shared = _tokenize.TokenizerIter(
    io.StringIO(lines).readline, extra_tokens=True
)
counts = []


def take():
    counts.append(sum(1 for _ in shared))


threads = [threading.Thread(target=take) for _ in range(COUNT)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(len(counts) == COUNT, sum(counts) == len(expected))
