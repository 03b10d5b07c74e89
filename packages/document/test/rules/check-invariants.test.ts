import { describe, expect, it } from "vitest";
import { compileInvariants } from "../../src/rules/compile-invariants.ts";
import type { RuleBindings } from "../../src/rules/invariant.ts";
import { syncLifecycle } from "./sync-lifecycle.ts";

/** true and false as the rule says, or "not-evaluated", or "skipped". */
function judge(rule: string, bindings: RuleBindings): boolean | string {
  const invariant = { id: "it", rule, message: "It does not hold.", severity: "error" as const };
  const report = compileInvariants([invariant], syncLifecycle).check(bindings);
  if (report.skipped.length > 0) return "skipped";
  if (report.passed.length > 0) return true;
  return report.violations[0]?.kind === "violated" ? false : "not-evaluated";
}

describe("numbers of JSON", () => {
  it.each([
    ["self.a <= self.b", { a: 1, b: 1 }, true],
    ["self.a <= self.b", { a: 2, b: 1 }, false],
    ["self.a <= self.b", { a: 1.5, b: 2 }, true],
    ["self.a <= self.b", { a: 2, b: 1.5 }, false],
    ["self.a <= self.b", { a: 1e300, b: 1e301 }, true],
    ["self.a < self.b", { a: 2 ** 63, b: 2 ** 64 }, true],
    ["self.a > self.b", { a: 2 ** 63, b: 1 }, true],
    ["self.a == self.b", { a: -0, b: 0 }, true],
    ["self.a == self.b", { a: 1, b: 1.5 }, false],
    ["self.a <= self.b", { a: 9007199254740993n, b: 9007199254740992n }, false],
    ["self.a == 404", { a: 404 }, true],
    ["self.a + 1 == 2", { a: 1 }, true],
    ["self.a % 100 == 4", { a: 404 }, true],
    ["self.a <= self.b", { a: "1", b: 2 }, "not-evaluated"],
    ["self.a <= self.b", { a: null, b: 2 }, "not-evaluated"],
    ["self.a <= self.b", { a: 1 }, "not-evaluated"],
  ])("%s of %o is %s", (rule, self, expected) => {
    expect(judge(rule, { self })).toBe(expected);
  });

  it("equal the status of the response", () => {
    const rule = "self.statusCode == response.status";
    expect(judge(rule, { self: { statusCode: 404 }, response: { status: 404 } })).toBe(true);
    expect(judge(rule, { self: { statusCode: 500 }, response: { status: 404 } })).toBe(false);
    expect(judge(rule, { self: { statusCode: "404" }, response: { status: 404 } })).toBe(false);
  });
});

describe("self == oldSelf", () => {
  it.each<[self: unknown, oldSelf: unknown, expected: boolean, why: string]>([
    [{ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 }, true, "key order"],
    [{ a: 1 }, { a: 1, b: 2 }, false, "a key more"],
    [{ a: 1, b: 2 }, { a: 1 }, false, "a key less"],
    [{ a: null }, {}, false, "null is not absent"],
    [{ a: undefined }, {}, true, "undefined is absent"],
    [{ a: null }, { a: 0 }, false, "null is not 0"],
    [{ a: 1 }, { a: "1" }, false, "a number is not a text"],
    [{ a: 1 }, { a: true }, false, "nor true"],
    [{ a: {} }, { a: [] }, false, "an object is not an array"],
    [{ a: { b: { c: 1 } } }, { a: { b: { c: 2 } } }, false, "deep inside"],
    [{ a: [1, 2] }, { a: [2, 1] }, false, "the order of an array counts"],
    [{ a: [1, "x", null, {}] }, { a: [1, "x", null, {}] }, true, "an array of everything"],
    [{ a: [1, "x"] }, { a: [1, null] }, false, "mixed arrays"],
    [{ a: [] }, { a: [] }, true, "nothing in an array"],
    [{}, {}, true, "nothing at all"],
    [{ constructor: 1 }, { constructor: 1 }, true, "a key named as an inherited property"],
    [{ constructor: 1 }, { a: 1 }, false, "against another key"],
    [JSON.parse('{"__proto__":1}'), {}, false, "a key named __proto__"],
    [{ a: 0.1 }, { a: 0.1 }, true, "fractions"],
    [{ a: 1 }, { a: 1.5 }, false, "an int and a fraction"],
    [[{ a: 1 }], [{ a: 1 }], true, "a body that is an array"],
    [null, null, true, "a body that is null"],
    ["x", "y", false, "a body that is a text"],
  ])("%o against %o: %s, %s", (self, oldSelf, expected) => {
    expect(judge("self == oldSelf", { self, oldSelf })).toBe(expected);
    expect(judge("self != oldSelf", { self, oldSelf })).toBe(!expected);
    expect(judge("self == oldSelf", { self: oldSelf, oldSelf: self })).toBe(expected);
  });
});

describe("fields that may be absent or null", () => {
  const rule = "!has(self.a) || self.a == null || self.a > 0";

  it.each([
    [{}, true],
    [{ a: null }, true],
    [{ a: 1 }, true],
    [{ a: 0 }, false],
    [{ a: "x" }, "not-evaluated"],
    [{ a: {} }, "not-evaluated"],
  ])("%o: %s", (self, expected) => {
    expect(judge(rule, { self })).toBe(expected);
  });

  it.each([[null], ["text"], [5], [true], [[]]])(
    "a body that is not an object (%j) does not pass for lack of fields",
    (self) => {
      expect(judge(rule, { self })).toBe("not-evaluated");
    },
  );
});

describe("what is not bound", () => {
  const everything = {
    self: { id: "a" },
    oldSelf: { id: "a" },
    request: { path: { id: "a" } },
    response: { status: 200 },
  };

  it.each([
    ["self.id == oldSelf.id", "oldSelf"],
    ["self.id == request.path.id", "request"],
    ["response.status == 200", "response"],
    ["self.id != ''", "self"],
    ["!has(oldSelf.id) || true", "oldSelf"],
    ["[1].all(x, x == oldSelf.n)", "oldSelf"],
    ["self.id == 'a' ? true : request.path.id == 'b'", "request"],
  ])("skips %s without %s", (rule, name) => {
    expect(judge(rule, { ...everything, [name]: undefined })).toBe("skipped");
    expect(judge(rule, everything)).not.toBe("skipped");
  });

  it("does not take null for absent", () => {
    expect(judge("self.id == oldSelf.id", { self: { id: "a" }, oldSelf: null })).toBe(
      "not-evaluated",
    );
  });
});

describe("instant", () => {
  it.each([
    ["2021-01-01T00:00:00Z", "2021-01-01T01:00:00+01:00", true],
    ["2021-01-01T00:00:00.0000000002Z", "2021-01-01T00:00:00.0000000001Z", false],
    ["yesterday", "2021-01-01T00:00:00Z", "not-evaluated"],
    [null, "2021-01-01T00:00:00Z", "not-evaluated"],
    [1609459200, "2021-01-01T00:00:00Z", "not-evaluated"],
  ])("%s <= %s: %s", (a, b, expected) => {
    expect(judge("instant(self.a) <= instant(self.b)", { self: { a, b } })).toBe(expected);
  });

  it.each([
    ["==", [false, true, false]],
    ["!=", [true, false, true]],
    ["<", [true, false, false]],
    ["<=", [true, true, false]],
    [">", [false, false, true]],
    [">=", [false, true, true]],
  ])("%s", (operator, expected) => {
    const later = "2021-01-01T00:00:01Z";
    const results = ["2021-01-01T00:00:00Z", later, "2021-01-01T00:00:02Z"].map((a) =>
      judge(`instant(self.a) ${operator} instant(self.b)`, { self: { a, b: later } }),
    );
    expect(results).toEqual(expected);
  });
});

describe("the functions of the lifecycle", () => {
  it.each([
    ["isTerminal(self.status)", "completed", true],
    ["isTerminal(self.status)", "pending", false],
    ["isTerminal(self.status)", null, "not-evaluated"],
    ["canFollow('pending', self.status)", "failed", true],
    ["canFollow('failed', self.status)", "pending", false],
    ["canFollow('failed', self.status)", 1, "not-evaluated"],
  ])("%s of %s: %s", (rule, status, expected) => {
    expect(judge(rule, { self: { status } })).toBe(expected);
  });
});

describe("a report", () => {
  const { check } = compileInvariants([
    {
      id: "within-total",
      rule: "self.recordsIngested <= self.totals['all']",
      message: "More than there are.",
      severity: "error",
    },
    { id: "named", rule: "self.name != ''", message: "It has no name.", severity: "warning" },
    { id: "asked-for", rule: "self.id == request.path.id", message: "Another.", severity: "error" },
    { id: "stays", rule: "self.id == oldSelf.id", message: "It changed.", severity: "error" },
  ]);

  it("says of each violation what is wrong and which values it is about", () => {
    const report = check({
      self: { recordsIngested: 5, totals: { all: 3 }, name: "a", id: "x" },
      request: { path: { id: "x" } },
    });
    expect(report).toEqual({
      violations: [
        {
          id: "within-total",
          rule: "self.recordsIngested <= self.totals['all']",
          severity: "error",
          kind: "violated",
          message: "More than there are.",
          values: { "self.recordsIngested": 5, "self.totals.all": 3 },
          at: "",
        },
      ],
      passed: ["named", "asked-for"],
      skipped: ["stays"],
    });
  });

  it("says why a rule could not be evaluated, and keeps its severity", () => {
    const report = check({ self: { recordsIngested: "5", totals: { all: 3 }, id: "x" } });
    expect(report.violations).toMatchObject([
      {
        id: "within-total",
        severity: "error",
        kind: "not-evaluated",
        message: expect.stringMatching(/could not be evaluated: .*string.* <= .*int/),
        values: { "self.recordsIngested": "5" },
      },
      {
        id: "named",
        severity: "warning",
        kind: "not-evaluated",
        message: expect.stringContaining("name"),
      },
    ]);
    expect(report.passed).toEqual([]);
  });

  it("does not give up on a body that is nested beyond measure", () => {
    let self: unknown = 0;
    for (let level = 0; level < 100_000; level += 1) self = [self];
    const report = compileInvariants([
      { id: "same", rule: "self == oldSelf", message: "It changed.", severity: "error" },
    ]).check({ self, oldSelf: self });
    expect(report.violations).toMatchObject([
      { kind: "not-evaluated", message: expect.stringContaining("nested deeper than 500 levels") },
    ]);
  });

  it("never throws for what a body contains", () => {
    for (const self of [null, 0, "", [], true, { totals: [] }, { recordsIngested: {} }]) {
      expect(check({ self }).passed).toEqual([]);
    }
  });
});

it("a rule that gives neither true nor false at run time is not a pass", () => {
  expect(judge("self.flag", { self: { flag: true } })).toBe(true);
  expect(judge("self.flag", { self: { flag: "yes" } })).toBe("not-evaluated");
  expect(judge("self.flag", { self: { flag: 1 } })).toBe("not-evaluated");
});

function members(length: number, ...odd: readonly unknown[]): readonly unknown[] {
  return [...Array.from({ length }, (_, index) => ({ id: `a${index}`, owner: "me" })), ...odd];
}

describe("a rule over a list", () => {
  const own = [
    { id: "own", rule: "self.all(x, x.owner == 'me')", message: "Foreign.", severity: "error" },
    { id: "once", rule: "isUnique(self, 'id')", message: "Twice.", severity: "error" },
  ] as const;
  const inside = [
    { id: "own", rule: "self.page.items.all(x, x.owner == 'me')", message: "", severity: "error" },
  ] as const;

  it("names the member by which it does not hold, and tells no other", () => {
    const self = members(3000, { id: "a7", owner: "you" }, { id: "b", owner: "me" });
    expect(compileInvariants(own).check({ self }).violations).toMatchObject([
      { id: "own", at: "/3000", values: { "self[*].owner": "you" } },
      { id: "once", at: "/3000", values: { "self[*].id": "a7" } },
    ]);
  });

  it("names the member of a list within", () => {
    const self = { page: { items: members(2, { id: "b", owner: "you" }) } };
    const [violation] = compileInvariants(inside).check({ self }).violations;
    expect(violation).toMatchObject({ at: "/page/items/2" });
    expect(violation?.values).toEqual({ "self.page.items[*].owner": "you" });
  });

  it("names the member of a list in a member of a list", () => {
    const rule = {
      id: "counted",
      rule: "self.orders.all(o, o.lines.all(l, l.quantity > 0))",
      message: "None.",
      severity: "error",
    } as const;
    const line = { quantity: 1 };
    const orders = [{ lines: [line] }, { lines: [] }, { lines: [line, line, { quantity: 0 }] }];
    const [violation] = compileInvariants([rule]).check({ self: { orders } }).violations;
    expect(violation).toMatchObject({ at: "/orders/2/lines/2" });
    expect(violation?.values).toEqual({ "self.orders[*].lines[*].quantity": 0 });
  });

  it("names none where the whole list is wrong, and tells its length", () => {
    const rule = {
      id: "few",
      rule: "self.size() > 4",
      message: "Few.",
      severity: "error",
    } as const;
    const [violation] = compileInvariants([rule]).check({ self: members(3) }).violations;
    expect(violation).toMatchObject({ at: "", values: { self: "a list of 3" } });
  });

  it("holds for an empty list and for a long one", () => {
    for (const self of [[], members(20_000)]) {
      expect(compileInvariants(own).check({ self }).violations).toEqual([]);
    }
  });

  it.each([[{}], [[1]], [[{ owner: "me" }, { owner: "me" }]], ["text"], [null]])(
    "is never passed by %j",
    (self) => {
      const { passed, violations } = compileInvariants(own).check({ self });
      expect(passed).not.toContain("once");
      expect(violations.find(({ id }) => id === "once")?.kind).toBe("not-evaluated");
    },
  );
});
