import { markAsFromHook } from "./hooks.ts";
import { checkHeaders } from "./transport/check-headers.ts";
import type { Fetch, Transport } from "./transport/transport.ts";

/** Marks a `fetch` that is not on undici, for every copy of this package. */
export const onNodeHttp: unique symbol = Symbol.for("@qontext/sync-log-client/on-node-http");

/** A `traceparent` of any version (W3C Trace Context, section 3.2). */
const traceparentPattern = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}(-[\x21-\x7e]*)?$/;

/** What `@opentelemetry/api` 1.x registers, as far as it is used here. */
interface OpenTelemetry {
  readonly context?: { active(): unknown };
  readonly propagation?: {
    inject(
      context: unknown,
      carrier: unknown,
      setter: { set(carrier: unknown, name: string, value: string): void },
    ): void;
  };
}

/**
 * `@opentelemetry/api` 1.x keeps what is registered with it under this symbol, so that copies of it
 * agree. Reading it there needs no import, which would fail where the package is not installed.
 */
const registry: unique symbol = Symbol.for("opentelemetry.js.api.1");

/**
 * Whether each request of undici, and so of Node's `fetch`, is told to somebody. Instrumentations
 * (OpenTelemetry's, New Relic's, Elastic's) add a `traceparent` there and do not look for another; two
 * of them are none.
 */
function isInstrumented(fetch: Fetch | undefined): boolean {
  if (fetch !== undefined && onNodeHttp in fetch) return false;
  const scope: Partial<typeof globalThis> = globalThis;
  return (
    scope.process
      ?.getBuiltinModule?.("node:diagnostics_channel")
      ?.hasSubscribers("undici:request:create") === true
  );
}

/**
 * The headers that make the request part of the current trace; undefined without a trace, and where an
 * instrumentation adds them.
 *
 * @throws what the hook throws, or InvalidParameterError for what can't be sent
 */
export function traceHeaders({
  hooks,
  fetch,
}: Pick<Transport, "hooks" | "fetch">): Record<string, string> | undefined {
  const { traceparent } = hooks;
  if (traceparent === false) return undefined;
  if (traceparent !== undefined)
    return isInstrumented(fetch) ? undefined : traceFromHook(traceparent);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what other packages put into the global object has no type
  const api = (globalThis as { [registry]?: OpenTelemetry })[registry];
  if (api?.propagation === undefined || api.context === undefined || isInstrumented(fetch)) {
    return undefined;
  }
  const headers: Record<string, string> = {};
  api.propagation.inject(api.context.active(), headers, {
    set(_carrier, name, value) {
      // Baggage stays here: it may hold anything, and the service is another company's.
      if (name === "traceparent" || name === "tracestate") headers[name] = value;
    },
  });
  checkHeaders(headers);
  return headers;
}

function traceFromHook(hook: () => string | undefined): Record<string, string> | undefined {
  try {
    const traceparent = hook();
    return traceparent !== undefined && traceparentPattern.test(traceparent)
      ? { traceparent }
      : undefined;
  } catch (error) {
    throw markAsFromHook(error);
  }
}
