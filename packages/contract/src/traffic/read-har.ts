import { Buffer } from "node:buffer";
import { isJsonObject } from "@qontext/sync-log-document";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { Exchange } from "../wire/exchange.ts";
import { recordedResponse } from "../wire/exchange.ts";
import type { HeaderList } from "../wire/wire-request.ts";

/** What a HAR file has: exchanges, and entries that cannot be judged, with the reason. */
export interface HarContent {
  readonly exchanges: readonly { readonly exchange: Exchange; readonly origin: URL }[];
  readonly unreadable: readonly string[];
}

/**
 * Reads recorded traffic (HAR 1.2).
 *
 * @throws {@link CouldNotJudgeError} `bad_har` if the text is not a HAR file.
 */
export function readHar(text: string, source: string): HarContent {
  const entries = readEntries(text, source);
  const exchanges: HarContent["exchanges"][number][] = [];
  const unreadable: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const read = readEntry(entry);
    if (typeof read === "string") unreadable.push(`${source}, entry ${index}: ${read}`);
    else exchanges.push(read);
  }
  return { exchanges, unreadable };
}

function readEntries(text: string, source: string): readonly unknown[] {
  let har: unknown;
  try {
    har = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new CouldNotJudgeError("bad_har", `${source} is not JSON, so it is not a HAR file.`, {
      cause: error,
    });
  }
  const log = isJsonObject(har) ? har["log"] : undefined;
  const entries = isJsonObject(log) ? log["entries"] : undefined;
  if (Array.isArray(entries)) return entries;
  throw new CouldNotJudgeError("bad_har", `${source} has no log.entries, so it is not a HAR file.`);
}

function readEntry(entry: unknown): HarContent["exchanges"][number] | string {
  const { request, response, startedDateTime, time } = isJsonObject(entry) ? entry : {};
  if (!isJsonObject(request) || !isJsonObject(response)) return "it has no request or no response";
  const { method, url } = request;
  if (typeof method !== "string" || typeof url !== "string" || !URL.canParse(url))
    return "its request has no method or no URL";
  const { status, content } = response;
  if (typeof status !== "number" || status === 0)
    return "it has no response: the request was aborted";
  const body = readContent(content);
  if (body === undefined) return "its body was not recorded; record with content";
  const origin = new URL(url);
  const exchange: Exchange = {
    // The URL as it was recorded: the URL class would normalize the path.
    request: {
      method,
      target: url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/#.*/, "") || "/",
      headers: readHeaders(request["headers"]),
    },
    response: recordedResponse({
      status,
      reason: typeof response["statusText"] === "string" ? response["statusText"] : "",
      headers: readHeaders(response["headers"]),
      body,
    }),
    startedAtMs: typeof startedDateTime === "string" ? Date.parse(startedDateTime) : 0,
    durationMs: typeof time === "number" ? time : 0,
  };
  return { exchange, origin };
}

function readContent(content: unknown): Uint8Array | undefined {
  const { text, size, encoding } = isJsonObject(content) ? content : {};
  if (typeof text !== "string")
    return typeof size === "number" && size > 0 ? undefined : new Uint8Array();
  return Buffer.from(text, encoding === "base64" ? "base64" : "utf8");
}

function readHeaders(headers: unknown): HeaderList {
  if (!Array.isArray(headers)) return [];
  return headers.flatMap((header): [string, string][] => {
    const { name, value } = isJsonObject(header) ? header : {};
    // HTTP/2 pseudo-headers are not headers.
    if (typeof name !== "string" || typeof value !== "string" || name.startsWith(":")) return [];
    return [[name, value]];
  });
}
