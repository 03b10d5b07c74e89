import { checkOptions } from "./check-options.ts";
import { clientRules, type SyncLogClientOptions } from "./client-options.ts";
import { systemClock } from "./clock.ts";
import { createSafeLogger } from "./logger.ts";
import { refuseNamed } from "./refuse.ts";
import { resolveCallLimits } from "./request-options.ts";
import { createRetryBudget } from "./retry/retry-budget.ts";
import { runtimeName } from "./runtime-name.ts";
import { createRedactor, redactThrown } from "./secrets/redactor.ts";
import { checkKey, createKeySource } from "./secrets/key-source.ts";
import { normalizeHeaders } from "./transport/check-headers.ts";
import { checkBaseUrl } from "./transport/check-base-url.ts";
import { checkFetchOptions } from "./transport/fetch-options.ts";
import type { Transport } from "./transport/transport.ts";
import { createCheckAnswer } from "./validation.ts";

/** The build puts the version of `package.json` in its place. */
declare const packageVersion: string | undefined;

const product = `qontext-sync-log-client/${typeof packageVersion === "string" ? packageVersion : "0.0.0"}`;
const productionUrl = "https://api.qontext.ai";
const defaultMaxBytes = 10 * 1024 * 1024;

/** Checks a client's options and puts the defaults in place. @throws InvalidParameterError */
export function resolveOptions(options: SyncLogClientOptions): Transport {
  const apiKey = options?.apiKey ?? readEnvironment("QONTEXT_API_KEY");
  const redactor = createRedactor();
  if (typeof apiKey === "string") redactor.add(apiKey);
  redactThrown(redactor, () => checkOptions(options, clientRules));
  const runtime = runtimeName();
  if (options.dangerouslyAllowBrowser !== true && runtime === undefined) {
    refuseNamed(
      "dangerouslyAllowBrowser",
      "has to be true in a browser, where every user can read the API key",
    );
  }
  const source = options.apiKey === undefined ? "QONTEXT_API_KEY" : "`apiKey`";
  const logger = options.logger && createSafeLogger(options.logger, redactor);
  const keys = createKeySource(
    typeof apiKey === "function" ? apiKey : checkKey(apiKey, source),
    redactor,
    logger,
  );
  const baseUrl = checkBaseUrl(
    options.baseUrl ?? readEnvironment("QONTEXT_BASE_URL") ?? productionUrl,
    options.baseUrl === undefined ? "QONTEXT_BASE_URL" : "`baseUrl`",
    options.dangerouslyAllowHttp ?? readEnvironment("QONTEXT_DANGEROUSLY_ALLOW_HTTP") === "1",
  );
  const { validate, polls = "auto" } = options;
  if (polls !== "auto" && polls !== "single") refuseNamed("polls", 'has to be "auto" or "single"');
  return {
    fetch: options.fetch,
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    baseUrl: baseUrl.href.replace(/\/+$/, ""),
    originPrefix: `${baseUrl.origin}/`,
    headers: {
      accept: "application/json",
      // A browser has its own of both, and would ask the server whether it may send others.
      ...(runtime && { "user-agent": `${product} ${runtime}`, "cache-control": "no-cache" }),
      ...normalizeHeaders(options.headers, redactor),
    },
    fetchOptions: checkFetchOptions(options.fetchOptions),
    // Workers of an old compatibility date refuse the option; the others take it, or take no notice.
    cache:
      runtime !== "Cloudflare-Workers" || "cache" in Request.prototype ? "no-store" : undefined,
    ...resolveCallLimits(options),
    budget: createRetryBudget(),
    maxResponseBytes: options.maxResponseBytes ?? defaultMaxBytes,
    hooks: options.hooks ?? {},
    logger,
    keys,
    redactor,
    sharesLists: polls === "auto",
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
