import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { freePort } from "@qontext/sync-log-test-support/free-port";
import { createWebhookSender } from "../../src/index.ts";
import { newWatchState } from "../../src/watch/new-watch.ts";
import { unfinishedOutcome } from "../../src/watch/watch-outcome.ts";
import { target } from "../support/targets.ts";
import { until } from "../support/until.ts";

const secretOf = (byte: number): string => `whsec_${Buffer.alloc(32, byte).toString("base64")}`;
const root = new URL("../../", import.meta.url);

test("the guide's receiver survives whoever sends", async () => {
  const guide = readFileSync(new URL("../../docs/guides/in-production.md", root), "utf8");
  const blocks = guide.split("```ts\n").map((part) => part.split("```")[0] ?? "");
  const code = blocks.find((block) => block.includes("verifyWebhook(")) ?? "";
  const port = await freePort();
  const child = spawn(
    process.execPath,
    ["--input-type=module-typescript", "--eval", code.replace("8080", String(port))],
    { cwd: root, env: { ...process.env, WEBHOOK_SECRET: secretOf(1) }, stdio: "pipe" },
  );
  let output = "";
  child.stdout.on("data", (chunk) => (output += String(chunk)));
  child.stderr.on("data", (chunk) => (output += String(chunk)));
  const url = `http://127.0.0.1:${port}/`;
  const post = async (body: string): Promise<number> =>
    (await fetch(url, { method: "POST", body })).status;
  try {
    await until("it listens", async () => (await post("{}")) === 400);

    const sender = connect(port, "127.0.0.1");
    sender.on("error", () => undefined);
    sender.write("POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 100\r\n\r\n{");
    await new Promise((resolve) => setTimeout(resolve, 50));
    sender.destroy();
    const outcome = unfinishedOutcome(
      newWatchState({ ...target(1), maxWaitMs: 1 }, 0),
      "timed_out",
      1,
    );
    const context = { attempt: 1, signal: new AbortController().signal };
    const send = (secret: string) => createWebhookSender({ url, secret })(outcome, context);
    const refusal = () => send(secretOf(2)).catch((error: unknown) => String(error));
    await expect.poll(refusal).toMatch(/status 400/u);
    // Again if a kept connection was closed meanwhile.
    await until("it is taken", () => send(secretOf(1)).then(() => true));
    await until("it says so", () => output.includes(outcome.idempotencyKey));

    // The answer may be lost where the sender still sends.
    const huge = await post("x".repeat(4_000_000)).catch(() => 413);
    expect(huge).toBe(413);
    await until("it still answers", async () => (await post("{}")) === 400);
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill("SIGKILL");
    await once(child, "close");
  }
});
