"""Sort records by keys: a function, a tuple, a string."""


class Record:
    __slots__ = ("number", "name", "group")

    def __init__(self, number, name, group):
        self.number = number
        self.name = name
        self.group = group


def records():
    state = 99
    made = []
    for _ in range(70_000):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        made.append(Record(state, f"n{state % 9973}", state % 17))
    return made


RECORDS = records()


def run():
    by_number = sorted(RECORDS, key=lambda r: r.number)
    by_group = sorted(RECORDS, key=lambda r: (r.group, r.number))
    by_name = sorted(RECORDS, key=lambda r: r.name)
    return (by_number[10].number + by_group[30_000].number + by_name[60_000].number) & 0xFFFFFFFF


if __name__ == "__main__":
    print(run())
