"""A class sees the changes of classes that are in its line only because its metaclass's mro() says so."""


class Base:
    value = 1

    def method(self):
        return "base"


class Meta(type):
    def mro(cls):
        return (cls, Base, object)


class Weird(metaclass=Meta):
    pass


class Under(Weird):
    pass


def look():
    return Weird.value, Under.value, Weird().value, Weird.method(Weird())


for value in range(1, 6):
    Base.value = value
    for _ in range(600):
        seen = look()
    print(seen)
Base.method = lambda self: "changed"
print(look(), Base.__subclasses__(), Weird.__mro__ == (Weird, Base, object))


class Late(type):
    line = None

    def mro(cls):
        return cls.line or type.mro(cls)


class Other:
    pass


class Another:
    pass


class A(Other, metaclass=Late):
    pass


A.line = (A, Base, object)
A.__bases__ = (Another,)
Base.value = "late"
print(A.value, A.__mro__ == (A, Base, object))
Base.value = "later"
print(A.value)
