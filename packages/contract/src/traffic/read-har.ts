import { Buffer } from "node:buffer";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { isJsonObject } from "@qontext/sync-log-document";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import type { Exchange } from "../wire/exchange.ts";
import { recordedResponse } from "../wire/exchange.ts";
import type { HeaderList } from "../wire/wire-request.ts";
import { headerValue } from "../wire/wire-request.ts";

/** A HAR file. */
export interface HarFile {
  /** For messages. */
  readonly name: string;
  readonly text: string;
  /** Where the bodies lie that the file only names. @default they are not read */
  readonly folder?: string | undefined;
}

/** A recorded request with its response. */
export interface RecordedExchange {
  readonly exchange: Exchange;
  readonly url: URL;
  /** Why it cannot be judged, if so. */
  readonly problem?: string | undefined;
}

/** What a HAR file has: exchanges, and entries that are not even requests, with the reason. */
export interface HarContent {
  readonly exchanges: readonly RecordedExchange[];
  readonly unreadable: readonly string[];
}

/**
 * Reads recorded traffic (HAR 1.2), as browsers, Playwright and proxies export it.
 *
 * @throws CouldNotJudgeError `bad_har` if the text is not a HAR file.
 */
export async function readHar({ name, text, folder }: HarFile): Promise<HarContent> {
  const exchanges: RecordedExchange[] = [];
  const unreadable: string[] = [];
  for (const [index, entry] of readEntries(text, name).entries()) {
    if (isServedByBrowser(entry)) continue;
    const place = `${name}, entry ${index}`;
    const read = await readEntry(entry, folder);
    if (read === undefined) unreadable.push(`${place}: it has no request with a method and a URL`);
    else {
      const problem = read.problem === undefined ? undefined : `${place}: ${read.problem}`;
      exchanges.push({ ...read, problem });
    }
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

async function readEntry(
  entry: unknown,
  folder: string | undefined,
): Promise<RecordedExchange | undefined> {
  const { request, response, startedDateTime, time } = isJsonObject(entry) ? entry : {};
  const { method, url, headers } = isJsonObject(request) ? request : {};
  if (typeof method !== "string" || typeof url !== "string" || !URL.canParse(url)) return undefined;
  const {
    status: recordedStatus,
    content,
    statusText,
    headers: responseHeaders,
  } = isJsonObject(response) ? response : {};
  const sent = readHeaders(headers);
  const received = readHeaders(responseHeaders);
  const status = recordedStatus === 200 && isConfirmation(sent, received) ? 304 : recordedStatus;
  const isAnswered = typeof status === "number" && status > 0;
  const isBodiless = method === "HEAD" || status === 204 || status === 304;
  const body = isBodiless ? new Uint8Array() : await readContent(content, folder);
  // Playwright writes -1 where it does not measure, and Firefox 0.
  const isTimed = time !== -1 && time !== 0;
  const exchange: Exchange = {
    // The URL as it was recorded: the URL class would normalize the path.
    request: {
      method,
      target: url.replace(/^[a-z]+:\/\/[^/?#]*/i, "").replace(/#.*/, "") || "/",
      headers: sent,
    },
    response: recordedResponse({
      status: isAnswered ? status : 0,
      reason: typeof statusText === "string" ? statusText : "",
      headers: received,
      body: body ?? new Uint8Array(),
    }),
    startedAtMs: typeof startedDateTime === "string" ? Date.parse(startedDateTime) : 0,
    durationMs: typeof time === "number" ? Math.max(0, time) : 0,
    isTimed,
  };
  // Beside a 304 there is what the cache had.
  const problem = isAnswered
    ? bodyProblem(body, isBodiless ? undefined : content)
    : "it has no response: the request was aborted";
  return { exchange, url: new URL(url), problem };
}

/** Whether the browser's cache or a service worker answered: Chrome says so, and Firefox lists them as having taken no time and no bytes. */
function isServedByBrowser(entry: unknown): boolean {
  const { _fromCache: cache, response, time } = isJsonObject(entry) ? entry : {};
  const {
    bodySize,
    content,
    _serviceWorkerResponseSource: source = "network",
  } = isJsonObject(response) ? response : {};
  const { size } = isJsonObject(content) ? content : {};
  const isUnreceived = bodySize === 0 && time === 0 && typeof size === "number" && size > 0;
  return typeof cache === "string" || source !== "network" || isUnreceived;
}

/** What of a body was left out; a text is without its byte order mark, so that up to three bytes may be missing. */
function bodyProblem(body: Uint8Array | undefined, content: unknown): string | undefined {
  if (body === undefined) return "its body was not recorded; record with content";
  const { text, size } = isJsonObject(content) ? content : {};
  const isCut = typeof text === "string" && typeof size === "number" && size > body.length + 3;
  return isCut ? "its body was recorded in part only" : undefined;
}

/** Whether a 200 was a 304: Playwright records the cached body beside the headers that confirmed it, which have no Content-Type. */
function isConfirmation(sent: HeaderList, received: HeaderList): boolean {
  const isConditional = ["if-none-match", "if-modified-since"].some(
    (name) => headerValue(sent, name) !== undefined,
  );
  return isConditional && headerValue(received, "content-type") === undefined;
}

/** The body; Playwright writes it beside the recording, and -1 for a size that it does not know. */
async function readContent(
  content: unknown,
  folder: string | undefined,
): Promise<Uint8Array | undefined> {
  const { text, size, encoding, _file: file } = isJsonObject(content) ? content : {};
  if (typeof text === "string") return Buffer.from(text, encoding === "base64" ? "base64" : "utf8");
  if (typeof file !== "string") return size === 0 ? new Uint8Array() : undefined;
  // The recording may come from anyone: it names files of its own folder only.
  if (folder === undefined || path.basename(file) !== file) return undefined;
  return readFile(path.join(folder, file)).catch(() => undefined);
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
