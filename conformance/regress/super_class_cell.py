# super() where the cell __class__ holds something else than the class: the errors are those of the call.
class C:
    def __init__(self):
        super().__init__
class D:
    def __init__(self):
        super().__init__()
for K in (C, D):
    cell = K.__init__.__closure__[0]
    for bad in (99, None):
        cell.cell_contents = bad
        try:
            K.__init__(object.__new__(K))
        except Exception as e:
            print(K.__name__, type(e).__name__, e)
    cell.cell_contents = str
    try:
        K.__init__(object.__new__(K))
    except Exception as e:
        print(K.__name__, type(e).__name__, e)
    del cell.cell_contents
    try:
        K.__init__(object.__new__(K))
    except Exception as e:
        print(K.__name__, type(e).__name__, e)
