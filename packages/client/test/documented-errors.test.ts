import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createSyncLogClient } from "../src/index.ts";

const generated = readFileSync(join(import.meta.dirname, "../src/generated/methods.ts"), "utf8");
const documented = [...generated.matchAll(/@throws (\w+) for a (\d\w\w):/gu)].map(
  ([, name = "", status = ""]) => [status, name] as const,
);

it.each(documented)("throws for a %s what its documentation says, a %s", async (status, name) => {
  const client = createSyncLogClient({
    apiKey: "q_sk_test",
    retry: false,
    fetch: () =>
      Promise.resolve(Response.json({}, { status: Number(status.replace(/XX$/u, "03")) })),
  });
  await expect(client.getSyncLog({ workspaceId: "ws_1", id: "sync_1" })).rejects.toMatchObject({
    name,
  });
});

it("documents the errors of every method", () => {
  expect(documented.map(([status]) => status)).toEqual(
    expect.arrayContaining(["400", "401", "404", "429", "5XX"]),
  );
});
