// `PLAN=… node scripts/release/publish/main.ts FOLDER`: publishes what `changeset pack --out-dir FOLDER` packed, by the plan that
// came another way than the tarballs. Runs beside the right to publish, so it imports nothing that is installed.
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { readPackedReleases } from "./packed-release.ts";
import { publishReleases } from "./publish-releases.ts";

/** The one that the lockfile beside this file pins. */
const npm = join(import.meta.dirname, "node_modules/.bin/npm");
const [folder] = process.argv.slice(2);
const { PLAN: plan } = process.env;
if (folder === undefined || plan === undefined || plan === "") {
  console.error(
    'Usage: PLAN="$(cat publish-plan.json)" node scripts/release/publish/main.ts FOLDER',
  );
  process.exitCode = 2;
} else {
  const isPublished = publishReleases(resolve(folder), readPackedReleases(plan), {
    // An absent version is no error of this run, and what npm says of it only confuses.
    npm: (args) => {
      const isQuestion = args[0] === "view";
      const { status, stdout, error } = spawnSync(npm, args, {
        encoding: "utf8",
        stdio: ["ignore", isQuestion ? "pipe" : "inherit", isQuestion ? "ignore" : "inherit"],
      });
      if (error) throw error;
      return { code: status ?? 1, stdout: stdout ?? "" };
    },
    write: console.log,
  });
  if (!isPublished) process.exitCode = 1;
}
