import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { becomes } from "../redis-faults/until.ts";
import { type Compose, startCompose } from "./support/start-compose.ts";
import { operationsFile, parseYaml } from "./support/tools.ts";

const statusOf = async (address: string, path: string): Promise<number> =>
  (await fetch(`http://${address}${path}`)).status;

let compose: Compose;
beforeAll(async () => {
  compose = await startCompose(operationsFile("compose.yaml"));
});
afterAll(() => compose[Symbol.asyncDispose]());

test("the probes of the Kubernetes file ask for what a worker says, and none restarts it for Redis", async () => {
  const deployment = Object(parseYaml(readFileSync(operationsFile("kubernetes.yaml"), "utf8")));
  const { containers, terminationGracePeriodSeconds } = deployment.spec.template.spec;
  const [{ args, livenessProbe, readinessProbe }] = containers;
  const { services } = Object(parseYaml(readFileSync(operationsFile("compose.yaml"), "utf8")));
  expect(args).toEqual(services["worker-1"].command);
  expect(terminationGracePeriodSeconds).toBeGreaterThan(5);

  const { address } = compose.service("worker-1");
  expect(await statusOf(address, livenessProbe.httpGet.path)).toBe(200);
  expect(await statusOf(address, readinessProbe.httpGet.path)).toBe(200);
  const redis = compose.service("redis").child;
  redis.kill("SIGSTOP");
  const isUnready = async (): Promise<boolean> =>
    (await statusOf(address, readinessProbe.httpGet.path)) === 503;
  expect(await becomes(isUnready, 30_000)).toBe(true);
  const startedAtMs = performance.now();
  expect(await statusOf(address, readinessProbe.httpGet.path)).toBe(503);
  expect(performance.now() - startedAtMs).toBeLessThan(readinessProbe.timeoutSeconds * 1000);
  expect(await statusOf(address, livenessProbe.httpGet.path)).toBe(200);
  redis.kill("SIGCONT");
  const isReady = async (): Promise<boolean> =>
    (await statusOf(address, readinessProbe.httpGet.path)) === 200;
  expect(await becomes(isReady, 30_000)).toBe(true);
});

test("the compose file brings up Redis as promised, the mock, and two workers that replace each other", async () => {
  const [one, two] = [compose.service("worker-1"), compose.service("worker-2")];

  const redis = new Redis(`redis://${compose.service("redis").address}`);
  const settings = await redis.config("GET", "appendonly", "appendfsync", "maxmemory-policy");
  redis.disconnect();
  expect(settings.join(" ")).toContain("appendfsync always");
  expect(settings.join(" ")).toContain("appendonly yes");
  expect(settings.join(" ")).toContain("maxmemory-policy noeviction");

  const [, workspaceId = "", id = ""] =
    /sync {2}(ws_\S+) (sync_\S+)/u.exec(compose.service("service").stdout) ?? [];
  one.child.kill("SIGKILL");
  const added = two.exec(["sync-log-watcher", "add", workspaceId, id]);
  expect(JSON.parse(added)).toEqual({ workspaceId, id, added: true });
  const isDelivered = (): boolean => two.stdout.includes(`"endedAs":"completed"`);
  expect(await becomes(isDelivered, 60_000)).toBe(true);

  const startedAtMs = performance.now();
  two.child.kill("SIGTERM");
  expect(await once(two.child, "exit")).toEqual([0, null]);
  expect(performance.now() - startedAtMs).toBeLessThan(two.stopGraceMs);
});
