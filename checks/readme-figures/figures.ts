import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadDocument, readAssumptions } from "@qontext/sync-log-document";
import { workspaceRoot } from "@qontext/sync-log-test-support/workspace";

type Row = Readonly<Record<string, string>>;

const read = (file: string): string => readFileSync(join(workspaceRoot, file), "utf8");

const cellsOf = (line: string): readonly string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

/** The first table below a heading, each row by the names of its columns. */
function tableBelow(markdown: string, heading: string): readonly Row[] {
  const [, below = ""] = markdown.split(`${heading}\n`);
  const [head = "", , ...rows] = /(?:^\|.*\n)+/mu.exec(below)?.[0].trimEnd().split("\n") ?? [];
  const names = cellsOf(head);
  if (rows.length === 0) throw new Error(`There is no table below ${JSON.stringify(heading)}.`);
  return rows.map((row) =>
    Object.fromEntries(cellsOf(row).map((cell, index) => [names[index] ?? "", cell])),
  );
}

/** A cell of the first row that begins with `name`. */
function figure(rows: readonly Row[], name: string, column: string): string {
  const cell = rows.find((cells) => Object.values(cells)[0]?.startsWith(name))?.[column];
  if (cell === undefined) throw new Error(`No ${column} of ${name} was measured.`);
  return cell;
}

function first(markdown: string, pattern: RegExp): readonly string[] {
  const match = pattern.exec(markdown);
  if (match === null) throw new Error(`Nothing in the measurement is ${pattern}.`);
  return match.slice(1);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)].join("\n");
}

/** What a call, a bundle and an installation cost, with this client and with others. */
function costs(): string {
  const results = read("bench/RESULTS.md");
  const calls = tableBelow(results, "## One call over a stubbed fetch");
  const sizes = tableBelow(results, "## Size, minified and gzipped");
  const installs = tableBelow(results, "## Install");
  const client = "@qontext/sync-log-client";
  const clients = [client, "openapi-fetch", "ofetch", "ky", "@octokit/request", "axios", "openai"];
  return table([
    [
      "client",
      "times out and retries",
      "call time ÷ raw `fetch`",
      "kB in a bundle",
      "MB installed",
    ],
    ...clients.map((name) => [
      name === client ? `**\`${name}\`**` : figure(calls, name, "client"),
      figure(calls, name, "times out and retries"),
      figure(calls, name, "of raw fetch"),
      figure(sizes, name === client ? "`createSyncLogClient`" : name, "kB"),
      figure(installs, name, "MB"),
    ]),
  ]);
}

/** What the contract kit catches and what it says wrongly, beside the other kit that was run on the same providers. */
function catches(): string {
  const report = read("packages/contract/BENCHMARK.md");
  const [caught = "", of = "", prism = ""] = first(
    report,
    /^- (\d+) of (\d+) mutants caught .*; Prism as a proxy: (\d+)$/mu,
  );
  const [alarms = "", correct = "", prismAlarms = ""] = first(
    report,
    /^- (\d+) alarms on (\d+) correct providers; Prism: (\d+)$/mu,
  );
  const [version = ""] = first(report, /Prism (\d+\.\d+) is a validation proxy/u);
  return table([
    ["providers", "this kit", `Prism ${version} as a validating proxy`],
    [`${of} with one bug each: caught`, caught, prism],
    [`${correct} correct ones: false alarms`, alarms, prismAlarms],
  ]);
}

/** What becomes of watches while Redis fails. */
function survivals(): string {
  const faults = read("packages/watcher/FAULTS.md");
  const rows = tableBelow(faults, "# What becomes of the promises when Redis fails");
  const shown = ["full", "killed", "silent", "failed over", "read-only", "disk full"];
  const [soak] = tableBelow(faults, "## One fault after another");
  const [minutes = "", watches = "", count = ""] = first(
    faults,
    /(\d+) minutes,\s+(\d+) watches, \S+ workers, (\d+) faults/u,
  );
  return table([
    ["Redis is", "outcomes lost", "delivered under two keys", "recovered after"],
    ...shown.map((name) => {
      const fault = `**${name}**`;
      return [
        first(figure(rows, fault, "fault"), /^\*\*(.*?)\*\*/u)[0] ?? "",
        figure(rows, fault, "lost"),
        figure(rows, fault, "doubled, other key"),
        figure(rows, fault, "and was well again after"),
      ];
    }),
    [
      `${count} faults in ${minutes} minutes, ${watches} watches`,
      soak?.["lost"] ?? "",
      soak?.["doubled, other key"] ?? "",
      "",
    ],
  ]);
}

const document = await loadDocument(join(workspaceRoot, "specs/openapi.yaml"));

/** How much of the document only the service can confirm. */
function status(): string {
  const count = readAssumptions(document).length;
  const published = read("package.json").includes('\n  "repository": ') ? "" : "not published. ";
  return `**Status**: ${published}All of it is written from Qontext's API documentation; nothing here has spoken to the live service.
Where the documentation is silent the document assumes: ${count} [assumptions](specs/openapi.yaml), each marked \`x-assumption\`, are to be
confirmed by the first run against the service, which is [one command](docs/guides/contract-tests-in-ci.md#assumptions).`;
}

/** The pages that show figures. */
export const measuredPages: readonly string[] = [
  "README.md",
  "packages/client/README.md",
  "packages/contract/README.md",
  "packages/watcher/README.md",
].map((file) => join(workspaceRoot, file));

const tables: Readonly<Record<string, () => string>> = { status, costs, catches, survivals };

/** A page with its tables as they were measured last: each stands between `<!-- measured: NAME -->` and `<!-- /measured -->`. */
export function withFigures(page: string): string {
  return page.replaceAll(
    /(<!-- measured: (\w+) -->\n)[^]*?(<!-- \/measured -->)/gu,
    (_, begin: string, name: string, end: string) => {
      const make = tables[name];
      if (make === undefined) throw new Error(`Nothing is measured that is called ${name}.`);
      return `${begin}\n${make()}\n\n${end}`;
    },
  );
}
