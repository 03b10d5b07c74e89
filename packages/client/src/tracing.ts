import { type ClientHooks, markAsFromHook } from "./hooks.ts";
import { checkHeaders } from "./transport/check-headers.ts";

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
 * The headers that make the request part of the current trace; undefined without a trace.
 *
 * @throws what the hook throws, or InvalidParameterError for what can't be sent
 */
export function traceHeaders(hooks: ClientHooks): Record<string, string> | undefined {
  if (hooks.traceparent !== undefined) return traceFromHook(hooks.traceparent);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what other packages put into the global object has no type
  const api = (globalThis as { [registry]?: OpenTelemetry })[registry];
  if (api?.propagation === undefined || api.context === undefined) return undefined;
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
