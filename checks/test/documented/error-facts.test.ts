import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createSyncLogClient, isSyncLogError } from "@qontext/sync-log-client";
import type { SyncLogError } from "@qontext/sync-log-client";
import { createVirtualClock } from "@qontext/sync-log-client/testing";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";
import { expect, test } from "vitest";
import { target, troubles } from "./client-troubles.ts";
import type { Trouble } from "./client-troubles.ts";
import { documentedCode } from "./documentation.ts";

interface Seen {
  readonly error: SyncLogError;
  readonly requests: number;
  readonly elapsedMs: number;
}

/** How a call or a wait fails, in virtual time. */
async function failure(
  { id, ...options }: Trouble,
  kind: "call" | "wait",
): Promise<Seen | undefined> {
  const clock = createVirtualClock(0, { patienceMs: 1 });
  let requests = 0;
  const client = createSyncLogClient({
    apiKey: "q_sk_example",
    clock,
    random: () => 1 - Number.EPSILON,
    ...options,
    fetch: (url, init) => {
      requests += 1;
      return options.fetch?.(url, init) ?? Promise.reject(new Error("no fetch"));
    },
  });
  const asked = { ...target, ...(id === undefined ? {} : { id }) };
  const promise =
    kind === "call"
      ? client.getSyncLog(asked)
      : client.waitForSyncLog(asked, { maxWaitMs: 3_600_000 });
  const error: unknown = await clock.run(
    promise.then(
      () => undefined,
      (reason: unknown) => reason,
    ),
  );
  return isSyncLogError(error) ? { error, requests, elapsedMs: clock.nowMs() } : undefined;
}

/** How one trouble ends a call and a wait. */
interface Failures {
  readonly call: Seen | undefined;
  readonly wait: Seen | undefined;
}

const codeOf = ({ call, wait }: Failures): string => (call ?? wait)?.error.code ?? "";

const say = (facts: ReadonlySet<boolean>): string =>
  facts.size > 1 ? "some" : facts.has(true) ? "yes" : "no";

/** The rows of the table, as the client makes them: code, class, status, sent again, ends a wait. */
async function rowsOfClient(): Promise<readonly (readonly string[])[]> {
  const seen = await Promise.all(
    Object.values(troubles)
      .flat()
      .map(async (trouble) => ({
        call: await failure(trouble, "call"),
        wait: await failure(trouble, "wait"),
      })),
  );
  const codes = new Set(seen.map(codeOf));
  return [...codes].map((code) => {
    const all = seen.filter((one) => codeOf(one) === code);
    const errors = all.flatMap(({ call, wait }) => (call ?? wait)?.error ?? []);
    const statuses = [...new Set(errors.map(({ status }) => status ?? "none"))];
    // Or it is what the end of a wait is called.
    const ends = all.map(({ call, wait }) => call === undefined || (wait?.elapsedMs ?? 0) < 60_000);
    const isRange = statuses.length > 1 || String(statuses[0]).startsWith("3");
    const range = code === "api_error" ? "other" : `${String(statuses[0])[0]}xx`;
    return [
      `[\`${code}\`](#${code})`,
      [...new Set(errors.map(({ name }) => `\`${name}\``))].join(),
      isRange ? range : String(statuses[0]),
      say(new Set(all.map(({ call }) => (call?.requests ?? 0) > 1))),
      say(new Set(ends)),
    ];
  });
}

const page = readFileSync(join(workspaceRoot, "docs/guides/errors.md"), "utf8");

const cells = (line: string): readonly string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The rows of the first table of the page whose head begins like that of the facts. */
function rowsOfPage(): readonly (readonly string[])[] {
  const table = page.split("\n\n").find((block) => /^\| error +\|/u.test(block)) ?? "";
  return table.split("\n").slice(2).map(cells);
}

const sorted = (rows: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  rows.toSorted(([a = ""], [b = ""]) => a.localeCompare(b));

test("the table of the client's errors says what the client does", async () => {
  const rows = await rowsOfClient();
  const [, client = ""] = page.split(/^## /mu);
  const sections = [...client.matchAll(/^### `(\w+)`$/gmu)].map(([, code = ""]) => code);
  const ofRows = rows.map(([link = ""]) => /\w+/u.exec(link)?.[0] ?? "");
  expect(ofRows.toSorted()).toEqual(sections.toSorted());
  expect(sorted(rowsOfPage())).toEqual(sorted(rows));
  expect(ofRows.toSorted()).toEqual(Object.keys(troubles).toSorted());
});

test("the section of each error has one block of code", () => {
  const headings = documentedCode("ts")
    .filter(({ file, heading }) => file === "docs/guides/errors.md" && heading.startsWith("`"))
    .map(({ heading }) => heading.replaceAll("`", ""));
  expect(headings.toSorted()).toEqual(Object.keys(troubles).toSorted());
});
