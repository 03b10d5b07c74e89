import { once } from "node:events";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import net from "node:net";
import path from "node:path";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Report } from "../src/index.ts";
import { behaviorOf, withProvider } from "./provider-under-test.ts";
import type { CommandResult } from "./run-command.ts";
import { keyed, resources, runCommand } from "./run-command.ts";

function scratch(): string {
  const folder = scratchFolder();
  onTestFinished(() => folder[Symbol.dispose]());
  return folder.path;
}

/** Verifies with every form of report, and reads them. */
async function verifyWithReports(
  url: string,
  options: readonly string[] = [],
  env = keyed,
  stop?: AbortSignal,
): Promise<
  CommandResult & { readonly report: Report; readonly junit: string; readonly html: string }
> {
  const folder = scratch();
  const file = (form: string): string => path.join(folder, "new", form);
  const forms = ["junit", "json", "html"].flatMap((form) => ["--report", `${form}=${file(form)}`]);
  const result = await runCommand(["verify", url, ...resources, ...forms, ...options], env, stop);
  const [junit = "", json = "", html = ""] = await Promise.all(
    ["junit", "json", "html"].map((form) => readFile(file(form), "utf8")),
  );
  return { ...result, report: JSON.parse(json), junit, html };
}

/** The numbers of the root element. */
function totalsOf(junit: string): { readonly failures: number; readonly errors: number } {
  const [root = ""] = /<testsuites [^>]*>/.exec(junit) ?? [];
  const total = (name: string): number => Number(new RegExp(` ${name}="(\\d+)"`).exec(root)?.[1]);
  return { failures: total("failures"), errors: total("errors") };
}

describe("exit code, JUnit, HTML and JSON agree", () => {
  test("where nothing listens", async () => {
    const result = await verifyWithReports(`http://127.0.0.1:${await freePort()}`);
    expect(result.code).toBe(2);
    expect(result.report).toMatchObject({ verdict: "not judged", exitCode: 2 });
    expect(totalsOf(result.junit)).toEqual({ failures: 0, errors: 1 });
    expect(result.junit).toContain("Is the provider running at");
    expect(result.html).toContain("Could not be judged");
  });

  test("where the key is refused, so that nothing else was judged", async () => {
    const result = await withProvider({}, (url) =>
      verifyWithReports(url, ["--api-key", "q_sk_unknown"]),
    );
    expect(result.code).toBe(2);
    const { failures, errors } = totalsOf(result.junit);
    expect(failures).toBe(0);
    expect(errors).toBe(result.report.cases.length);
    expect(result.junit.match(/<error /g)).toHaveLength(errors);
  });

  test("where what was required was not seen, although every case passed", async () => {
    const result = await withProvider({}, (url) =>
      verifyWithReports(url, ["--require", "tenants", "--only", "read"]),
    );
    expect(result.code).toBe(2);
    expect(totalsOf(result.junit)).toEqual({ failures: 0, errors: 1 });
    expect(result.junit).toContain("give a second tenant");
  });

  test("where a case failed: it has a failure, and the numbers are those of the elements", async () => {
    const { junit, code } = await withProvider(behaviorOf("bom"), (url) => verifyWithReports(url));
    expect(code).toBe(1);
    const failed = junit.split("<testcase ").filter((text) => text.includes("<failure "));
    expect(totalsOf(junit).failures).toBe(failed.length);
    expect(junit).toMatch(/<testsuites [^>]*skipped="\d+"[^>]*time="/);
    expect(junit).toMatch(/<testsuite [^>]*time="[\d.]+"/);
  });
});

describe("a report file", () => {
  test("that cannot be written ends the run before its first request", async () => {
    const folder = scratch();
    await mkdir(path.join(folder, "taken"));
    let requests = 0;
    const count = { route: () => void (requests += 1) };
    for (const file of ["taken", "taken/x/../../taken", "\0"]) {
      const result = await withProvider(count, (url) =>
        runCommand(
          ["verify", url, ...resources, "--report", `json=${path.join(folder, file)}`],
          keyed,
        ),
      );
      expect(result.code).toBe(2);
      expect(result.error).toContain("cannot be written");
    }
    expect(requests).toBe(0);
  });

  test("is not asked for twice", async () => {
    const file = path.join(scratch(), "report");
    const reports = ["--report", `json=${file}`, "--report", `html=${file}`];
    const result = await runCommand(
      ["verify", "http://127.0.0.1:1", ...resources, ...reports],
      keyed,
    );
    expect(result).toMatchObject({ code: 2 });
    expect(result.error).toContain("another report");
  });

  test("of an earlier run stays until there is a whole new one", async () => {
    const file = path.join(scratch(), "report.json");
    await writeFile(file, "earlier");
    const command = ["verify", "http://127.0.0.1:1", "--workspce", "x", "--report", `json=${file}`];
    expect(await runCommand(command, keyed)).toMatchObject({ code: 2 });
    expect(await readFile(file, "utf8")).toBe("earlier");
  });
});

test("a proxy whose upstream goes away after a success is not judged", async () => {
  const stop = new AbortController();
  let out = "";
  let running: Promise<CommandResult> | undefined;
  const pathOfLog = `/workspaces/${resources[1] ?? ""}/sync-logs/${resources[3] ?? ""}`;
  const headers = { "X-API-Key": keyed["QONTEXT_API_KEY"] ?? "" };
  const statuses: number[] = [];
  const ask = async (): Promise<void> => {
    const [proxy = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(out) ?? [];
    statuses.push((await fetch(`${proxy}${pathOfLog}`, { headers })).status);
  };
  await withProvider({}, async (url) => {
    running = runCommand(["proxy", url], {}, stop.signal, (text) => (out += text));
    await expect.poll(() => out).toContain("Passing requests");
    await ask();
  });
  await ask();
  stop.abort();
  expect(statuses).toEqual([200, 502]);
  const result = await running;
  expect(result?.code).toBe(2);
  expect(result?.out).toContain("could not be reached");
});

test.each([
  ["closes every connection", (socket: net.Socket): void => void socket.end()],
  [
    "answers in TLS",
    (socket: net.Socket): void => void socket.end(Buffer.from("15030300020246", "hex")),
  ],
] as const)("a server that %s is unreachable, not wrong", async (_name, onConnection) => {
  const server = net.createServer((socket) => {
    socket.on("error", () => {}).resume();
    socket.once("data", () => onConnection(socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  try {
    for (const scheme of ["http", "https"]) {
      const result = await runCommand(
        ["verify", `${scheme}://127.0.0.1:${port}`, ...resources],
        keyed,
      );
      expect(result).toMatchObject({ code: 2, out: "" });
      expect(result.error).toContain("unreachable");
    }
  } finally {
    server.close();
  }
});

test("a run that is stopped says what was seen, and does not pass", async () => {
  const stop = new AbortController();
  let requests = 0;
  const result = await withProvider(
    { route: () => void ((requests += 1) === 40 && stop.abort()) },
    (url) => verifyWithReports(url, [], keyed, stop.signal),
  );
  expect(result.code).toBe(2);
  expect(requests).toBeLessThan(45);
  expect(result.out).toContain("the run was stopped");
  expect(result.report.cases.some(({ outcome }) => outcome === "passed")).toBe(true);
  expect(totalsOf(result.junit).errors).toBeGreaterThan(100);
});

test("--max-time ends a run, and --rate slows it", async () => {
  let requests = 0;
  const result = await withProvider({ route: () => void (requests += 1) }, (url) =>
    runCommand(["verify", url, ...resources, "--rate", "50", "--max-time", "500ms"], keyed),
  );
  expect(result.code).toBe(2);
  expect(result.out).toContain("--max-time was reached");
  expect(requests).toBeLessThanOrEqual(27);
});
