import { quoteWord } from "@qontext/sync-log-command-line";

/** A command line that reads a URL, to be copied. @param keyHeader - Header that carries the key, if one does. */
export function curlLine(
  url: string,
  { key, keyHeader }: { readonly key: string | undefined; readonly keyHeader: string | undefined },
): string {
  const hasKey = keyHeader !== undefined && key !== undefined;
  const header = hasKey ? `-H ${quoteWord(`${keyHeader}: ${key}`)} ` : "";
  return `curl ${header}${quoteWord(url)}`;
}
