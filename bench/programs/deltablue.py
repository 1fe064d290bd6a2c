"""Objects with methods: one-way constraints of different strengths, planned and carried out again
and again while values change. Polymorphic calls, small lists, attributes."""

REQUIRED, STRONG, NORMAL, WEAK = range(4)


class Variable:
    def __init__(self, name, value):
        self.name = name
        self.value = value
        self.constraints = []
        self.determined_by = None
        self.strength = WEAK + 1
        self.mark = 0


class Constraint:
    def __init__(self, strength):
        self.strength = strength
        self.output = None

    def variables(self):
        raise NotImplementedError

    def choose(self, mark):
        raise NotImplementedError

    def execute(self):
        raise NotImplementedError

    def inputs(self):
        return [v for v in self.variables() if v is not self.output]

    def inputs_known(self, mark):
        for v in self.inputs():
            if v.mark != mark and v.determined_by is not None:
                return False
        return True


class Stay(Constraint):
    def __init__(self, variable, strength):
        super().__init__(strength)
        self.variable = variable

    def variables(self):
        return [self.variable]

    def choose(self, mark):
        v = self.variable
        self.output = v if v.mark != mark and v.strength > self.strength else None
        return self.output is not None

    def execute(self):
        pass


class Edit(Stay):
    pass


class Equal(Constraint):
    def __init__(self, left, right, strength):
        super().__init__(strength)
        self.left = left
        self.right = right

    def variables(self):
        return [self.left, self.right]

    def choose(self, mark):
        left, right = self.left, self.right
        self.output = None
        if left.mark == mark:
            if right.mark != mark and right.strength > self.strength:
                self.output = right
        elif right.mark == mark:
            if left.strength > self.strength:
                self.output = left
        else:
            weaker = left if left.strength > right.strength else right
            if weaker.strength > self.strength:
                self.output = weaker
        return self.output is not None

    def source(self):
        return self.left if self.output is self.right else self.right

    def execute(self):
        self.output.value = self.source().value


class Scaled(Equal):
    def __init__(self, left, right, scale, offset, strength):
        super().__init__(left, right, strength)
        self.scale = scale
        self.offset = offset

    def execute(self):
        if self.output is self.right:
            self.right.value = self.left.value * self.scale + self.offset
        else:
            self.left.value = (self.right.value - self.offset) // self.scale


class Planner:
    def __init__(self):
        self.mark = 0

    def add(self, constraint):
        for v in constraint.variables():
            v.constraints.append(constraint)
        self.mark += 1
        loser = self.satisfy(constraint)
        while loser is not None:
            loser = self.satisfy(loser)

    def satisfy(self, constraint):
        if not constraint.choose(self.mark):
            return None
        for v in constraint.inputs():
            v.mark = self.mark
        out = constraint.output
        loser = out.determined_by
        if loser is not None:
            loser.output = None
        out.determined_by = constraint
        self.propagate(constraint)
        out.mark = self.mark
        return loser

    def remove(self, constraint):
        out = constraint.output
        for v in constraint.variables():
            v.constraints.remove(constraint)
        constraint.output = None
        if out is not None:
            out.determined_by = None
            out.strength = WEAK + 1
            for other in sorted(self.unsatisfied(out), key=lambda c: c.strength):
                self.mark += 1
                self.satisfy(other)

    def unsatisfied(self, out):
        found = []
        todo = [out]
        while todo:
            v = todo.pop()
            for c in v.constraints:
                if c.output is None:
                    found.append(c)
                elif c is not v.determined_by:
                    todo.append(c.output)
        return found

    def propagate(self, constraint):
        todo = [constraint]
        while todo:
            c = todo.pop()
            out = c.output
            out.strength = max([c.strength] + [v.strength for v in c.inputs() if v.strength <= WEAK])
            c.execute()
            for other in out.constraints:
                if other is not out.determined_by and other.output is not None and other.output is not out:
                    todo.append(other)

    def plan(self, sources):
        self.mark += 1
        plan = []
        todo = list(sources)
        while todo:
            c = todo.pop()
            out = c.output
            if out is not None and out.mark != self.mark and c.inputs_known(self.mark):
                plan.append(c)
                out.mark = self.mark
                for other in out.constraints:
                    if other is not c and other.output is not None and other.output is not out:
                        todo.append(other)
        return plan


def chain(length, rounds):
    planner = Planner()
    nodes = [Variable(f"v{n}", 0) for n in range(length)]
    for left, right in zip(nodes, nodes[1:]):
        planner.add(Equal(left, right, REQUIRED))
    planner.add(Stay(nodes[-1], NORMAL))
    edit = Edit(nodes[0], STRONG)
    planner.add(edit)
    plan = planner.plan([edit])
    total = 0
    for n in range(rounds):
        nodes[0].value = n
        for constraint in plan:
            constraint.execute()
        total += nodes[-1].value
    planner.remove(edit)
    return total


def projection(count, rounds):
    planner = Planner()
    pairs = []
    for n in range(count):
        source = Variable(f"s{n}", n)
        target = Variable(f"t{n}", 0)
        planner.add(Stay(source, NORMAL))
        planner.add(Scaled(source, target, 10, n, REQUIRED))
        pairs.append((source, target))
    total = 0
    for n in range(rounds):
        for source, target in pairs:
            edit = Edit(source, STRONG)
            planner.add(edit)
            plan = planner.plan([edit])
            source.value = n
            for constraint in plan:
                constraint.execute()
            total += target.value
            planner.remove(edit)
    return total


def run():
    return chain(500, 500) + projection(250, 50)


if __name__ == "__main__":
    print(run())
