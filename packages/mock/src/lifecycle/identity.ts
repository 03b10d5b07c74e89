import { isJsonObject } from "@qontext/sync-log-document";
import { randomHex } from "./random.ts";

const uuid = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const identifier = new RegExp(String.raw`(?:[a-z]+_)?${uuid}|\b[0-9a-f]{32}\b`, "g");

/**
 * Replaces the ids of an example by those of one run, in every text of it: ids that stand for a path parameter become the
 * run's own, and every other UUID or 32-digit hex number becomes another one, the same for the same seed.
 *
 * @param own - From the ids of the example to those of the run.
 */
export function createIdentity(
  seed: string,
  own: ReadonlyMap<string, string>,
): (value: unknown) => unknown {
  // Each state of a run has the same ids.
  const ids = new Map(own);
  const idFor = (found: string): string => {
    const id = ids.get(found) ?? similarId(found, seed);
    ids.set(found, id);
    return id;
  };
  const replaceIds = (text: string): string => text.replaceAll(identifier, idFor);
  const rewrite = (value: unknown): unknown => {
    if (typeof value === "string") return own.get(value) ?? replaceIds(value);
    if (Array.isArray(value)) return value.map(rewrite);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rewrite(item)]));
  };
  return rewrite;
}

/** An id of the same shape, different for every seed: another number for a number. A text without any id gets one at its end. */
export function similarId(example: string, seed: string): string {
  const hexOf = (id: string): string => randomHex(`${seed}/${id}`);
  if (/^\d+$/.test(example)) return String(Number.parseInt(hexOf(example).slice(0, 7), 16));
  if (example.match(identifier) === null) return `${example}-${hexOf(example).slice(0, 8)}`;
  return example.replaceAll(identifier, (id) => {
    const prefix = /^[a-z]+_/.exec(id)?.[0] ?? "";
    const hex = hexOf(id).slice(0, 32);
    if (!id.includes("-")) return hex;
    // Version 4, variant 1: a random UUID (RFC 9562, section 5.4).
    const variant = "89ab"[Number.parseInt(hex[16] ?? "0", 16) % 4] ?? "8";
    const last = `${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
    return `${prefix}${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${last}`;
  });
}
