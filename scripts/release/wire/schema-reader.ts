import type { JsonObject, Located, OpenApiDocument } from "@qontext/sync-log-document";
import { isJsonObject } from "@qontext/sync-log-document";
import { joinAlternatives } from "./join-forms.ts";
import { inherited, readDiscriminator } from "./read-discriminator.ts";
import { readForm } from "./read-form.ts";
import type { Discriminator, SchemaForm, SchemaReader, Term } from "./schema-form.ts";

const never: JsonObject = { not: {} };
const always: JsonObject = {};

export function createSchemaReader(document: OpenApiDocument): SchemaReader {
  const forms = new Map<string, SchemaForm>();
  const ids = new Map<JsonObject, number>();
  const idOf = (value: JsonObject): number => {
    const id = ids.get(value) ?? ids.size;
    ids.set(value, id);
    return id;
  };
  let children: ReadonlyMap<JsonObject, ReadonlyMap<string, Term>> | undefined;
  // Read once, so that its schemas are the same wherever it is met: they may lead back to it.
  const discriminators = new Map<JsonObject, Discriminator | undefined>();
  const discriminatorOf = (node: Located): Discriminator | undefined => {
    if (node.value["discriminator"] === undefined) return undefined;
    const { value } = node;
    if (!discriminators.has(value)) {
      children ??= inherited(reader);
      discriminators.set(value, readDiscriminator(reader, node, children.get(value)));
    }
    return discriminators.get(value);
  };
  const reader: SchemaReader = {
    document,
    termOf: (value, pointer) => {
      if (isJsonObject(value)) return [{ pointer, value }];
      return [{ pointer, value: value === false ? never : always }];
    },
    nameOf: ([only, ...more]) => {
      const { $ref } = only?.value ?? {};
      return typeof $ref === "string" && more.length === 0 ? $ref.split("/").at(-1) : undefined;
    },
    formOf: (term) => {
      const key = term.map(({ value }) => idOf(value)).join(" ");
      const known = forms.get(key);
      if (known) return known;
      const form = joinAlternatives(reader, readForm(reader, term, discriminatorOf));
      forms.set(key, form);
      return form;
    },
  };
  return reader;
}
