import { describe, expect, test } from "vitest";
import { parseCommand } from "../../src/cli/parse-command.ts";

const redisUrl = "redis://127.0.0.1:6379";

describe("the command line", () => {
  test("of work is read into options, the secret from the environment", () => {
    const args = "work --rate 1000/10s --concurrency 8 --webhook https://example.com/";
    const more =
      "--webhook-secret-env HOOK --metrics-port 9090 --min-interval 500ms --max-failing 10m --prefix mine";
    const environment = { HOOK: "sixteen characters", REDIS_URL: "redis://elsewhere" };
    expect(parseCommand(`${args} ${more}`.split(" "), environment)).toEqual({
      name: "work",
      redisUrl: "redis://elsewhere",
      prefix: "mine",
      rateLimit: { max: 1000, perMs: 10_000 },
      concurrency: 8,
      webhookUrl: "https://example.com/",
      webhookSecret: "sixteen characters",
      metricsPort: 9090,
      metricsHost: "127.0.0.1",
      minIntervalMs: 500,
      maxIntervalMs: undefined,
      notFoundGraceMs: undefined,
      maxFailingMs: 600_000,
    });
  });

  test("of the other commands holds what they are about", () => {
    const target = { workspaceId: "ws_1", id: "sync_1" };
    const at = { redisUrl, prefix: undefined };
    expect(parseCommand(["add", "ws_1", "sync_1", "--max-wait", "2h"], {})).toEqual({
      name: "add",
      ...at,
      target,
      maxWaitMs: 7_200_000,
      metadata: undefined,
    });
    expect(parseCommand(["redrive"], {})).toEqual({ name: "redrive", ...at, target: undefined });
    expect(parseCommand(["redrive", "ws_1", "sync_1"], {})).toEqual({
      name: "redrive",
      ...at,
      target,
    });
    expect(parseCommand(["list", "--stage", "parked"], {})).toEqual({
      name: "list",
      ...at,
      stage: "parked",
    });
    expect(parseCommand(["cancel", "ws_1", "sync_1"], {})).toMatchObject({ target });
    expect(parseCommand(["cancel", "key"], {})).toMatchObject({ name: "cancel", target: "key" });
    expect(parseCommand([], {})).toEqual({ name: "help" });
    expect(parseCommand(["add", "--help"], {})).toEqual({ name: "help" });
  });

  test.each([
    ["dance", 'Unknown command "dance"'],
    ["constructor", 'Unknown command "constructor"'],
    ["add ws_1", "takes a workspace id and a sync log id"],
    ["status ws_1 sync_1 more", "takes a workspace id and a sync log id"],
    ["list here", 'takes no "here"'],
    ["list --stage nowhere", "--stage must be one of"],
    ["work --rate fast", "50/s"],
    ["work --rate 0/s", "50/s"],
    ["work --concurrency many", "whole number"],
    ["work --min-interval soon", "--min-interval takes a duration"],
    ["work --webhook https://example.com", "need each other"],
    ["work --webhook https://example.com --webhook-secret-env NONE", "NONE is empty"],
    ["work --nonsense", "nonsense"],
  ])("%s is refused with a reason", (line, message) => {
    expect(() => parseCommand(line.split(" "), {})).toThrow(message);
  });
});
