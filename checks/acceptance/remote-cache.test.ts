import { appendFileSync, existsSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ScratchRepository } from "./support/scratch-repository.ts";
import { createScratchRepository, repositoryIn } from "./support/scratch-repository.ts";
import type { ServerProcess } from "./support/start-server.ts";
import { startServer } from "./support/start-server.ts";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { scratchFolder } from "@qontext/sync-log-test-support/scratch-folder";
import { tools } from "./support/tools.ts";

const scratch = scratchFolder();
const storage = join(scratch.path, "storage");
const token = "a token of this test";
const signatureKey = "a key of this test, at least 32 bytes long";

let server: ServerProcess;
let first: ScratchRepository;
let second: ScratchRepository;

function settings(
  changes: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return {
    TURBO_API: `http://127.0.0.1:${server.port}`,
    TURBO_TOKEN: token,
    TURBO_TEAM: "team",
    TURBO_REMOTE_CACHE_SIGNATURE_KEY: signatureKey,
    ...changes,
  };
}

/** The client and what it is built from. */
const built = ["client", "redact", "schema"];

/** Builds these packages with nothing left from before; gives how many tasks came from a cache. */
async function build(
  { root }: ScratchRepository,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly cached: number; readonly total: number; readonly hasOutput: boolean }> {
  rmSync(join(root, ".turbo"), { recursive: true, force: true });
  rmSync(join(root, "node_modules/.cache/turbo"), { recursive: true, force: true });
  const dist = join(root, "packages/client/dist");
  for (const folder of built) {
    rmSync(join(root, "packages", folder, "dist"), { recursive: true, force: true });
    rmSync(join(root, "packages", folder, ".turbo"), { recursive: true, force: true });
  }
  const { output } = await repositoryIn(root, env).run(
    "turbo",
    "run",
    "build",
    "--filter=./packages/client...",
    "--output-logs=none",
  );
  const [, cached, total] = /Cached:\s+(\d+) cached, (\d+) total/u.exec(output) ?? [];
  return { cached: Number(cached), total: Number(total), hasOutput: existsSync(dist) };
}

beforeAll(async () => {
  const port = await freePort();
  server = await startServer(process.execPath, [tools.remoteCache], port, "/v8/artifacts/status", {
    HOST: "127.0.0.1",
    PORT: String(port),
    TURBO_TOKEN: token,
    STORAGE_PROVIDER: "local",
    STORAGE_PATH: storage,
    STORAGE_PATH_USE_TMP_FOLDER: "false",
    TURBO_REMOTE_CACHE_SIGNATURE_KEY: signatureKey,
    LOG_LEVEL: "error",
  });
  first = await createScratchRepository(join(scratch.path, "first"));
  second = await createScratchRepository(join(scratch.path, "second"));
});

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  scratch[Symbol.dispose]();
});

describe("the remote cache", () => {
  test("is filled by the first clone", async () => {
    expect(await build(first, settings())).toEqual({
      cached: 0,
      total: built.length,
      hasOutput: true,
    });
  });

  test("gives a second, fresh clone every task", async () => {
    expect(await build(second, settings())).toEqual({
      cached: built.length,
      total: built.length,
      hasOutput: true,
    });
  });

  test("gives nothing to a clone with another signature key, which builds by itself", async () => {
    const env = settings({
      TURBO_REMOTE_CACHE_SIGNATURE_KEY: "another key, just as long as the first one",
    });
    expect(await build(second, env)).toEqual({ cached: 0, total: built.length, hasOutput: true });
  });

  test("gives nothing to a clone with another token, which builds by itself", async () => {
    expect(await build(second, settings({ TURBO_TOKEN: "wrong" }))).toEqual({
      cached: 0,
      total: built.length,
      hasOutput: true,
    });
  });

  test("gives no artifact that somebody changed", async () => {
    expect(await build(first, settings())).toMatchObject({ total: built.length, hasOutput: true });
    const artifacts = readdirSync(storage, { recursive: true, encoding: "utf8" })
      .map((name) => join(storage, name))
      .filter((path) => statSync(path).isFile());
    expect(artifacts.length).toBeGreaterThanOrEqual(built.length);
    for (const artifact of artifacts) appendFileSync(artifact, "x");
    expect(await build(second, settings())).toEqual({
      cached: 0,
      total: built.length,
      hasOutput: true,
    });
  });

  test("does not break a build when its server is gone", async () => {
    await server[Symbol.asyncDispose]();
    expect(await build(second, settings())).toEqual({
      cached: 0,
      total: built.length,
      hasOutput: true,
    });
  });
});
