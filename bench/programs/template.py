"""Text rendering: a small template compiled to closures, string.Template, f-strings, escaping."""

import html
import string

ROWS = [{"id": n, "name": f"item <{n}>", "price": n * 1.25, "tags": ["a", "b&c", str(n)]} for n in range(400)]
LINE = string.Template("$name costs $price")


def compile_template(text):
    parts = []
    rest = text
    while rest:
        before, mark, rest = rest.partition("{{")
        if before:
            parts.append(lambda row, before=before: before)
        if mark:
            name, _, rest = rest.partition("}}")
            key, _, filter_ = name.strip().partition("|")
            if filter_ == "e":
                parts.append(lambda row, key=key: html.escape(str(row[key])))
            elif filter_ == "money":
                parts.append(lambda row, key=key: f"{row[key]:,.2f}")
            else:
                parts.append(lambda row, key=key: str(row[key]))
    return lambda row: "".join([part(row) for part in parts])


ROW = compile_template('<tr id="r{{ id}}"><td>{{ name|e}}</td><td class="num">{{ price|money}}</td></tr>')


def run():
    total = 0
    for _ in range(50):
        out = ["<table>"]
        for row in ROWS:
            out.append(ROW(row))
            out.append(", ".join(f"<b>{html.escape(tag)}</b>" for tag in row["tags"]))
            out.append(LINE.substitute(name=row["name"], price=row["price"]))
        out.append("</table>")
        total += len("\n".join(out))
    return total


if __name__ == "__main__":
    print(run())
