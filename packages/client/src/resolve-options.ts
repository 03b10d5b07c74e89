import { checkOptions } from "./check-options.ts";
import { clientRules, type SyncLogClientOptions } from "./client-options.ts";
import { systemClock } from "./clock.ts";
import { createSafeLogger } from "./logger.ts";
import { refuseNamed } from "./refuse.ts";
import { resolveCallLimits } from "./request-options.ts";
import { createRetryBudget } from "./retry/retry-budget.ts";
import { createRedactor } from "./secrets/redactor.ts";
import { checkKey, createKeySource } from "./secrets/key-source.ts";
import { normalizeHeaders } from "./transport/check-headers.ts";
import { checkBaseUrl } from "./transport/check-base-url.ts";
import { checkFetchOptions } from "./transport/fetch-options.ts";
import type { Transport } from "./transport/transport.ts";
import { createCheckAnswer } from "./validation.ts";

const productionUrl = "https://api.qontext.ai";
const defaultMaxBytes = 10 * 1024 * 1024;

/** Checks a client's options and puts the defaults in place. @throws InvalidParameterError */
export function resolveOptions(options: SyncLogClientOptions): Transport {
  checkOptions(options, clientRules);
  if (options.dangerouslyAllowBrowser !== true && isBrowser()) {
    refuseNamed(
      "dangerouslyAllowBrowser",
      "has to be true in a browser, where every user can read the API key",
    );
  }
  const apiKey = options.apiKey ?? readEnvironment("QONTEXT_API_KEY");
  const source = options.apiKey === undefined ? "QONTEXT_API_KEY" : "`apiKey`";
  const redactor = createRedactor();
  const logger = options.logger && createSafeLogger(options.logger, redactor);
  const keys = createKeySource(
    typeof apiKey === "function" ? apiKey : checkKey(apiKey, source),
    redactor,
    logger,
  );
  const baseUrl = checkBaseUrl(
    options.baseUrl ?? readEnvironment("QONTEXT_BASE_URL") ?? productionUrl,
    options.baseUrl === undefined ? "QONTEXT_BASE_URL" : "`baseUrl`",
  );
  const { validate } = options;
  return {
    fetch: options.fetch,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    baseUrl: baseUrl.href.replace(/\/+$/, ""),
    originPrefix: `${baseUrl.origin}/`,
    headers: { accept: "application/json", ...normalizeHeaders(options.headers) },
    fetchOptions: checkFetchOptions(options.fetchOptions),
    ...resolveCallLimits(options),
    budget: createRetryBudget(),
    maxResponseBytes: options.maxResponseBytes ?? defaultMaxBytes,
    hooks: options.hooks ?? {},
    logger,
    keys,
    redactor,
    checkSyncLog: validate && createCheckAnswer(validate, { logger, redactor }),
  };
}

function readEnvironment(name: string): string | undefined {
  try {
    return typeof process === "object" ? process.env?.[name] : undefined;
  } catch {
    // Deno refuses to read the environment without --allow-env.
    return undefined;
  }
}

/** Node, Deno, Bun and workerd have a `navigator` of another name, and no `document`. */
function isBrowser(): boolean {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only browsers have these, and the types are those of every runtime
  const scope = globalThis as {
    readonly window?: { readonly document?: unknown };
    readonly navigator?: { readonly userAgent?: string };
  };
  return (
    scope.window?.document !== undefined ||
    scope.navigator?.userAgent?.startsWith("Mozilla/") === true
  );
}
