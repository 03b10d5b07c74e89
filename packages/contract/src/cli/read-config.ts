import { readFile } from "node:fs/promises";
import type { ParseArgsConfig } from "node:util";
import { isJsonObject } from "@qontext/sync-log-document";
import type { CouldNotJudgeCode } from "../could-not-judge-error.ts";
import { CouldNotJudgeError } from "../could-not-judge-error.ts";
import { keyVariables, tool } from "../face.ts";

/** The options of a command, as Node's `parseArgs` takes them. */
export type OptionTypes = NonNullable<ParseArgsConfig["options"]>;

/** Values of options, as a command line gives them. */
type OptionValues = Readonly<Record<string, string | boolean | readonly string[]>>;

const prefix = tool.name.toUpperCase().replaceAll("-", "_");

/** The options that the environment gives: `--max-time` is that of the name `…_MAX_TIME`. */
export function readEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  options: OptionTypes,
): OptionValues {
  return Object.fromEntries(
    Object.keys(options).flatMap((name) => {
      const variable = `${prefix}_${name.toUpperCase().replaceAll("-", "_")}`;
      const text = env[variable];
      return text === undefined || text === ""
        ? []
        : [[name, valueOf(name, options, text, variable)]];
    }),
  );
}

/**
 * The options that a JSON file gives: an object with their names, without the dashes.
 *
 * @throws CouldNotJudgeError `bad_options` for a file that is none, an unknown option, or a key: a file is shared.
 */
export async function readConfig(file: string, options: OptionTypes): Promise<OptionValues> {
  const config = parseConfig(await readTextFile(file, "bad_options"), file);
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      const place = `${file}, ${name}`;
      if (name.endsWith("api-key")) {
        const variables = Object.values(keyVariables).join(" and ");
        throw badOptions(`${place}: a key does not belong into a file. Set ${variables}.`);
      }
      return [name, valueOf(name, options, value, place)];
    }),
  );
}

function parseConfig(text: string, file: string): Readonly<Record<string, unknown>> {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw badOptions(`${file} is not JSON.`, error);
  }
  if (isJsonObject(config)) return config;
  throw badOptions(`${file} is not a JSON object with the names of options.`);
}

/** A value as the command line would give it. */
function valueOf(
  name: string,
  options: OptionTypes,
  value: unknown,
  place: string,
): string | boolean | readonly string[] {
  const option = Object.hasOwn(options, name) ? options[name] : undefined;
  if (option === undefined) throw badOptions(`${place}: there is no option --${name}.`);
  const isText = typeof value === "string" || typeof value === "number";
  if (option.type === "boolean") {
    if (value === true || value === "true" || value === "1") return true;
    if (value === false || value === "false" || value === "0") return false;
    throw badOptions(`${place} is neither true nor false.`);
  }
  if (option.multiple === true) {
    const list: readonly unknown[] = isText ? String(value).split(/[\s,]+/) : [value].flat();
    const texts = list.filter((one) => typeof one === "string" || typeof one === "number");
    if (texts.length === list.length) return texts.map(String).filter((text) => text !== "");
  } else if (isText) return String(value);
  throw badOptions(
    `${place} is not a text${option.multiple === true ? ", or a list of them" : ""}.`,
  );
}

/** The text of a file that the user has named. */
export async function readTextFile(file: string, code: CouldNotJudgeCode): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CouldNotJudgeError(code, `${file} cannot be read: ${reason}`, { cause: error });
  }
}

function badOptions(message: string, cause?: unknown): CouldNotJudgeError {
  return new CouldNotJudgeError("bad_options", message, { cause });
}
