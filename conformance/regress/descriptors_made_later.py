"""An attribute of a class becomes a descriptor, or ceases to be one, behind the class's back: its own
class gets the method, loses it, gets other bases, or it is given another class."""


class Getter:
    def __get__(self, instance, owner):
        return "got"


class DataGetter(Getter):
    def __set__(self, instance, value):
        print("set", value)


class Plain:
    def __repr__(self):
        return "plain"


def looked_up(change):
    class Attribute(Plain):
        pass

    class Meta(type):
        of_meta = Attribute()

    class Owner(metaclass=Meta):
        shadowed = Attribute()
        stored = Attribute()
        called = Attribute()
        alone = Attribute()
        of_meta = "own"

        def __init__(self):
            self.shadowed = "instance's"
            self.called = lambda: "instance's call"

    def look(o):
        return repr((o.shadowed, o.alone, type(o).alone, type(o).of_meta))

    def store(o):
        o.stored = "stored"

    def call(o):
        return o.called()

    owner = Owner()
    for _ in range(3_000):
        before = look(owner)
        store(Owner())
        call(owner)
    change(Attribute, Owner)
    print(before, look(owner))
    for use in store, call:
        try:
            print(use(owner))
        except (AttributeError, TypeError) as e:
            print(type(e), e, getattr(e, "name", None))
    print(vars(owner).keys())


def give_methods(attribute, owner):
    attribute.__get__ = DataGetter.__get__
    attribute.__set__ = DataGetter.__set__


def give_getter(attribute, owner):
    attribute.__get__ = Getter.__get__


def give_deleter(attribute, owner):
    attribute.__delete__ = print


def give_bases(attribute, owner):
    attribute.__bases__ = (DataGetter, Plain)


def give_class(attribute, owner):
    for name in "shadowed", "stored", "called", "alone":
        vars(owner)[name].__class__ = DataGetter


for change in give_methods, give_getter, give_deleter, give_bases, give_class:
    print(change.__name__)
    looked_up(change)


class Temporary(DataGetter):
    def __get__(self, instance, owner):
        return "temporary"

    def __set__(self, instance, value):
        print("temporarily set", value)


class User:
    attribute = Temporary()


def use(user):
    user.attribute = 1
    return user.attribute


for remove in None, "__set__", "__get__":
    if remove:
        delattr(Temporary, remove)
    user = User()
    vars(user)["attribute"] = "instance's"
    print(*{use(user)}, vars(user))
Temporary.__bases__ = (Plain,)
print(use(user))
