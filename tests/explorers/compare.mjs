// Calls what the vectors name in a core and prints, as JSON, each case in which it gives something else.
// Numbers follow the book's rule of comparison, |got − wanted| <= N · max(1, |wanted|), with N = 1e-12 for float64.
// JSON has no infinite numbers: the text "Infinity" stands for one.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const TOLERANCE = 1e-12;

const revived = (key, value) => (value === "Infinity" || value === "-Infinity" ? Number(value) : value);

const agree = (got, wanted) =>
  got === wanted ||
  (Number.isFinite(wanted) && Math.abs(got - wanted) <= TOLERANCE * Math.max(1, Math.abs(wanted)));

// Where `got` leaves `wanted`, as a path into it with both values, or undefined where it does not.
function difference(got, wanted, path = "") {
  if (typeof wanted === "number") return agree(got, wanted) ? undefined : { path, got, wanted };
  if (wanted === null || typeof wanted !== "object") return got === wanted ? undefined : { path, got, wanted };
  const keys = Object.keys(wanted);
  if (got === null || typeof got !== "object" || String(Object.keys(got)) !== String(keys)) {
    return { path, got, wanted };
  }
  for (const key of keys) {
    const found = difference(got[key], wanted[key], `${path}/${key}`);
    if (found) return found;
  }
  return undefined;
}

const [core, vectors] = process.argv.slice(2);
const functions = await import(core);
const content = (path) => JSON.parse(readFileSync(path, "utf8"), revived);
// An argument { file } stands for what that file beside the core holds: proven is what is shipped.
const resolved = (argument) => (argument?.file ? content(join(dirname(core), argument.file)) : argument);
const failures = [];
for (const { call, given, gives } of content(vectors)) {
  if (!functions[call]) failures.push({ call, given, path: "", got: "no such function", wanted: gives });
  else {
    const found = difference(functions[call](...given.map(resolved)), gives);
    if (found) failures.push({ call, given, ...found });
  }
}
process.stdout.write(JSON.stringify(failures));
