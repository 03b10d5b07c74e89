import type { OpenApiDocument } from "@qontext/sync-log-document";
import { isJsonObject } from "@qontext/sync-log-document";

/**
 * Prepares to take the path of a server of the document off a request's path, so that a client whose base URL has it is served:
 * `/v1/pets` as `/pets` for `https://api.example/v1`. A variable has its default or any value of its enum.
 *
 * @returns What is left of a path, for each server that it may be of, longest server path first.
 */
export function createServerPaths(document: OpenApiDocument): (path: string) => readonly string[] {
  const servers = [...document.walk()].filter(({ kind }) => kind === "server");
  const sources = servers.map(({ value }) => patternOf(String(value["url"]), value["variables"]));
  const patterns = [...new Set(sources)]
    .filter((source) => source !== "")
    .map((source) => new RegExp(`^${source}(?=/|$)`, "u"));
  return (path) =>
    patterns
      .flatMap((pattern) => pattern.exec(path)?.[0] ?? [])
      .toSorted((a, b) => b.length - a.length)
      .map((base) => path.slice(base.length) || "/");
}

/** The expression of a server's path; empty for a server without one. */
function patternOf(url: string, variables: unknown): string {
  const path = url.replace(/^(?:[\w+.{}-]+:)?\/\/[^/]*/u, "").replace(/[?#].*$/u, "");
  const source = path
    .split(/(\{[^{}]+\})/u)
    .map((part) =>
      /^\{.+\}$/u.test(part) ? variablePattern(part.slice(1, -1), variables) : quote(part),
    )
    .join("")
    .replace(/\/+$/u, "");
  return source === "" || source.startsWith("/") ? source : `/${source}`;
}

function variablePattern(name: string, variables: unknown): string {
  const variable = isJsonObject(variables) ? variables[name] : undefined;
  if (!isJsonObject(variable)) return "[^/]+";
  const others: readonly unknown[] = Array.isArray(variable["enum"]) ? variable["enum"] : [];
  const values = [variable["default"], ...others].map((value) => quote(String(value)));
  return `(?:${[...new Set(values)].join("|")})`;
}

function quote(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}
