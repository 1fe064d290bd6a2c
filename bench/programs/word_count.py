"""Split a text, count its words in a dict, sort by frequency."""

WORDS = (
    "the quick brown fox jumps over a lazy dog while seven clever wizards quietly mix potions near "
    "old stone bridges and every sleepy river hums its own small song of rain wind and long roads"
).split()


def text():
    state = 12345
    words = []
    for _ in range(240_000):
        state = (state * 1103515245 + 12345) & 0x7FFFFFFF
        word = WORDS[(state >> 16) % len(WORDS)]
        if state & 0x700000 == 0:
            word = word.capitalize() + ","
        words.append(word)
    return " ".join(words)


TEXT = text()


def run():
    counts = {}
    for _ in range(2):
        for word in TEXT.lower().split():
            word = word.strip(",.")
            counts[word] = counts.get(word, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return sum(rank * count for rank, (_, count) in enumerate(ranked)) + len(ranked)


if __name__ == "__main__":
    print(run())
