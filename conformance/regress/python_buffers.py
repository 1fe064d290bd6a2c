"""Buffers of a class written in Python: its view can be handed out again and again."""


class Exporter:
    def __init__(self):
        self.view = memoryview(bytearray(b"abc"))

    def __buffer__(self, flags):
        return self.view


class Releasing(Exporter):
    def __release_buffer__(self, view):
        print("released", view is self.view, bytes(view))


for make in (Exporter, Releasing):
    exporter = make()
    print(bytes(exporter))
    with memoryview(exporter) as m:
        m[0] = ord("x")
    print(bytes(exporter), bytes(exporter.view))
