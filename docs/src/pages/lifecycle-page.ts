import type { JsonObject, Lifecycle, OpenApiDocument } from "@qontext/sync-log-document";
import {
  describeValues,
  isJsonObject,
  jsonContent,
  nextStatuses,
  objectMembers,
  readAssumptions,
  readLifecycle,
  readProperties,
  successResponses,
} from "@qontext/sync-log-document";
import { describeLifecycle, lifecycleDiagram, runningStatuses } from "./lifecycle-diagram.ts";
import { code, fence, plain, table } from "./markdown.ts";

const pointer = "#/components/schemas/SyncLog";

/** What a caller does about an outcome. */
const advice: Readonly<Record<string, string>> = {
  failure: " `userFacingErrorMessage` says it in words for users, where it is set.",
  cancelled: " Start another ingestion to go on.",
};

/** The document's example of each status: the one of that name. */
function statusExamples(document: OpenApiDocument): ReadonlyMap<string, JsonObject> {
  const media = document.operations
    .flatMap((operation) => successResponses(operation))
    .flatMap((response) => jsonContent(response) ?? []);
  const examples = media.flatMap(({ value }) => objectMembers(value["examples"]));
  return new Map(
    examples.flatMap(([name, example]) => {
      const { value } = example;
      return isJsonObject(value) ? [[name, value]] : [];
    }),
  );
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** What a status means and what comes next, what a wait does, and which fields are new in its example. */
function statusSection(
  status: string,
  lifecycle: Lifecycle,
  meaning: string,
  examples: ReadonlyMap<string, JsonObject>,
): string {
  const outcome = lifecycle.terminal[status];
  const earlier = lifecycle.order.slice(0, Math.max(0, lifecycle.order.indexOf(status)));
  const before = examples.get(earlier.at(-1) ?? "") ?? {};
  const isNew = ([name, value]: [string, unknown]): boolean => isSet(value) && !isSet(before[name]);
  const added =
    earlier.length === 0 ? [] : Object.entries(examples.get(status) ?? {}).filter(isNew);
  const wait = outcome === undefined ? "A wait goes on." : `A wait ends.${advice[outcome] ?? ""}`;
  const fields =
    added.length === 0
      ? ""
      : ` New in the example: ${added.map(([name, value]) => `${code(name)} (${code(JSON.stringify(value))})`).join(", ")}.`;
  return `### ${code(status)}\n\n${plain(meaning)} ${wait}${fields}`;
}

/** The page about the lifecycle: the diagram, the same in words and as a table, and a section for each status. */
export function lifecyclePage(document: OpenApiDocument): string {
  const value = document.at(pointer);
  const lifecycle = isJsonObject(value) ? readLifecycle(document, { pointer, value }) : undefined;
  if (!isJsonObject(value) || lifecycle === undefined)
    throw new Error("The schema SyncLog has no x-lifecycle.");
  const statuses = [...runningStatuses(lifecycle), ...Object.keys(lifecycle.terminal)];
  const examples = statusExamples(document);
  const property = readProperties(document, { pointer, value }).get(lifecycle.property);
  const schema = property && document.resolve(property).target;
  const meanings = schema && describeValues(document, schema);
  const assumptions = readAssumptions(document)
    .filter((one) => [`${pointer}/x-lifecycle`, schema?.pointer].includes(one.pointer))
    .map(({ text }) => plain(text));
  const rows = statuses.map((status) => [
    `[${code(status)}](#${status})`,
    lifecycle.terminal[status]?.replaceAll("-", " ") ?? "running",
    nextStatuses(lifecycle, status).map(code).join(", ") || "nothing: it does not change again",
  ]);
  return `# Lifecycle

${describeLifecycle(lifecycle)} A status may be left out, because a poll can miss it; it never goes back.

${lifecycleDiagram(lifecycle)}

${table(["status", "outcome", "what may follow"], rows)}

## What each status means

${statuses.map((status) => statusSection(status, lifecycle, meanings?.get(status) ?? "", examples)).join("\n\n")}

## In code

The same facts as values, from which the packages take theirs:

${fence(
  "ts",
  `import { syncLogLifecycle } from "@qontext/sync-log-schema";

console.log(syncLogLifecycle.order, syncLogLifecycle.terminal);`,
)}

::: warning Assumed
${assumptions.join(" ")} [All assumptions](assumptions.md)
:::
`;
}
