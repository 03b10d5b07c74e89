import { expect, test } from "vitest";
import { createTrouble } from "../src/commands/trouble.ts";

const url = "GET https://api.example.com/workspaces/ws_1/sync-logs";
const at = (id: string): string => `${url}/${id} answered 503.`;
const shown = (id: string): string => `${id} answered 503.`;

test("trouble is told once, until all who have it are well again", () => {
  const told: string[] = [];
  const trouble = createTrouble(
    () => ["sync_a", "sync_b", "sync_c"],
    (message) => told.push(message),
  );
  trouble.report(at("sync_a"));
  trouble.report(at("sync_a"));
  // Another log has the same, and a third one is well: that is no news about the first.
  trouble.report(at("sync_b"));
  trouble.isWell("sync_c");
  trouble.report(at("sync_a"));
  trouble.isWell("sync_b");
  trouble.report(at("sync_a"));
  expect(told).toEqual([shown("sync_a")]);
  trouble.isWell("sync_a");
  trouble.report(at("sync_b"));
  expect(told).toEqual([shown("sync_a"), shown("sync_b")]);
});

test("trouble of another kind is told, and what belongs to no log only once", () => {
  const told: string[] = [];
  const trouble = createTrouble(
    () => ["sync_a"],
    (message) => told.push(message),
  );
  trouble.report(at("sync_a"));
  trouble.report(`${url}/sync_a took too long.`);
  trouble.report("The key is short.");
  trouble.isWell("sync_a");
  trouble.report("The key is short.");
  expect(told).toHaveLength(3);
});

test("trouble is the same however the service words it each time", () => {
  const told: string[] = [];
  const trouble = createTrouble(
    () => ["sync_a", "sync_b"],
    (message) => told.push(message),
  );
  for (const trace of ["4f1c", "9ab2", "77d0"]) {
    trouble.report(`${at("sync_a")} Trace ${trace}.`, "server_error");
    trouble.report(`${at("sync_b")} Trace ${trace}.`, "server_error");
  }
  trouble.report(`${url}/sync_a took too long.`, "timeout");
  expect(told).toEqual(["sync_a answered 503. Trace 4f1c.", "sync_a took too long."]);
  trouble.isWell("sync_a");
  trouble.isWell("sync_b");
  trouble.report(`${at("sync_a")} Trace 0c3e.`, "server_error");
  expect(told.slice(2)).toEqual(["sync_a answered 503. Trace 0c3e."]);
});
