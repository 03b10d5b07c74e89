import { UsageError } from "@qontext/sync-log-command-line";

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
 * The sync log ids in a text: the JSON response of an ingestion (`{"syncLogId": "sync_…"}`, alone, in an array or nested), one
 * such response per line, or plain ids. Throws a {@link UsageError} if there are none.
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
      'No sync log id on standard input. Pipe the response of an ingestion, {"syncLogId": "sync_…"}, or ids, one per line.',
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

/** The ids of the command line without duplicates; `-` stands for those on standard input. */
export async function readSyncLogIds(
  args: readonly string[],
  stdin: AsyncIterable<Buffer | string> & { readonly isTTY?: boolean },
): Promise<readonly string[]> {
  if (!args.includes("-")) return [...new Set(args)];
  if (stdin.isTTY === true) {
    throw new UsageError(
      "- reads sync log ids from standard input, which is a terminal: pipe something into it.",
    );
  }
  const fromInput = syncLogIdsIn(await readAll(stdin));
  return [...new Set(args.flatMap((arg) => (arg === "-" ? fromInput : [arg])))];
}
