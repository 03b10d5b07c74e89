import type {
  JsonObject,
  OpenApiDocument,
  Operation,
  SchemaRegistry,
} from "@qontext/sync-log-document";
import {
  isJsonObject,
  jsonContent,
  readExamples,
  schemaAt,
  successResponses,
} from "@qontext/sync-log-document";
import { sample } from "@stoplight/json-schema-sampler";
import { createBodyFitter } from "../engine/fit-body.ts";

/** The body of a list, as JSON text; `undefined` where it would break its schema. @param items - The JSON texts of all that is listed. */
export type ListBody = (items: readonly string[]) => string | undefined;

/**
 * How the body of a list is made: that of an example, or what the schema asks for, with the items in it.
 *
 * @param fewest - As many items as there are at least.
 * @returns `undefined` if no body can be made that obeys the schema.
 */
export function readListBody(
  document: OpenApiDocument,
  operation: Operation,
  listPath: readonly string[],
  schemas: SchemaRegistry,
  fewest: readonly unknown[],
): ListBody | undefined {
  if (listPath.length === 0) {
    return (items) => (items.length < fewest.length ? undefined : listText(items));
  }
  const [success] = successResponses(operation);
  const content = success && jsonContent(success);
  const pointer = content?.schemaPointer;
  if (content === undefined || pointer === undefined) return undefined;
  const fitBody = createBodyFitter(document);
  const isValid = (body: unknown): boolean => schemas.validate(pointer, body).length === 0;
  const models = [
    ...readExamples(document, content).map(({ value }) => value),
    {},
    sampleOf(document, pointer),
  ].map((value) => ({
    length: lengthAt(value, listPath),
    body: enclose(fitBody(pointer, value), listPath, fewest),
  }));
  const model = models.find(({ body }) => isValid(body));
  if (!isJsonObject(model?.body)) return undefined;
  const { length } = model;
  const frame = sayWhole(model.body, listPath, length, isValid);
  const place = "list of the mock";
  return (items) => {
    const countIn = (list: unknown): string =>
      JSON.stringify(enclose(frame, listPath, list), (name, value: unknown) =>
        isCount(name, value, length) ? items.length : value,
      );
    if (items.length < fewest.length || !isValid(JSON.parse(countIn(fewest)))) return undefined;
    return countIn(place).replace(JSON.stringify(place), () => listText(items));
  };
}

function listText(items: readonly string[]): string {
  return `[${items.join(",")}]`;
}

/** A body by its schema, with nothing in it that may be absent. */
function sampleOf(document: OpenApiDocument, pointer: string): unknown {
  try {
    const options = { skipNonRequired: true, skipWriteOnly: true, quiet: true, ticks: 2500 };
    return sample(schemaAt(document, pointer)?.value ?? {}, options, document.value);
  } catch {
    // A schema without an end, say.
    return undefined;
  }
}

/** The number of items that an example lists: the same number beside the list is taken for their count. */
function lengthAt(body: unknown, path: readonly string[]): number | undefined {
  const list = path.reduce<unknown>((at, step) => (isJsonObject(at) ? at[step] : undefined), body);
  return Array.isArray(list) && list.length > 1 ? list.length : undefined;
}

/** Whether a number beside a list is that of its items. @param length - Of the list in the example that the number is from. */
function isCount(name: string, value: unknown, length: number | undefined): boolean {
  if (typeof value !== "number") return false;
  return value === length || (/total|count|^(?:size|length)$/iu.test(name) && !/page/iu.test(name));
}

/** A body with another list in it. */
function enclose(body: unknown, [step, ...rest]: readonly string[], list: unknown): unknown {
  if (step === undefined) return list;
  const members = isJsonObject(body) ? body : {};
  return { ...members, [step]: enclose(members[step], rest, list) };
}

/** What a member of that name says beside a list that is whole, on one page. */
function wholeValue(name: string, value: unknown): unknown {
  if (typeof value === "boolean") return /first|last|complete|end/iu.test(name);
  if (typeof value === "number") return 1;
  return typeof value === "string" ? "" : value;
}

/** The names of what is about pages: whether there is another one, where it is, and how many there are. */
const pageNames =
  /more|next|prev|trunc|partial|first|last|complete|cursor|token|(?:total|count).*page|page.*(?:total|count)|^pages$/iu;

/** A body that says of its list that it is whole: without what may be absent or null beside it, and without a next page. */
function sayWhole(
  body: JsonObject,
  [step, ...rest]: readonly string[],
  length: number | undefined,
  isValid: (body: JsonObject) => boolean,
): JsonObject {
  let own = body;
  for (const [name, value] of Object.entries(body)) {
    const replaced = (member: unknown): JsonObject => ({ ...own, [name]: member });
    if (isJsonObject(value) && (name !== step || rest.length > 0)) {
      const isMemberValid = (member: JsonObject): boolean => isValid(replaced(member));
      own = replaced(sayWhole(value, name === step ? rest : [], length, isMemberValid));
    }
    if (name === step || isCount(name, value, length)) continue;
    const { [name]: _, ...without } = own;
    const whole = pageNames.test(name) ? [replaced(wholeValue(name, value))] : [];
    own = [without, replaced(null), ...whole].find(isValid) ?? own;
  }
  return own;
}
