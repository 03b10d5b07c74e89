import type { Located, OpenApiDocument, Operation, Parameter } from "@qontext/sync-log-document";
import {
  componentsOf,
  describeValues,
  isJsonObject,
  jsonContent,
  pointerTokens,
  readExamples,
  readProperties,
} from "@qontext/sync-log-document";
import { codeSamples, mockKey, mockServer } from "../code-samples.ts";
import { headingId } from "../heading-id.ts";
import { code, fence, plain, table, textAt } from "./markdown.ts";

/** The type of a schema in a reader's words; schemas with a name are links to their section. */
function typeText(schema: unknown): string {
  if (!isJsonObject(schema)) return "anything";
  if (typeof schema["$ref"] === "string") {
    const name = String(pointerTokens(schema["$ref"]).at(-1));
    return `[${code(name)}](#${headingId(name)})`;
  }
  const choices = schema["oneOf"] ?? schema["anyOf"];
  if (Array.isArray(choices)) return choices.map(typeText).join(" or ");
  const types = [schema["type"] ?? "anything"].flat().map(String);
  const format = typeof schema["format"] === "string" ? ` (${schema["format"]})` : "";
  return types
    .map((type) =>
      type === "array"
        ? `array of ${typeText(schema["items"])}`
        : `${type}${type === "null" ? "" : format}`,
    )
    .join(" or ");
}

const withAssumption = ({ value }: Located): string => {
  const assumed = textAt(value, "x-assumption");
  return `${plain(textAt(value, "description"))}${assumed === "" ? "" : ` *Assumed:* ${plain(assumed)}`}`;
};

function parameterRow(
  document: OpenApiDocument,
  { name, in: place, isRequired, node }: Parameter,
): string[] {
  const example = readExamples(document, node)[0]?.value;
  return [
    code(name),
    `${place}${isRequired ? ", required" : ""}`,
    typeText(node.value["schema"]),
    `${withAssumption(node)}${example === undefined ? "" : ` Example: ${code(example)}`}`,
  ];
}

const highlighted: Readonly<Record<string, string>> = { typescript: "ts", shell: "sh" };

function samplesOf(document: OpenApiDocument, operation: Operation): string {
  const blocks = codeSamples(document, operation).map(({ lang, label, source }) =>
    fence(`${highlighted[lang] ?? lang} [${label}]`, source),
  );
  return `::: code-group\n\n${blocks.join("\n\n")}\n\n:::`;
}

function operationSection(document: OpenApiDocument, operation: Operation): string {
  const { id, method, path, node, parameters, responses } = operation;
  const parameterRows = parameters.map((one) => parameterRow(document, one));
  const responseRows = responses.map((response) => [
    code(response.status),
    withAssumption(response.node),
    typeText(jsonContent(response)?.value["schema"]),
  ]);
  return `## ${textAt(node.value, "summary")}

${plain(textAt(node.value, "description"))} Its operationId is ${code(id)}.

${fence("http", `${method} ${path}`)}

${table(["parameter", "where", "type", "meaning"], parameterRows)}

${samplesOf(document, operation)}

${table(["status", "meaning", "body"], responseRows)}`;
}

function schemaSection(document: OpenApiDocument, name: string, schema: Located): string {
  const { value } = schema;
  const properties = [...readProperties(document, schema)];
  const required = new Set([value["required"]].flat());
  const raw = isJsonObject(value["properties"]) ? value["properties"] : {};
  const rows = properties.map(([property, at]) => [
    code(property),
    `${typeText(isJsonObject(raw[property]) && "$ref" in raw[property] ? raw[property] : at.value)}${required.has(property) ? ", always" : ""}`,
    withAssumption(at),
  ]);
  const texts = describeValues(document, schema);
  const list = [...texts].map(([one, text]) => `- ${code(one)}: ${plain(text)}`).join("\n");
  const values = Array.isArray(value["enum"])
    ? list || `Values: ${value["enum"].map(code).join(", ")}.`
    : "";
  const pattern = typeof value["pattern"] === "string" ? `Pattern: ${code(value["pattern"])}.` : "";
  const fields = rows.length === 0 ? "" : table(["field", "type", "meaning"], rows);
  const parts = [withAssumption(schema), values, pattern, fields];
  return `### ${name}\n\n${parts.filter((part) => part !== "").join("\n\n")}`;
}

/** The page that says everything about the API in words, which search and `llms.txt` can read. */
export function apiPage(document: OpenApiDocument): string {
  const { info, servers } = document.value;
  const schemas = componentsOf(document.root).filter(({ kind }) => kind === "schema");
  const [about = ""] = textAt(info, "description").split("\n\n");
  const urls = (Array.isArray(servers) ? servers : []).map((server) => code(textAt(server, "url")));
  return `# HTTP API

${plain(about)}

The server is ${urls.join(", ")}; every request has the API key in the header \`X-API-Key\`. To try it without the service, start
the mock (\`npx @qontext/sync-log-mock\`, ${code(mockServer.url)}, any key, such as ${code(mockKey)}) and open the
[API explorer](explorer.md). The status of a sync has [a page of its own](lifecycle.md); for errors in code see the
[error codes](../guides/errors.md).

${document.operations.map((operation) => operationSection(document, operation)).join("\n\n")}

## Schemas

${schemas.map(({ names, ...schema }) => schemaSection(document, names.at(-1) ?? "", schema)).join("\n\n")}
`;
}
