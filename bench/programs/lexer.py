"""A hand-written lexer over a big string: indexing, slices, comparisons of characters."""

SOURCE = """
def area(width, height):  # a comment
    if width <= 0 or height != 12.5:
        raise ValueError("bad size: " + str(width))
    total_sum = (width * height) // 2 + offsets[3] - 0x1F
    return {'key': total_sum, "other": [1, 2, 3]}
""" * 600

OPERATORS = {"+", "-", "*", "/", "//", "<=", ">=", "!=", "==", "=", "<", ">", "(", ")", "[", "]", "{", "}", ":", ","}


def tokens(text):
    at = 0
    end = len(text)
    while at < end:
        c = text[at]
        if c == " " or c == "\n":
            at += 1
        elif c == "#":
            while at < end and text[at] != "\n":
                at += 1
        elif c.isalpha() or c == "_":
            start = at
            while at < end and (text[at].isalnum() or text[at] == "_"):
                at += 1
            yield "name", text[start:at]
        elif c.isdigit():
            start = at
            while at < end and (text[at].isalnum() or text[at] == "."):
                at += 1
            yield "number", text[start:at]
        elif c == '"' or c == "'":
            start = at
            at += 1
            while text[at] != c:
                at += 1
            at += 1
            yield "string", text[start:at]
        elif text[at : at + 2] in OPERATORS:
            yield "op", text[at : at + 2]
            at += 2
        elif c in OPERATORS:
            yield "op", c
            at += 1
        else:
            raise SyntaxError(c)


def run():
    total = 0
    kinds = {}
    for _ in range(5):
        for kind, text in tokens(SOURCE):
            kinds[kind] = kinds.get(kind, 0) + 1
            total += len(text)
    return total * 10 + len(kinds)


if __name__ == "__main__":
    print(run())
