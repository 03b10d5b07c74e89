import type { RuleBook } from "@qontext/sync-log-document";
import { isJsonObject } from "@qontext/sync-log-document";
import type { SpecResponse } from "../collect-responses.ts";
import { collectResponses, possibleStatuses } from "../collect-responses.ts";
import { readEnum } from "../read-property.ts";
import { readRuleBook } from "../read-spec.ts";
import type { Finding, SpecModel, SpecRule } from "../spec-model.ts";

/** A body with a lifecycle has an example for each status, named as the status; each documented error has one, too. */
export const everyCaseHasExample: SpecRule = (model) => {
  const book = readRuleBook(model);
  return collectResponses(model).flatMap((response): readonly Finding[] => {
    const isError = !/^[123]/.test(response.status);
    const hasNamed = response.examples.some(({ name }) => name !== undefined);
    const missing =
      isError && !hasNamed
        ? [
            {
              pointer: response.definition,
              message: `the error ${response.status} has no named example`,
            },
          ]
        : [];
    return [...missing, ...statusesWithoutExample(model, book, response)];
  });
};

function statusesWithoutExample(
  model: SpecModel,
  book: RuleBook | string,
  response: SpecResponse,
): readonly Finding[] {
  // Rules that cannot be read are reported by the rule that judges examples by them.
  if (typeof book === "string") return [];
  const rules = book.rulesFor(response.operation, possibleStatuses(response)[0]);
  const site = rules.sites.find(
    ({ path, lifecycle }) => path.length === 0 && lifecycle !== undefined,
  );
  const schema = site === undefined ? undefined : model.document.at(site.pointer);
  if (site?.lifecycle === undefined || !isJsonObject(schema)) return [];
  const { property } = site.lifecycle;
  const statuses = readEnum(model, { value: schema, pointer: site.pointer }, [property]) ?? [];
  return statuses.flatMap((status): readonly Finding[] => {
    const example = response.examples.find(({ name }) => name === status);
    if (example === undefined) {
      const message = `there is no example named "${String(status)}" for the status "${String(status)}"`;
      return [{ pointer: response.pointer, message }];
    }
    const value = isJsonObject(example.value) ? example.value[property] : undefined;
    if (value === status) return [];
    const message = `the example "${String(status)}" has the ${property} ${JSON.stringify(value)}`;
    return [{ pointer: example.pointer, file: example.file, message }];
  });
}
