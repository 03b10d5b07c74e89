import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { OpenApiDocument, Operation } from "@qontext/sync-log-document";
import { fillTemplate, isJsonObject, readExamples } from "@qontext/sync-log-document";

/** A code sample of an operation, in the form of `x-codeSamples`. */
export interface CodeSample {
  readonly lang: string;
  readonly label: string;
  readonly source: string;
}

/** The address at which the mock's command listens by default. */
export const mockServer = {
  url: "http://127.0.0.1:4010",
  description: "The mock on this machine: npx @qontext/sync-log-mock",
} as const;

/** A key that the mock's command accepts, as it accepts any. */
export const mockKey = "q_sk_example";

const samplesDir = join(import.meta.dirname, "..", "samples");

/** The samples that are written by hand, compiled and run: `samples/getSyncLog/01-read-it-once.ts`, in the order of their names. */
function writtenSamples(operation: string): readonly CodeSample[] {
  return readdirSync(samplesDir)
    .filter((folder) => folder === operation)
    .flatMap((folder) => readdirSync(join(samplesDir, folder)).toSorted())
    .flatMap((file) => {
      const [, words = "", ending = ""] = /^\d+-(.+)\.(ts|sh)$/u.exec(file) ?? [];
      const source = readFileSync(join(samplesDir, operation, file), "utf8");
      const label = words.replaceAll("-", " ");
      return ending === "ts"
        ? [{ lang: "typescript", label: `TypeScript: ${label}`, source }]
        : [{ lang: "shell", label, source }];
    });
}

function serversOf({ value: { servers } }: OpenApiDocument): readonly string[] {
  return (Array.isArray(servers) ? servers : [])
    .filter(isJsonObject)
    .map(({ url }) => String(url).replace(/\/$/u, ""));
}

/** The address of a request that has the examples of its parameters. */
function exampleUrl(document: OpenApiDocument, { path, parameters }: Operation): string {
  const examples = parameters.map((parameter) => ({
    ...parameter,
    example: readExamples(document, parameter.node)[0]?.value,
  }));
  const values = Object.fromEntries(
    examples.filter((one) => one.in === "path").map(({ name, example }) => [name, String(example)]),
  );
  const query = examples
    .filter((one) => one.in === "query" && one.isRequired)
    .map(({ name, example }) => [name, String(example)]);
  const [server] = serversOf(document);
  const filled = `${server}${fillTemplate(path, values)}`;
  return query.length === 0 ? filled : `${filled}?${new URLSearchParams(query).toString()}`;
}

interface Request {
  readonly url: string;
  /** The header that carries the key. */
  readonly header: string;
}

const curl = ({ url, header }: Request): string => `curl --fail-with-body "${url}" \\
  --header "${header}: $QONTEXT_API_KEY"
`;

const python = ({ url, header }: Request): string => `import json, os, urllib.request

request = urllib.request.Request(
    "${url}",
    headers={"${header}": os.environ["QONTEXT_API_KEY"]},
)
with urllib.request.urlopen(request, timeout=10) as response:
    print(json.load(response))
`;

const go = ({ url, header }: Request): string => `package main

import (
	"io"
	"log"
	"net/http"
	"os"
)

func main() {
	request, err := http.NewRequest("GET", "${url}", nil)
	if err != nil {
		log.Fatal(err)
	}
	request.Header.Set("${header}", os.Getenv("QONTEXT_API_KEY"))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		log.Fatal(response.Status)
	}
	if _, err := io.Copy(os.Stdout, response.Body); err != nil {
		log.Fatal(err)
	}
}
`;

/** The samples of an operation: those written by hand with our packages, and the plain request in other languages. */
export function codeSamples(
  document: OpenApiDocument,
  operation: Operation,
): readonly CodeSample[] {
  const header = operation.security.flat().find(({ credential }) => credential?.in === "header");
  const request = {
    url: exampleUrl(document, operation),
    header: header?.credential?.parameter ?? "Authorization",
  };
  return [
    { lang: "shell", label: "curl", source: curl(request) },
    ...writtenSamples(operation.id),
    { lang: "python", label: "Python", source: python(request) },
    { lang: "go", label: "Go", source: go(request) },
  ];
}
