import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { resolveOptions } from "../src/resolve-options.ts";
import { resolveWaitLimits } from "../src/wait/wait-options.ts";
import { apiKey } from "./fixtures/sync-logs.ts";

/** The numbers that the documentation of a file's options gives as their defaults. */
function documentedDefaults(file: string): Readonly<Record<string, number>> {
  const source = readFileSync(new URL(`../src/${file}`, import.meta.url), "utf8");
  const defaults = source.matchAll(
    /@default (\d+|Infinity)(?: \(.*\))?\n\s*\*\/\s*readonly (\w+)/gu,
  );
  return Object.fromEntries([...defaults].map(([, value, name]) => [name, Number(value)]));
}

describe("the defaults that the documentation gives are those that apply", () => {
  const options = resolveOptions({ apiKey });

  it("to a client", () => {
    const { timeoutMs, deadlineMs, maxResponseBytes } = options;
    const documented = documentedDefaults("client-options.ts");
    expect(documented).toEqual({ timeoutMs, deadlineMs, maxResponseBytes });
  });

  it("to retries, in both places", () => {
    expect(documentedDefaults("retry/retry-options.ts")).toEqual(options.retry);
    const source = readFileSync(new URL("../src/client-options.ts", import.meta.url), "utf8");
    const members = Object.entries(options.retry).map(
      ([name, value]) => `${name}: ${String(value)}`,
    );
    expect(source).toContain(`@default { ${members.join(", ")} }`);
  });

  it("to a wait", () => {
    const { deadlineMs, ...limits } = resolveWaitLimits({});
    expect(deadlineMs).toBe(Infinity);
    expect(documentedDefaults("wait/wait-options.ts")).toEqual(limits);
  });
});
