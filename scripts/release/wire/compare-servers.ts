import type { Located, OpenApiDocument, Operation } from "@qontext/sync-log-document";
import { appendPointer } from "@qontext/sync-log-document";
import type { Finding } from "./finding.ts";
import { canonicalJson } from "../../generate/emit/emit-version.ts";
import { pairOperations } from "./match-operations.ts";
import type { Verdict } from "./verdict.ts";

const movedAddress: Verdict = ["minor", "the address that is called by default may move"];

/** Where calls go: the servers of an operation, or those of its path, or the document's. */
export function compareServers(
  base: OpenApiDocument,
  revision: OpenApiDocument,
): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const [one, other] of pairOperations(base, revision)) {
    const [from, to] = [serversOf(base, one), serversOf(revision, other)];
    if (from.text === to.text) continue;
    const what = `the servers go from ${from.text} to ${to.text}`;
    found.set(to.pointer, {
      id: "servers-changed",
      direction: undefined,
      effect: "annotation",
      side: "revision",
      pointer: to.pointer,
      what,
      verdict: movedAddress,
    });
  }
  return [...found.values()];
}

function serversOf(
  document: OpenApiDocument,
  { node }: Operation,
): { readonly pointer: string; readonly text: string } {
  const pathPointer = node.pointer.slice(0, node.pointer.lastIndexOf("/"));
  const holder =
    [node.pointer, pathPointer, "#"].find(
      (pointer) => document.at(appendPointer(pointer, "servers")) !== undefined,
    ) ?? "#";
  const servers = document.at(appendPointer(holder, "servers"));
  const list: readonly Located["value"][] =
    Array.isArray(servers) && servers.length > 0 ? servers : [{ url: "/" }];
  const texts = list.map(
    ({ url, variables }) =>
      `${String(url)}${variables === undefined ? "" : ` ${canonicalJson(variables)}`}`,
  );
  return { pointer: appendPointer(holder, "servers"), text: texts.join(", ") };
}
