import type { Lifecycle, OpenApiDocument } from "@qontext/sync-log-document";
import {
  isJsonObject,
  jsonContent,
  nextStatuses,
  objectMembers,
  readAssumptions,
  readLifecycle,
  successResponses,
} from "@qontext/sync-log-document";
import { describeLifecycle, lifecycleDiagram, runningStatuses } from "./lifecycle-diagram.ts";
import { code, fence, plain, table, textAt } from "./markdown.ts";

const pointer = "#/components/schemas/SyncLog";

/** What a caller does about an outcome. */
const advice: Readonly<Record<string, string>> = {
  success: "The records are there.",
  failure:
    "`errorMessage` says why, and `userFacingErrorMessage` in words for users, where it is set.",
  cancelled: "Somebody stopped it: start another ingestion to go on.",
  "nothing-done": "There was nothing to do, which is not a failure.",
};

interface StatusExample {
  readonly summary: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The document's example of each status: the one of that name. */
function statusExamples(document: OpenApiDocument): ReadonlyMap<string, StatusExample> {
  const media = document.operations
    .flatMap((operation) => successResponses(operation))
    .flatMap((response) => jsonContent(response) ?? []);
  const examples = media.flatMap(({ value }) => objectMembers(value["examples"]));
  return new Map(
    examples.flatMap(([name, example]) => {
      const { value } = example;
      if (!isJsonObject(value)) return [];
      return [[name, { summary: textAt(example, "summary"), value }]];
    }),
  );
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null;

/** One sentence about a status, one about what comes next, and which fields are new in its example. */
function statusSection(
  status: string,
  lifecycle: Lifecycle,
  examples: ReadonlyMap<string, StatusExample>,
): string {
  const example = examples.get(status);
  const outcome = lifecycle.terminal[status];
  const earlier = lifecycle.order.slice(0, Math.max(0, lifecycle.order.indexOf(status)));
  const before = examples.get(earlier.at(-1) ?? "")?.value ?? {};
  const isNew = ([name, value]: [string, unknown]): boolean => isSet(value) && !isSet(before[name]);
  const added = earlier.length === 0 ? [] : Object.entries(example?.value ?? {}).filter(isNew);
  const meaning = example === undefined ? "" : `${plain(example.summary)}. `;
  const next =
    outcome === undefined
      ? `The sync goes on, and a wait asks again; next may come ${nextStatuses(lifecycle, status).map(code).join(", ")}.`
      : `Terminal, with the outcome ${code(outcome)}: a wait ends, and the sync log does not change again. ${advice[outcome] ?? ""}`;
  const fields =
    added.length === 0
      ? ""
      : ` New in the example: ${added.map(([name, value]) => `${code(name)} (${code(JSON.stringify(value))})`).join(", ")}.`;
  return `### ${code(status)}\n\n${meaning}${next}${fields}`;
}

/** The page about the lifecycle: the diagram, the same in words and as a table, and a section for each status. */
export function lifecyclePage(document: OpenApiDocument): string {
  const value = document.at(pointer);
  const lifecycle = isJsonObject(value) ? readLifecycle(document, { pointer, value }) : undefined;
  if (lifecycle === undefined) throw new Error("The schema SyncLog has no x-lifecycle.");
  const assumption = readAssumptions(document).find(
    (one) => one.pointer === `${pointer}/x-lifecycle`,
  );
  const statuses = [...runningStatuses(lifecycle), ...Object.keys(lifecycle.terminal)];
  const examples = statusExamples(document);
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

${statuses.map((status) => statusSection(status, lifecycle, examples)).join("\n\n")}

## In code

The same facts as values, from which the packages take theirs:

${fence(
  "ts",
  `import { syncLogLifecycle } from "@qontext/sync-log-schema";

console.log(syncLogLifecycle.order, syncLogLifecycle.terminal);`,
)}

::: warning Assumed
${plain(assumption?.text)} [All assumptions](assumptions.md)
:::
`;
}
