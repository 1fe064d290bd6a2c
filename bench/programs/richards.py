"""Objects with methods: a scheduler of simulated tasks that pass packets through queues."""


class Packet:
    def __init__(self, source, kind, value):
        self.source = source
        self.kind = kind
        self.value = value
        self.next = None


class Queue:
    def __init__(self):
        self.head = None
        self.tail = None
        self.length = 0

    def put(self, packet):
        packet.next = None
        if self.head is None:
            self.head = packet
        else:
            self.tail.next = packet
        self.tail = packet
        self.length += 1

    def take(self):
        packet = self.head
        self.head = packet.next
        if self.head is None:
            self.tail = None
        self.length -= 1
        return packet


class Task:
    def __init__(self, scheduler, name, priority):
        self.scheduler = scheduler
        self.name = name
        self.priority = priority
        self.inbox = Queue()
        self.held = False
        self.count = 0
        scheduler.add(self)

    def runnable(self):
        return not self.held and self.inbox.head is not None

    def step(self):
        self.count += 1
        self.handle(self.inbox.take())

    def handle(self, packet):
        raise NotImplementedError


class Idle(Task):
    def __init__(self, scheduler, budget):
        super().__init__(scheduler, "idle", 0)
        self.budget = budget
        self.state = 1

    def runnable(self):
        return self.budget > 0

    def step(self):
        self.count += 1
        self.budget -= 1
        if self.state & 1:
            self.state = (self.state >> 1) ^ 0xD008
            self.scheduler.release("device a")
        else:
            self.state >>= 1
            self.scheduler.release("device b")


class Worker(Task):
    def __init__(self, scheduler, target):
        super().__init__(scheduler, "worker", 1000)
        self.targets = target
        self.turn = 0
        self.sum = 0

    def handle(self, packet):
        self.turn = 1 - self.turn
        self.sum = (self.sum * 31 + packet.value) & 0xFFFFFF
        packet.value = self.sum & 0xFF
        self.scheduler.send(self.targets[self.turn], packet)


class Handler(Task):
    def __init__(self, scheduler, name, priority, device):
        super().__init__(scheduler, name, priority)
        self.device = device
        self.done = 0

    def handle(self, packet):
        if packet.kind == "work":
            packet.kind = "device"
            self.scheduler.send(self.device, packet)
        else:
            packet.kind = "work"
            self.done += 1
            self.scheduler.send("worker", packet)


class Device(Task):
    def __init__(self, scheduler, name, priority, handler):
        super().__init__(scheduler, name, priority)
        self.handler = handler

    def handle(self, packet):
        packet.value = (packet.value * 5 + 1) & 0xFF
        self.held = True
        self.scheduler.send(self.handler, packet)


class Scheduler:
    def __init__(self):
        self.tasks = []
        self.by_name = {}
        self.steps = 0

    def add(self, task):
        self.tasks.append(task)
        self.tasks.sort(key=lambda t: -t.priority)
        self.by_name[task.name] = task

    def send(self, name, packet):
        self.by_name[name].inbox.put(packet)

    def release(self, name):
        self.by_name[name].held = False

    def pick(self):
        for task in self.tasks:
            if task.runnable():
                return task
        return None

    def run(self):
        task = self.pick()
        while task is not None:
            task.step()
            self.steps += 1
            task = self.pick()


def run():
    scheduler = Scheduler()
    Idle(scheduler, 20_000)
    worker = Worker(scheduler, ("handler a", "handler b"))
    Handler(scheduler, "handler a", 2000, "device a")
    Handler(scheduler, "handler b", 3000, "device b")
    Device(scheduler, "device a", 4000, "handler a")
    Device(scheduler, "device b", 5000, "handler b")
    for n in range(6):
        scheduler.send("worker", Packet("start", "work", n))
    scheduler.run()
    return scheduler.steps * 1000 + worker.sum % 1000


if __name__ == "__main__":
    print(run())
