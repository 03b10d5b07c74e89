import { describe, expect, it } from "vitest";
import { compileInvariants } from "../../src/rules/compile-invariants.ts";
import type { Invariant } from "../../src/rules/invariant.ts";
import { formatReference } from "../../src/rules/rule-references.ts";
import { RuleCompileError } from "../../src/rules/rule-compile-error.ts";
import { syncLifecycle } from "./sync-lifecycle.ts";

function invariant(rule: string, id = "some-rule"): Invariant {
  return { id, rule, message: "It does not hold.", severity: "error" };
}

function compileError(invariants: readonly Invariant[], withLifecycle = true): RuleCompileError {
  try {
    compileInvariants(invariants, withLifecycle ? syncLifecycle : undefined);
  } catch (error) {
    if (error instanceof RuleCompileError) return error;
    throw error;
  }
  throw new Error("it compiled");
}

describe("a rule that does not compile", () => {
  it.each([
    ["self.a <=", "rule_syntax", /not a CEL expression/],
    ["", "rule_syntax", /not a CEL expression/],
    [Array(20_000).fill("self.a").join(" && "), "rule_syntax", /maxAstNodes/],
    ["self.a = 1", "rule_syntax", /not a CEL expression/],
    ["slef.a == 1", "rule_type", /Unknown variable: slef/],
    ["moment(self.a) == 1", "rule_type", /moment/],
    ["instant(self.a) <= 5", "rule_type", /Instant <= int/],
    ["instant(5) <= instant(self.a)", "rule_type", /instant\(int\)/],
    ["self.a && 5", "rule_type", /bool/],
    ["isTerminal()", "rule_type", /isTerminal/],
    [
      "request.query.id == self.id",
      "rule_type",
      /request\.query, but request has only: path|request\.query\.id/,
    ],
    ["response.code == self.code", "rule_type", /response has only: status/],
    ["'a' + self.a", "rule_not_boolean", /gives a string/],
    ["instant(self.a)", "rule_not_boolean", /gives a Instant/],
    ["true", "rule_constant", /can never fail/],
    ["[1, 2].all(x, x > 0)", "rule_constant", /mentions none of self, oldSelf/],
  ])("%j: %s", (rule, code, message) => {
    const error = compileError([invariant(rule)]);
    expect(error).toMatchObject({ name: "RuleCompileError", code, id: "some-rule", rule });
    expect(error.message).toMatch(message);
    expect(error.message).toContain('"some-rule"');
    expect(error.message).not.toContain("\n");
  });

  it("carries the cause that the CEL library gives", () => {
    expect(compileError([invariant("self.a <=")]).cause).toBeInstanceOf(Error);
    expect(compileError([invariant("slef.a == 1")]).cause).toBeInstanceOf(Error);
  });

  it.each(["isTerminal(self.status)", "canFollow(oldSelf.status, self.status)"])(
    "%s needs a lifecycle",
    (rule) => {
      const error = compileError([invariant(rule)], false);
      expect(error.code).toBe("rule_needs_lifecycle");
      expect(error.message).toContain("x-lifecycle");
    },
  );

  it("has the id of another one", () => {
    const error = compileError([invariant("self.a == 1"), invariant("self.b == 1")]);
    expect(error).toMatchObject({ code: "rule_duplicate_id", rule: "self.b == 1" });
  });
});

describe("a compiled invariant", () => {
  it.each([
    ["self.a == self.b.c", ["self.a", "self.b.c"]],
    ["has(self.a) || self['x-y'].z == 1", ["self.a", "self.x-y.z"]],
    ["self.list.all(x, x.n > oldSelf.n)", ["self.list", "self.list[*].n", "oldSelf.n"]],
    [
      "self.all(x, x.a.exists(y, y.b == x.c))",
      ["self", "self[*].a", "self[*].a[*].b", "self[*].c"],
    ],
    ["self.filter(x, x.a == 1).all(y, y.b == 1)", ["self", "self[*].a", "self[*].b"]],
    ["self.map(x, x.a).all(y, y.b == 1)", ["self", "self[*].a"]],
    ["self[0].a == 1", ["self[*].a"]],
    ["isUnique(self.list, 'id')", ["self.list[*].id"]],
    ["self.m[request.path.id] == 1", ["self.m", "request.path.id"]],
    ["self == oldSelf", ["self", "oldSelf"]],
    ["self.name.startsWith(self.prefix)", ["self.name", "self.prefix"]],
    ["{'a': self.a}.a == [self.b][0]", ["self.a", "self.b"]],
    ["self.a == 1 && self.a != 2", ["self.a"]],
  ])("%s looks at %j", (rule, expected) => {
    const [compiled] = compileInvariants([invariant(rule)]).invariants;
    const written = compiled?.references.map(formatReference);
    expect(written).toEqual(expected);
  });

  it.each([
    ["self.a == oldSelf.a", true],
    ["self.a == 1", false],
  ])("%s is over time: %s", (rule, expected) => {
    expect(compileInvariants([invariant(rule)]).invariants[0]?.isOverTime).toBe(expected);
  });

  it.each([
    ["self.status != 'failed'", [["self.status", "failed"]]],
    ["'failed' == self.status", [["self.status", "failed"]]],
    [
      "!(self.a in ['x', 'y'])",
      [
        ["self.a", "x"],
        ["self.a", "y"],
      ],
    ],
    ["self.a == 1 && oldSelf.b == self.c", []],
    ["self.list.all(x, x.kind == 'k')", [["self.list[*].kind", "k"]]],
  ])("%s compares fields with texts: %j", (rule, expected) => {
    const [compiled] = compileInvariants([invariant(rule)]).invariants;
    const written = compiled?.comparisons.map(({ field, text }) => [formatReference(field), text]);
    expect(written).toEqual(expected);
  });
});
