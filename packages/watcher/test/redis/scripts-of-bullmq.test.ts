import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { timestampIndexByScript } from "../../src/redis/server-time-backend.ts";

/** Where the time is among the keys and arguments of a script, as its own comment says: `ARGV[2] timestamp`. */
function timestampIndex(file: string, lua: string): [script: string, index: number] | null {
  const [, script = "", keys] = /^(\w+)-(\d+)\.js$/u.exec(file) ?? [];
  const argument = /^\s*ARGV\[(\d+)\]\s+timestamp\b/mu.exec(lua)?.[1];
  return argument === undefined ? null : [script, Number(keys) + Number(argument) - 1];
}

const folder = join(dirname(createRequire(import.meta.url).resolve("bullmq")), "scripts");
const indexes = Object.fromEntries(
  readdirSync(folder)
    .map((file) => timestampIndex(file, readFileSync(join(folder, file), "utf8")))
    .filter((entry) => entry !== null),
);

test("BullMQ's scripts take the time where the server's time is put", () => {
  expect(indexes).toMatchObject(timestampIndexByScript);
});

test("no other script takes a time that it compares with that of another machine", () => {
  const others = Object.keys(indexes).filter((script) => !(script in timestampIndexByScript));
  expect(others.toSorted()).toEqual([
    // Not called by this package: schedulers, flows, and what moves many jobs at once.
    "addJobScheduler",
    // Its time is counted from the server's by the caller.
    "cleanJobsInSet",
    "moveJobsToWait",
    // Stores the time and never reads it.
    "moveStalledJobsToWait",
    "moveToWaitingChildren",
    "relayPublish",
    "releaseParentIfNoPendingDependencies",
    "updateJobScheduler",
  ]);
});

test("a script whose arguments moved is noticed", () => {
  expect(timestampIndex("moveToActive-12.js", "ARGV[2] timestamp")).toEqual(["moveToActive", 13]);
  expect(timestampIndex("moveToActive-11.js", "  ARGV[3]  timestamp")).toEqual([
    "moveToActive",
    13,
  ]);
  expect(timestampIndex("moveToActive-11.js", "ARGV[2] token")).toBeNull();
});
