"""Documents to JSON and back."""

import json

DOCUMENT = {
    "name": "a record with some text in it",
    "unicode": "na\u00efve caf\u00e9 \u2603",
    "numbers": list(range(50)),
    "floats": [n / 7 for n in range(30)],
    "nested": [{"id": n, "tags": ["x", "y", str(n)], "ok": n % 2 == 0, "none": None} for n in range(40)],
}


def run():
    total = 0
    for n in range(900):
        DOCUMENT["id"] = n
        text = json.dumps(DOCUMENT)
        back = json.loads(text)
        total += len(text) + back["id"] + len(back["nested"])
    return total


if __name__ == "__main__":
    print(run())
