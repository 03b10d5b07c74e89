import { Buffer } from "node:buffer";
import type { WireRequest } from "../wire/wire-request.ts";
import type { Secret } from "./redact.ts";
import { redactAll } from "./redact.ts";

/** A curl command that sends the same request, for a POSIX shell, with variables in place of the keys. */
export function curlLine(
  origin: URL,
  request: WireRequest,
  secrets: readonly Secret[],
  maxSeconds?: number,
): string {
  const words = ["curl", "-sS", "-i", "--path-as-is", "-g"];
  if (origin.protocol === "https:") words.push("--http1.1");
  if (maxSeconds !== undefined) words.push("--max-time", String(maxSeconds));
  if (request.method === "HEAD") words.push("-I");
  else if (request.method !== "GET") words.push("-X", request.method);
  const sent = new Set(request.headers.map(([name]) => name.toLowerCase()));
  if (!sent.has("accept")) words.push("-H", "'Accept:'");
  for (const [name, value] of request.headers) {
    if (name.toLowerCase() === "content-length") continue;
    words.push("-H", quote(value === "" ? `${name};` : `${name}: ${value}`, secrets));
  }
  if (sent.has("accept-encoding")) words.push("--compressed");
  if (request.body !== undefined)
    words.push("--data-binary", quote(Buffer.from(request.body).toString("utf8"), secrets));
  words.push(quote(`${origin.origin}${request.target}`, secrets));
  return words.join(" ");
}

/** A word for a POSIX shell, with the shell's own expression for each secret in it. */
function quote(text: string, secrets: readonly Secret[]): string {
  const first = secrets
    .map((secret) => ({ secret, index: text.indexOf(secret.value) }))
    .filter(({ index }) => index !== -1)
    .toSorted(
      (left, right) =>
        left.index - right.index || right.secret.value.length - left.secret.value.length,
    )[0];
  // What is another form of a key is not made from a variable; it is taken out.
  if (first === undefined) return quotePlain(redactAll(text, secrets));
  const { secret, index } = first;
  const before = index === 0 ? "" : quotePlain(redactAll(text.slice(0, index), secrets));
  const rest = text.slice(index + secret.value.length);
  return `${before}${secret.shell}${rest === "" ? "" : quote(rest, secrets)}`;
}

function quotePlain(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
