import { runCommand } from "@qontext/sync-log-test-support/run-command";
import { describe, expect, it } from "vitest";
import { toolsFolder } from "./support/other-packages.ts";

/** What a request carried, and which spans there were. */
interface Traced {
  readonly traceparents: readonly string[];
  readonly traceId: string;
  readonly spanId: string;
  readonly requestSpanId: string | null;
}

async function callsWith(...instrumentations: readonly string[]) {
  const { stdout } = await runCommand("node", ["traced.cjs", ...instrumentations], {
    cwd: toolsFolder,
  });
  const calls = JSON.parse(stdout) as Record<string, Traced>;
  return (name: string): Traced => {
    const call = calls[name];
    if (call === undefined) throw new Error(`No call ${name}: ${stdout}`);
    return call;
  };
}

const from = ({ traceId }: Traced, spanId: string | null): string => `00-${traceId}-${spanId}-01`;
const mine = `00-${"a".repeat(32)}-${"b".repeat(16)}-01`;

describe("the trace goes on in the service, in one header:", () => {
  it("of the instrumentations' spans, where they are installed", async () => {
    const calls = await callsWith("undici", "http");
    for (const name of ["fetch", "undici", "http", "hook", "off"]) {
      const call = calls(name);
      expect(call.requestSpanId).toEqual(expect.any(String));
      expect(call.traceparents).toEqual([from(call, call.requestSpanId)]);
    }
  });

  it("of the active span, where a transport has no instrumentation", async () => {
    const calls = await callsWith("undici");
    const call = calls("http");
    expect(call).toMatchObject({ requestSpanId: null, traceparents: [from(call, call.spanId)] });
  });

  it("of the active span or the hook, where nothing is instrumented", async () => {
    const calls = await callsWith();
    for (const name of ["fetch", "undici", "http"]) {
      const call = calls(name);
      expect(call.traceparents).toEqual([from(call, call.spanId)]);
    }
    expect(calls("hook").traceparents).toEqual([mine]);
    expect(calls("off").traceparents).toEqual([]);
  });
});
