import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createMock, startMockServer } from "@qontext/sync-log-mock";
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { documentedCode } from "./documentation.ts";
import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { target, troubles } from "./client-troubles.ts";
import type { DocumentedCode } from "./documentation.ts";

/** Blocks that only compile, each with what it needs to run. */
const notRun: Readonly<Record<string, string>> = {
  "docs/guides/in-production.md, 1": "Redis",
  "docs/guides/in-production.md, 2": "a port of its own, which it keeps",
  "docs/guides/where-it-runs.md, 2": "certificates in the folders of the system",
  "packages/contract/README.md, 1": "what docs/guides/testing.md, 8 runs",
  "packages/watcher/PLANNING.md, 1": "twelve Redis servers",
  "packages/watcher/README.md, 1": "Redis",
};

/** Below this package, so that the blocks find its dependencies, which are the workspace's packages. */
const folder = join(import.meta.dirname, "../../artifacts/documented-runs");
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

/** Stands at the address that the documentation gives a mock. */
const server = await startMockServer({
  apiKeys: { q_sk_test: [target.workspaceId] },
});
server.sync(target).at("completed");
afterAll(() => server.close());
/** Stands for the service, without sockets. */
const service = await createMock();
const inFlight = new Set<Promise<unknown>>();
const serviceFetch: typeof fetch = (...request) => {
  const answer = service.fetch(...request);
  inFlight.add(answer);
  const leave = (): boolean => inFlight.delete(answer);
  void answer.then(leave, leave);
  return answer;
};

const label = ({ file, number }: DocumentedCode): string => `${file}, ${number}`;

/** Runs a block as a module. */
async function run(block: DocumentedCode): Promise<void> {
  const file = join(folder, `${label(block).replaceAll(/\W+/gu, "-")}.mts`);
  writeFileSync(file, block.code.replaceAll("http://127.0.0.1:4010", server.url));
  await import(file);
}

/** Runs a block while its timers do: hours pass at once, but for the time in which the service answers. */
async function runInVirtualTime(block: DocumentedCode): Promise<void> {
  vi.useFakeTimers();
  const progress = { isOver: false };
  const running = run(block).finally(() => {
    progress.isOver = true;
  });
  const passTime = async (): Promise<void> => {
    while (!progress.isOver) {
      await Promise.allSettled(inFlight);
      await vi.advanceTimersByTimeAsync(1000);
    }
  };
  await Promise.all([running, passTime()]);
}

/** What a block says that it prints at the end of a line, and did not. */
function missing(code: string, said: readonly string[]): readonly string[] {
  const promised = [...code.matchAll(/^console\.log\(.*\); \/\/ (.+)$/gmu)];
  return promised.map(([, line = ""]) => line).filter((line) => !said.includes(line));
}

const blocks = documentedCode("ts");
const runnable = blocks.filter((block) => !(label(block) in notRun));
const ofNode = runnable.filter(({ code }) => code.includes('from "node:test"'));
const suites = runnable.filter(
  (block) => /^(?:test[.(]|contractSuite\()/mu.test(block.code) && !ofNode.includes(block),
);
const programs = runnable.filter((block) => ![...suites, ...ofNode].includes(block));

test("blocks that are not run are still there", () => {
  expect(blocks.map(label)).toEqual(expect.arrayContaining(Object.keys(notRun)));
});

describe.each(suites.map((block) => [label(block), block] as const))(
  "the tests of %s pass",
  async (_, block) => {
    await run(block);
  },
);

test.each(ofNode.map((block) => [label(block), block] as const))(
  "the tests of %s pass in Node's runner, and end when an assertion fails",
  async (_, { code }) => {
    const wrong = code.replace(/(assert\.equal\(\w+, )"\w+"/u, '$1"something else"');
    const files = Object.entries({ right: code, wrong }).map(([name, source]) => {
      const file = join(folder, `node-test-${name}.mts`);
      writeFileSync(file, source);
      return file;
    });
    const options = { cwd: folder, codes: [1] };
    const { stdout } = await runCommand(process.execPath, ["--test", ...files], options);
    expect(stdout).toMatch(/pass 1\n[^]*fail 1\n/u);
    expect(stdout).toContain("something else");
  },
);

describe("the TypeScript of the documentation", () => {
  let said: string[] = [];
  const listeners = process.listeners("SIGTERM");

  beforeEach(() => {
    said = [];
    const say = (...values: readonly unknown[]): unknown => said.push(values.join(" "));
    vi.spyOn(console, "log").mockImplementation(say);
    vi.spyOn(console, "error").mockImplementation(say);
    vi.stubEnv("QONTEXT_API_KEY", "q_sk_test");
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    for (const listener of process.listeners("SIGTERM")) {
      if (!listeners.includes(listener)) process.off("SIGTERM", listener);
    }
  });

  test.each(programs.map((block) => [label(block), block] as const))(
    "%s runs",
    async (_, block) => {
      const hasSockets = /127\.0\.0\.1|startMockServer/u.test(block.code);
      service.reset();
      service.sync(target).follow("completed");
      // Below the name of an error, the service fails so.
      const [trouble] = troubles[block.heading.replaceAll("`", "")] ?? [];
      if (!hasSockets) vi.stubGlobal("fetch", trouble?.fetch ?? serviceFetch);
      // Sockets answer in real time, and some move the timers themselves.
      const isInRealTime = hasSockets || block.code.includes("useFakeTimers");
      await (isInRealTime ? run(block) : runInVirtualTime(block));
      expect(missing(block.code, said)).toEqual([]);
      expect(said.length).toBeGreaterThanOrEqual(trouble === undefined ? 0 : 1);
    },
  );

  test("is refused where it fails, or prints something else than it says", async () => {
    const block = { file: "wrong.md", number: 1, heading: "", code: "throw new Error('wrong');\n" };
    await expect(runInVirtualTime(block)).rejects.toThrow("wrong");
    expect(missing("console.log(1); // 2\n", ["1"])).toEqual(["2"]);
  });
});
