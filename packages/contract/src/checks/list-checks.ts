import { Buffer } from "node:buffer";
import { fillTemplate } from "@qontext/sync-log-document";
import { isReading } from "../run/subject.ts";
import { isSuccessStatus } from "../wire/exchange.ts";
import type { Check, Finding } from "./check.ts";
import { ofResponse } from "./check.ts";

const itemMissing: Check = {
  id: "list/item-missing",
  asserts: "A collection lists every record that was shown in it before, by itself or in the list.",
  comparesReadings: true,
  why: "A client that follows the list loses the record, or takes it for one that does not exist.",
  fix: "List everything there is, from the same source as the single records; end no list silently.",
  judge: (subject, { history, specification }) => {
    const { listed, records, exchange, operation, contractCase, scope } = subject;
    // Between other people nobody knows what was deleted, or whose key sees less; a list that can be asked for in part is one.
    const isWhole =
      contractCase.family !== "traffic" &&
      !operation.parameters.some(({ in: place }) => place === "query");
    if (!isReading(subject) || listed === undefined || scope === undefined || !isWhole)
      return undefined;
    const shown = new Set(records.map(({ key }) => key));
    // What does not say which one it is may be any of them.
    if (shown.has(undefined)) return undefined;
    const item = specification.collections.find(({ list }) => list === operation)?.item;
    return history.recordsOf(scope).flatMap((key): readonly Finding[] => {
      const before = shown.has(key) ? undefined : history.latestSighting(key, exchange);
      if (before === undefined || item === undefined) return [];
      const { parameters, subject: reading } = before;
      const path = fillTemplate(item.path, parameters);
      return [
        {
          expected: `the record of ${path}`,
          actual: listed.length === 0 ? "an empty list" : `${listed.length} others`,
          earlier: reading.exchange,
          confirmation: {
            operation: item,
            parameters,
            // Where nothing is served by its id, that a record is not says nothing.
            isRefutedBy: ({ status }) => isGone(status) && history.hasShown(item),
            onRefuted: () => history.addDeleted(path, scope, key),
          },
        },
      ];
    });
  },
};

/** Whether a status says that there is nothing, or nothing any more. */
function isGone(status: number): boolean {
  return status === 404 || status === 410;
}

const itemNotServed: Check = {
  id: "list/item-not-served",
  asserts: "A record that is listed is served by its id.",
  why: "A client follows the list to a record that is not there.",
  fix: "List only what the operation for one record serves.",
  judge: ofResponse(({ contractCase, response, operation }, { specification, history }) => {
    const { listedBy, parameters, operationId } = contractCase;
    if (listedBy === undefined) return undefined;
    const collection = specification.collections.find(
      ({ list, item }) => list.id === listedBy && item.id === operationId,
    );
    if (!isGone(response.status) || collection === undefined) return [];
    const { list, idParameter } = collection;
    const id = parameters[idParameter] ?? "";
    return [
      {
        expected: `a success, as ${listedBy} lists it`,
        actual: String(response.status),
        confirmation: {
          operation: list,
          parameters,
          isRefutedBy: ({ status, body }) =>
            isSuccessStatus(status) && !Buffer.from(body).includes(id),
          onRefuted: () => history.addDeleted(fillTemplate(operation.path, parameters)),
        },
      },
    ];
  }),
};

/** Checks that compare a list with the records in it. */
export const listChecks: readonly Check[] = [itemMissing, itemNotServed];
