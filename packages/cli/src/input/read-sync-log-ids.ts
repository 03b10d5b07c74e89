import { UsageError } from "../usage-error.ts";

const maxInputBytes = 10 * 1024 * 1024;

function idsInJson(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(idsInJson);
  if (typeof value !== "object" || value === null) return [];
  if ("syncLogId" in value && typeof value.syncLogId === "string") return [value.syncLogId];
  return Object.values(value).flatMap((item) => (typeof item === "object" ? idsInJson(item) : []));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * The sync log ids in a text: an ingestion's JSON answer (`{"syncLogId": "sync_…"}`, alone, in an array or nested), one
 * such answer a line, or plain ids. Throws a {@link UsageError} when there is none.
 */
export function syncLogIdsIn(text: string): readonly string[] {
  const whole = parseJson(text);
  const lines = text.split(/\s*\n\s*/u).filter((line) => line.trim() !== "");
  const ids =
    whole === undefined
      ? lines.flatMap((line) => {
          const value = parseJson(line);
          return value === undefined ? line.trim().split(/\s+/u) : idsInJson(value);
        })
      : idsInJson(whole);
  if (ids.length === 0) {
    throw new UsageError(
      'Standard input holds no sync log id: pipe an ingestion\'s answer, {"syncLogId": "sync_…"}, or ids, one a line.',
    );
  }
  return [...new Set(ids)];
}

/** All of a stream as text, up to 10 MiB. */
async function readAll(input: AsyncIterable<Buffer | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.length;
    if (bytes > maxInputBytes) throw new UsageError("Standard input is longer than 10 MiB.");
    chunks.push(buffer);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** Standard input, as far as this needs it. */
export interface InputStream extends AsyncIterable<Buffer | string> {
  readonly isTTY?: boolean | undefined;
}

/** The ids of the command line, each `-` replaced by those on standard input; none twice. */
export async function readSyncLogIds(
  args: readonly string[],
  stdin: InputStream,
): Promise<readonly string[]> {
  if (!args.includes("-")) return [...new Set(args)];
  if (stdin.isTTY === true) {
    throw new UsageError("- reads sync log ids from standard input: pipe something into it.");
  }
  const fromInput = syncLogIdsIn(await readAll(stdin));
  return [...new Set(args.flatMap((arg) => (arg === "-" ? fromInput : [arg])))];
}
