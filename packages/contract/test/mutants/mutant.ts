import { openapiDocument } from "@qontext/sync-log-schema/openapi";
import type { OpenApiDocument, VerifyOptions } from "../../src/index.ts";
import { openDocument } from "../../src/index.ts";
import type { Behavior, ProviderRequest, Reply, Situation } from "./behavior.ts";
import { sourceOf } from "./sources.ts";
import { errorReply } from "./start-provider.ts";
import type { SyncLog } from "./world.ts";
import { ids, liveLog, logs } from "./world.ts";

/** A provider with one bug. */
export interface Mutant {
  readonly id: string;
  /** What it does, as a phrase. */
  readonly does: string;
  /** The check that is expected to catch it. */
  readonly caughtBy: string;
  /** Where such a bug is described: a public report, a section of a specification, or a rule of the document. */
  readonly source: string;
  readonly behavior: Behavior;
  /** What has to be asked for to catch it. @default nothing in particular */
  readonly options?: Partial<VerifyOptions> | undefined;
  /** Families of the cases that show it; the known resources are always read. */
  readonly shownBy: readonly string[];
}

/** A row of a table of mutants. */
export type MutantRow = readonly [
  id: string,
  does: string,
  caughtBy: string,
  behavior: Behavior,
  more?: Partial<VerifyOptions> & Pick<MutantTable, "shownBy">,
];

/** What the mutants of a table have in common. */
export interface MutantTable {
  /** @default where the check's own rule is */
  readonly source?: string;
  /** @default the family of the check, or plain reads */
  readonly shownBy?: readonly string[];
}

/** The mutants of a table. */
export function mutantsOf(
  rows: readonly MutantRow[],
  { source, shownBy }: MutantTable = {},
): readonly Mutant[] {
  return rows.map(([id, does, caughtBy, behavior, more = {}]) => {
    const { shownBy: own = shownBy ?? shownByDefault(caughtBy), ...options } = more;
    return {
      id,
      does,
      caughtBy,
      source: source ?? sourceOf(caughtBy),
      behavior,
      options,
      shownBy: own,
    };
  });
}

/** Families of cases whose checks only look at their own responses. */
const ownFamilies = new Set([
  "path",
  "query",
  "parallel",
  "keep-alive",
  "method",
  "accept",
  "head",
]);

function shownByDefault(check: string): readonly string[] {
  const family = check.split("/")[0] ?? "";
  if (family === "auth" || family === "access") return ["read", "auth", "access"];
  if (family === "conditional" || family === "cors" || family === "options")
    return ["read", "access", family];
  return ownFamilies.has(family) ? ["read", family] : ["read"];
}

/** Changes fields of the completed log; `undefined` takes one away. */
export function fields(change: Readonly<Record<string, unknown>>): Behavior {
  return changeLog(ids.completed, change);
}

/** Changes fields of one log. */
export function changeLog(id: string, change: Readonly<Record<string, unknown>>): Behavior {
  return { log: (log) => (log.id === id ? { ...log, ...change } : log) };
}

/** Changes every success. */
export function success(change: (reply: Reply, situation: Situation) => Partial<Reply>): Behavior {
  return {
    reply: (reply, situation) =>
      reply.status === 200 ? { ...reply, ...change(reply, situation) } : reply,
  };
}

/** Changes every answer with a status. */
export function onStatus(
  status: number,
  change: (reply: Reply, situation: Situation) => Partial<Reply>,
): Behavior {
  return {
    reply: (reply, situation) =>
      reply.status === status ? { ...reply, ...change(reply, situation) } : reply,
  };
}

/** Adds headers to every success. */
export function successHeaders(
  headers: Readonly<Record<string, string | readonly string[]>>,
): Behavior {
  return success((reply) => ({ headers: { ...reply.headers, ...headers } }));
}

/** A body whose JSON text is written by hand. */
export function successText(change: (text: string) => string): Behavior {
  return success((reply) => ({ body: change(JSON.stringify(reply.body)) }));
}

/** A log with other contents and the same identity. */
export function asLog(log: SyncLog, change: Readonly<Record<string, unknown>>): SyncLog {
  return { ...log, ...change };
}

/** Shows only when a log is watched: long enough for several readings on a busy machine. */
export const overTime: NonNullable<Mutant["options"]> = { watchSeconds: 8 };

/** The documented endpoint, with a text replaced wherever it occurs. */
export function documentWith(searched: string, replacement: string): OpenApiDocument {
  const text = JSON.stringify(openapiDocument);
  const changed = text.replaceAll(searched, replacement);
  if (changed === text) throw new RangeError(`The document does not contain ${searched}.`);
  return openDocument(JSON.parse(changed));
}

/** The log that is served where it must not be. */
export const completed: SyncLog = logs[0] ?? liveLog(0);

/** A success where there must be none. */
export const served: Reply = {
  status: 200,
  headers: { "content-type": "application/json" },
  body: completed,
};

/** What a provider answers when it fails. */
export const failure: Reply = errorReply(500, "Internal Server Error");

/** Fails on some requests. */
export function failsOn(isHit: (request: ProviderRequest) => boolean): Behavior {
  return { route: (request) => (isHit(request) ? failure : undefined) };
}

/** The values of the key's header, each by itself. */
export function sentKeys({ rawHeaders }: ProviderRequest): readonly string[] {
  return rawHeaders.filter(
    (_text, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "x-api-key",
  );
}

/** Readings of the live log, where every one but the first `from` is changed. */
export function live(
  change: (log: SyncLog, readings: number) => Readonly<Record<string, unknown>>,
  from = 1,
): Behavior {
  return {
    live: (readings) =>
      readings < from
        ? liveLog(readings)
        : asLog(liveLog(readings), change(liveLog(readings), readings)),
  };
}
