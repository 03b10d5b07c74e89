import { describe, expect, test } from "vitest";
import { formatJson, formatMarkdown, formatText } from "../../release/plan/format-plan.ts";
import { createReleasePlan } from "../../release/release-plan.ts";
import { scratchWorkspace } from "./support/scratch-workspace.ts";

const plan = createReleasePlan(
  { base: "1", revision: "2" },
  [
    { id: "b", bump: "minor", where: "there", what: "it", why: "more", source: "surface" },
    {
      id: "a",
      bump: "major",
      where: "a | b",
      what: "it",
      why: "<img src=x>\n@team",
      source: "wire",
    },
    { id: "b", bump: "minor", where: "there", what: "it", why: "more", source: "surface" },
  ],
  ["a note"],
);

describe("a plan", () => {
  test("is printed as JSON with the bump, and each change once, the greatest first", () => {
    expect(JSON.parse(formatJson(plan))).toMatchObject({
      bump: "major",
      changes: [
        { id: "a", bump: "major", where: "a | b", what: "it" },
        { id: "b", bump: "minor", where: "there", why: "more" },
      ],
    });
  });

  test("is printed as a table that text from a document cannot break or make mention anyone", () => {
    const markdown = formatMarkdown(plan);
    expect(markdown).toContain("| major | a \\| b | it | &lt;img src=x> &#64;team | `a` |");
    expect(markdown).toContain("> a note");
  });

  test("is printed as text with the verdict", () => {
    expect(formatText(plan)).toContain(
      "The next release must be at least major: a at a | b and 1 more.",
    );
  });

  test.each([
    [["plan", "--json", "--markdown"], "cannot be combined"],
    [["plan", "--from", "a"], "must be given together"],
    [["check", "--from", "a", "--to", "b"], "are options of plan"],
    [[], "No command."],
    [["publish"], 'Unknown command "publish"'],
    [["plan", "--bases"], "--bases"],
    [["plan", "x"], 'Unexpected argument "x"'],
  ])("%j is refused with the usage", async (args, message) => {
    using workspace = await scratchWorkspace();
    const { code, error } = await workspace.release(...args);
    expect(code).toBe(2);
    expect(error).toContain(message);
    expect(error).toContain("Usage:");
  });
});
