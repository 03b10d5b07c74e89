import { expect, test } from "vitest";
import { faults } from "./faults.ts";
import { limits, type Measured, measureFault } from "./measure-fault.ts";
import { renderTable, serverVersion, writePage } from "./render-table.ts";

/** More at a time would measure each other; what is written down has fewer beside it. */
const atATime = process.env["WRITE_TABLE"] === undefined ? 4 : 2;

/** A figure just over its limit is for the table, on a busy machine most of all; at twice the limit a promise is broken. */
function broken(row: Measured): string[] {
  const figures = new Map<string, unknown>(Object.entries(row));
  const atMost = new Map<string, number>(Object.entries(limits));
  return row.short.filter((name) => {
    const limit = atMost.get(name);
    return limit === undefined || Number(figures.get(name) ?? Infinity) > 2 * limit;
  });
}

test("a Redis that fails costs time, and no promise", { timeout: 600_000 }, async () => {
  const only = process.env["FAULTS"]?.split(",");
  const chosen = faults.filter(({ name }) => only?.includes(name) ?? true);
  const rows = new Map<string, Measured>();
  const rest = chosen.values();
  const measure = async (): Promise<void> => {
    for (const fault of rest) rows.set(fault.name, await measureFault(fault));
  };
  // All of them, also where one fails: their processes end with them.
  const measured = await Promise.allSettled(Array.from({ length: atATime }, measure));
  const failed = measured.find((one) => one.status === "rejected");
  if (failed !== undefined) throw failed.reason;
  const table = chosen.map(({ name }) => rows.get(name)).filter((row) => row !== undefined);
  const text = renderTable(table, serverVersion());
  console.log(text);
  writePage("table", text);
  expect(table.filter((row) => broken(row).length > 0)).toEqual([]);
});
