class A(B, metaclass=M):
    """Doc
    string."""

    def __init__(self):
        super().__init__()
        self.x = __class__
        super(A, self).__private

    @property
    def y(self):
        return super().y

    z = [x for x in y]


class D(*bases, **kw):
    x = 1
