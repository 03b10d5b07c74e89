import { refuseNamed } from "../refuse.ts";

const ownNames = ["method", "headers", "body", "signal", "redirect"] as const;

/**
 * Options that the client hands to `fetch` with its own: a `dispatcher` or an `agent`, the `next` and
 * `cache` of Next.js, the `cf` of Workers. What a `fetch` does not know, it ignores.
 */
export type FetchOptions = ({ readonly [name: string]: unknown } | object) & {
  readonly cache?: unknown;
} & { readonly [Name in (typeof ownNames)[number]]?: never };

/** Refuses what only the client decides. @throws InvalidParameterError */
export function checkFetchOptions(options: FetchOptions | undefined): FetchOptions | undefined {
  const own = options && ownNames.find((name) => options[name] !== undefined);
  return own === undefined ? options : refuseNamed(`fetchOptions.${own}`, "is set by the client");
}
