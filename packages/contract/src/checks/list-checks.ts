import { isReading } from "../run/subject.ts";
import type { Check } from "./check.ts";
import { ofResponse } from "./check.ts";

const itemMissing: Check = {
  id: "list/item-missing",
  asserts: "A collection lists every record that was shown in it before, by itself or in the list.",
  comparesReadings: true,
  why: "A client that follows the list loses the record, or takes it for one that does not exist.",
  fix: "List everything there is, from the same source as the single records; end no list silently.",
  judge: (subject, { history }) => {
    const { listed, records, exchange, operation, contractCase } = subject;
    // Between other people nobody knows what was deleted, or whose key sees less; a list that can be asked for in part is one.
    const isWhole =
      contractCase.family !== "traffic" &&
      !operation.parameters.some(({ in: place }) => place === "query");
    if (!isReading(subject) || listed === undefined || !isWhole) return undefined;
    const shown = new Set(records.map(({ key }) => key));
    // What does not say which one it is may be any of them.
    if (shown.has(undefined)) return undefined;
    const missing = history
      .recordsOf(subject.scope)
      .flatMap((key) => (shown.has(key) ? [] : (history.latestSighting(key, exchange) ?? [])));
    return missing.map(({ subject: before }) => ({
      expected: `the record of ${before.exchange.request.target}`,
      actual: `${listed.length} others`,
    }));
  },
};

const itemNotServed: Check = {
  id: "list/item-not-served",
  asserts: "A record that is listed is served by its id.",
  why: "A client follows the list to a record that is not there.",
  fix: "List only what the operation for one record serves.",
  judge: ofResponse(({ contractCase, response }) => {
    if (contractCase.listedBy === undefined) return undefined;
    return response.status === 404
      ? [{ expected: `a success, as ${contractCase.listedBy} lists it`, actual: "404" }]
      : [];
  }),
};

/** Checks that compare a list with the records in it. */
export const listChecks: readonly Check[] = [itemMissing, itemNotServed];
