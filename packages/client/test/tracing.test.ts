import diagnosticsChannel from "node:diagnostics_channel";
import {
  context,
  propagation,
  type Context,
  type ContextManager,
  type TextMapPropagator,
} from "@opentelemetry/api";
import { afterEach, describe, expect, it } from "vitest";
import { createSyncLogClient, type ClientHooks, type Fetch } from "../src/index.ts";
import { createNodeFetch } from "../src/node/index.ts";
import { startServer } from "@qontext/sync-log-test-support/start-server";
import { apiKey, ids, smallestAnswer } from "./fixtures/sync-logs.ts";

const traceparent = "00-4fd0b6c2a4d1e0f8a2b9c3d4e5f60718-00f067aa0ba902b7-01";
const tracing = Symbol("tracing");

/** Writes what the context has, as the W3C propagator of an SDK does, and some baggage. */
const propagator: TextMapPropagator = {
  inject(active, carrier, setter) {
    const value = active.getValue(tracing);
    if (typeof value !== "string") return;
    setter.set(carrier, "traceparent", value);
    setter.set(carrier, "tracestate", "a=b");
    setter.set(carrier, "baggage", "user=42");
  },
  extract: (active) => active,
  fields: () => [],
};

class OneContext implements ContextManager {
  readonly #active: Context;
  constructor(active: Context) {
    this.#active = active;
  }
  active(): Context {
    return this.#active;
  }
  with<A extends unknown[], F extends (...rest: A) => ReturnType<F>>(
    _context: Context,
    call: F,
    _self?: ThisParameterType<F>,
    ...rest: A
  ): ReturnType<F> {
    return call(...rest);
  }
  bind<T>(_context: Context, target: T): T {
    return target;
  }
  enable(): this {
    return this;
  }
  disable(): this {
    return this;
  }
}

afterEach(() => {
  context.disable();
  propagation.disable();
});

async function sentWith(hooks?: ClientHooks, fetch?: Fetch) {
  const sent: unknown[] = [];
  const server = await startServer((request, response) => {
    const { headers } = request;
    sent.push([headers["traceparent"], headers["tracestate"], headers["baggage"]]);
    response.end(smallestAnswer);
  });
  await createSyncLogClient({ apiKey, baseUrl: server.url, hooks, fetch }).getSyncLog(ids);
  return sent;
}

const nothing = [[undefined, undefined, undefined]];

describe("traceparent", () => {
  it("is not sent where nothing gives one", async () => {
    expect(await sentWith()).toEqual(nothing);
  });

  it("comes from a hook", async () => {
    expect(await sentWith({ traceparent: () => traceparent })).toEqual([
      [traceparent, undefined, undefined],
    ]);
  });

  it.each(["", "nonsense", "00-short-id-01", `${traceparent}\r\nx: y`])(
    "is not sent where a hook gives %j",
    async (value) => {
      expect(await sentWith({ traceparent: () => value })).toEqual(nothing);
    },
  );

  it("comes from an installed OpenTelemetry API, without its baggage", async () => {
    propagation.setGlobalPropagator(propagator);
    const active = context.active().setValue(tracing, traceparent);
    context.setGlobalContextManager(new OneContext(active));
    expect(await sentWith()).toEqual([[traceparent, "a=b", undefined]]);
  });

  it("is not sent where the hook is false, whatever is installed", async () => {
    propagation.setGlobalPropagator(propagator);
    const active = context.active().setValue(tracing, traceparent);
    context.setGlobalContextManager(new OneContext(active));
    expect(await sentWith({ traceparent: false })).toEqual(nothing);
  });

  it("is left to an instrumentation of undici, which adds its own to each request", async () => {
    propagation.setGlobalPropagator(propagator);
    const active = context.active().setValue(tracing, traceparent);
    context.setGlobalContextManager(new OneContext(active));
    const own = traceparent.replace("00f067aa", "11111111");
    const addHeader = (message: unknown): void => {
      const { request } = message as { request: { addHeader(name: string, value: string): void } };
      request.addHeader("traceparent", own);
    };
    diagnosticsChannel.subscribe("undici:request:create", addHeader);
    const sent = [await sentWith(), await sentWith({ traceparent: () => traceparent })];
    const nodeFetch = createNodeFetch();
    sent.push(await sentWith(undefined, nodeFetch));
    nodeFetch.close();
    diagnosticsChannel.unsubscribe("undici:request:create", addHeader);
    expect(sent).toEqual([
      [[own, undefined, undefined]],
      [[own, undefined, undefined]],
      // Which is not on undici.
      [[traceparent, "a=b", undefined]],
    ]);
  });

  it("is not sent where OpenTelemetry has no active trace", async () => {
    propagation.setGlobalPropagator(propagator);
    context.setGlobalContextManager(new OneContext(context.active()));
    expect(await sentWith()).toEqual(nothing);
  });
});
