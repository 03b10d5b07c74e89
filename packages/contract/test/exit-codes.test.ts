import { writeFile } from "node:fs/promises";
import path from "node:path";
import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { describe, expect, onTestFinished, test } from "vitest";
import { own } from "./mutants/world.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";
import { keyed, resources, runCommand } from "./run-command.ts";

async function writeSpec(change: (text: string) => string): Promise<string> {
  const folder = scratchFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  const file = path.join(folder.path, "openapi.json");
  const changed = change(JSON.stringify(openapiDocument));
  if (changed === JSON.stringify(openapiDocument)) throw new Error("the change changed nothing");
  await writeFile(file, changed);
  return file;
}

const few = ["--max-requests", "300"];

describe("verify", () => {
  test("exits with 0 where the provider conforms", async () => {
    const result = await withProvider({}, (url) =>
      runCommand(["verify", url, ...resources, "--skip", "random,path,access"], keyed),
    );
    expect(result).toMatchObject({ code: 0, error: "" });
    expect(result.out).toContain("CONFORMS");
  });

  test("exits with 1 where it does not", async () => {
    const result = await withProvider(behaviorOf("bom"), (url) =>
      runCommand(["verify", url, ...resources, ...few], keyed),
    );
    expect(result).toMatchObject({ code: 1, error: "" });
    expect(result.out).toContain("✗ json/bom  getSyncLog");
  });

  test.for([
    ["an unknown command", ["verfy"], /Unknown command "verfy"/],
    ["no base URL", ["verify", ...resources], /takes one BASE_URL/],
    ["an invalid base URL", ["verify", "localhost:80:80", ...resources], /bad_options: BASE_URL/],
    ["an unknown option", ["verify", "http://127.0.0.1", "--workspce", "x"], /--workspce/],
    [
      "a value that is not a number",
      ["verify", "http://127.0.0.1", ...resources, "--seed", "x"],
      /--seed takes a whole number, 0 or more, not "x"/,
    ],
    [
      "an unknown report form",
      ["verify", "http://127.0.0.1", ...resources, "--report", "pdf=x"],
      /--report pdf=x/,
    ],
    [
      "an unknown check",
      ["verify", "http://127.0.0.1", ...resources, "--only", "json/bomb"],
      /no check or case "json\/bomb"/,
    ],
    [
      "a missing spec",
      ["verify", "http://127.0.0.1", ...resources, "--spec", "/nowhere.yaml"],
      /bad_spec/,
    ],
    [
      "a key that no header carries",
      ["verify", "http://127.0.0.1", ...resources, "--api-key", "a\nbcd"],
      /no header can carry/,
    ],
    ["har without a file", ["har"], /takes one or more HAR files/],
    ["proxy without an upstream", ["proxy"], /takes one UPSTREAM_URL/],
  ] as const)("exits with 2 for %s", async ([_name, argv, message]) => {
    const result = await runCommand(argv, keyed);
    expect(result.code).toBe(2);
    expect(result.error).toMatch(message);
  });

  test("exits with 2 without a key", async () => {
    const result = await runCommand(["verify", "http://127.0.0.1", ...resources]);
    expect(result).toMatchObject({ code: 2, out: "" });
    expect(result.error).toContain("QONTEXT_API_KEY");
  });

  test("exits with 2 where the provider is not there", async () => {
    const result = await runCommand(
      ["verify", `http://127.0.0.1:${await freePort()}`, ...resources],
      keyed,
    );
    expect(result.code).toBe(2);
    expect(result.error).toContain("unreachable");
  });

  test("exits with 2 where the key is refused", async () => {
    const result = await withProvider({}, (url) =>
      runCommand(["verify", url, ...resources, "--api-key", "q_sk_unknown"]),
    );
    expect(result.code).toBe(2);
    expect(result.out).toContain("the key was refused with 401");
  });

  test("exits with 2 where no success is reached", async () => {
    const id = "sync_00000000-0000-4000-8000-000000000000";
    const result = await withProvider({}, (url) =>
      runCommand(["verify", url, "--workspace", own.workspaceId, "--sync-log", id], keyed),
    );
    expect(result.code).toBe(2);
    expect(result.out).toContain("no success was reached (404)");
  });

  test("exits with 2 where requests do not suffice for the plan", async () => {
    const result = await withProvider({}, (url) =>
      runCommand(["verify", url, ...resources, "--max-requests", "20"], keyed),
    );
    expect(result.code).toBe(2);
    expect(result.out).toContain("--max-requests was reached");
  });

  test("exits with 2 where the provider throttles everything after the first requests", async () => {
    const throttled = {
      status: 429,
      headers: { "content-type": "application/json", "retry-after": "3600" },
      body: { statusCode: 429, message: "slow down" },
    };
    const result = await withProvider(
      { route: (_request, requests) => (requests < 8 ? undefined : throttled) },
      (url) => runCommand(["verify", url, ...resources], keyed),
    );
    expect(result.code).toBe(2);
    expect(result.out).toContain("the provider answers 429");
  });

  test.for([
    [
      "a schema keyword that nobody knows",
      (text: string) => text.replace('"minimum":0', '"minimun":0'),
      /minimun/,
    ],
    [
      "a format that nobody knows",
      (text: string) => text.replace('"format":"date-time"', '"format":"date-tme"'),
      /date-tme.*--ignore-format/,
    ],
    [
      "a schema that does not compile",
      (text: string) => text.replace('"pattern":"^[0-9a-f]{32}$"', '"pattern":"^[0-9a-f{32}$"'),
      /bad_schema/,
    ],
    [
      "a reference to nothing",
      (text: string) =>
        text.replace('"#/components/schemas/SyncLogStatus"', '"#/components/schemas/Nothing"'),
      /Nothing/,
    ],
    [
      "a dialect that nobody knows",
      (text: string) =>
        text.replace("https://json-schema.org/draft/2020-12/schema", "https://example.com/dialect"),
      /example\.com\/dialect/,
    ],
    [
      "a rule that does not compile",
      (text: string) => text.replace("self.id == request.path.id", "self.id === request.path.id"),
      /bad_rule.*id-matches-path/,
    ],
    [
      "a version that nobody knows",
      (text: string) => text.replace('"openapi":"3.1.1"', '"openapi":"2.0"'),
      /must be OpenAPI 3\.0 or 3\.1/,
    ],
  ] as const)("exits with 2 for a spec with %s", async ([_name, change, message]) => {
    const spec = await writeSpec(change);
    const result = await runCommand(
      ["verify", "http://127.0.0.1:1", ...resources, "--spec", spec],
      keyed,
    );
    expect(result).toMatchObject({ code: 2, out: "" });
    expect(result.error).toMatch(message);
  });
});

test("checks lists every check with its severity", async () => {
  const result = await runCommand(["checks"]);
  expect(result.code).toBe(0);
  expect(result.out).toContain("json/duplicate-key  error\n");
  expect(result.out).toContain("schema/undocumented-property  warning\n");
  expect(result.out).toContain("invariant/lifecycle-is-followed  error\n");
});

test("the key is in no message, even where the key is what is wrong", async () => {
  const result = await runCommand([
    "verify",
    "http://127.0.0.1",
    ...resources,
    "--api-key",
    "q_sk_secret key\u0007",
  ]);
  expect(result.code).toBe(2);
  expect(result.error + result.out).not.toContain("q_sk_secret");
});
