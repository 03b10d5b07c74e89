/** What differs between runtimes; the types are those of all of them. */
interface RuntimeScope {
  readonly window?: { readonly document?: unknown };
  readonly navigator?: { readonly userAgent?: string };
  readonly process?: { readonly versions?: { readonly node?: string } };
}

/** What the code runs on, as `Node.js/24`, or "" where that does not show; undefined in a browser. */
export function runtimeName(): string | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  const { window, navigator, process } = globalThis as RuntimeScope;
  // Node 20 has no `navigator`.
  const node = process?.versions?.node;
  const name = navigator?.userAgent ?? (node === undefined ? "" : `Node.js/${node}`);
  // Node, Deno, Bun and workerd have another `navigator`, and no `document`.
  if (window?.document !== undefined || name.startsWith("Mozilla/")) return undefined;
  return /^[\w./-]*/.exec(name)?.[0];
}
