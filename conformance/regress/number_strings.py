# What int, float and complex say of text that is no number.
for text in ("snake_case", "", " 1 ", "1_0", "1__0", "1j", "1+2j", "1+", "(1+2j)", "1 +2j", "nan", "-inf", "infinityj", "0x1", "1e400", "٣", "\ud800", "1\0"):
    for kind in (int, float, complex):
        try:
            print(ascii(text), kind.__name__, kind(text))
        except ValueError as e:
            print(ascii(text), kind.__name__, ascii(str(e)))
