import type { OpenApiDocument } from "@qontext/sync-log-document";
import { camelCase, pascalCase } from "../../generate/names.ts";
import type { Bump, Change } from "../release-plan.ts";
import { compareBumps } from "../release-plan.ts";

/** The members of an operation's row in the table of operations, with the changes of the document that show in each. */
const rowMembers: Readonly<Record<string, RegExp>> = {
  parameters: /^request-parameter-/u,
  requestBody: /^request-(?:body|media-type)-/u,
  security: /^security-/u,
  successStatuses: /^response-(?:added|removed)$/u,
  method: /^operation-moved$/u,
  path: /^operation-moved$/u,
};

/**
 * Leaves out what generated code shows of an operation again: its parameters as properties of what its method takes, and as data.
 */
export function dropEchoes(
  changes: readonly Change[],
  { operations }: OpenApiDocument,
): readonly Change[] {
  const wire = changes.filter(({ source }) => source === "wire");
  const calls = new Map(
    operations.flatMap(({ id, method, path }) =>
      [id, camelCase(id), `${camelCase(id)}Request`, `${pascalCase(id)}Params`].map(
        (name) => [name, `${method} ${path}`] as const,
      ),
    ),
  );
  const isSaid = (bump: Bump, fits: (change: Change) => boolean): boolean =>
    wire.some((change) => compareBumps(change.bump, bump) >= 0 && fits(change));
  return changes.filter(({ id, where, what, bump, source }) => {
    if (source !== "surface") return true;
    const [first = "", second = "", third = ""] = where.split(".");
    const call = calls.get(first) ?? calls.get(second);
    if (call === undefined) return true;
    const isAt = (change: Change): boolean =>
      change.where === call || change.where.startsWith(`${call}, `);
    const member = first === "operationTable" ? rowMembers[third] : undefined;
    if (member) return !isSaid(bump, (change) => isAt(change) && member.test(change.id));
    if (id === "types-parameter-changed" && what.startsWith("`params` ")) {
      return !isSaid(bump, (change) => isAt(change) && /-required$|-optional$/u.test(change.id));
    }
    if (!first.endsWith("Params") || third !== "") return true;
    const name = second === "body" ? "the body" : `\`${second}\``;
    return !isSaid(
      bump,
      (change) =>
        (change.where === call && change.what.includes(name)) ||
        change.where === `${call}, ${second === "body" ? "request body" : `parameter ${second}`}`,
    );
  });
}
