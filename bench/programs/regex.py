"""Search, split and replace with regular expressions."""

import re

LINES = [
    f'10.0.{n % 256}.{n * 7 % 256} - user{n} [12/Mar/2026:10:{n % 60:02}:07] "GET /page/{n}?q=a{n * 3}&r=b HTTP/1.1" {200 + n % 5} {n * 37}'
    for n in range(8000)
]
LOG = re.compile(r'^(\S+) - (\w+) \[([^\]]+)\] "(GET|POST) (\S+) [^"]*" (\d{3}) (\d+)$')
QUERY = re.compile(r"[?&](?P<key>\w+)=(?P<value>[^&]*)")
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"\b[a-z]+\b", re.I)


def run():
    total = 0
    for line in LINES:
        match = LOG.match(line)
        total += int(match[6]) + len(match[1])
        for pair in QUERY.finditer(match[5]):
            total += len(pair["value"])
        total += len(NUMBER.sub("#", line))
        total += len(WORD.findall(line))
    return total


if __name__ == "__main__":
    print(run())
