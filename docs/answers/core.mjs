// What a reader typed, judged: texts in, a verdict out. It holds no answer and never says larger or smaller.

const NUMERAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;
const THOUSANDS = /^[-+]?[1-9]\d{0,2}([, ]\d{3})+(\.\d+)?$/;
const HAIR = 1e-9; // half a unit of the last digit is itself not exact in binary

// `quantum` is the weight of the last digit: 1 in a whole number, 0 in a fraction.
function numeral(text) {
  const [mantissa, exponent = 0] = text.toLowerCase().split("e");
  const [, decimals = ""] = mantissa.split(".");
  return NUMERAL.test(text) && Number.isFinite(+text) && { value: +text, quantum: 10 ** (exponent - decimals.length) };
}

function number(text) {
  const [over, under, more] = text.split("/").map(numeral);
  if (under === undefined) return over;
  return over && under.value && more === undefined && { value: over.value / under.value, quantum: 0 };
}

const numbers = (text) => text.split(/\s*[,;]\s*|\s+/).map(number);

/** The `numbers` in what a reader typed, or the `problem` with it. */
export function parse(text, count, unit) {
  let rest = text.trim().replace(/[−–]/g, "-").replace(/([-+]) +/g, "$1").replace(/ *\/ */g, "/");
  if (unit && rest.endsWith(unit)) rest = rest.slice(0, -unit.length);
  const isPercent = !unit && rest.includes("%");
  if (!unit || unit === "%") rest = rest.replace(/ *%/g, "");
  if (count === 1 && THOUSANDS.test(rest)) rest = rest.replace(/[, ]/g, "");
  const found = numbers(rest.replace(/^[[(]|[\])]$/g, "").trim());
  if (found.length !== count && /\d,\d/.test(rest)) return { problem: "Decimals take a point, as in 0.25." };
  if (!found.every(Boolean)) return { problem: "Write a number, such as 0.25." };
  if (found.length !== count) return { problem: `Numbers asked for: ${count}, written: ${found.length}.` };
  const hundredth = ({ value, quantum }) => ({ value: value / 100, quantum: quantum / 100 });
  return { numbers: isPercent ? found.map(hundredth) : found };
}

const RIGHT = 2, ROUNDED = 1, WRONG = 0;

function closeness(typed, wanted, factor = 1) {
  const value = typed.value * factor;
  const quantum = typed.quantum * Math.abs(factor);
  const off = Math.abs(value - wanted.value);
  if (wanted.quantum === 1) return off < HAIR ? RIGHT : WRONG;
  if (off <= wanted.quantum * (0.5 + HAIR)) return RIGHT;
  const isCoarse = quantum > wanted.quantum;
  // Off by one in the last of two digits, of three where all are given: rounded, or cut off.
  const last = isCoarse ? quantum : wanted.quantum;
  const least = last * (isCoarse ? 10 : 100) * (1 - HAIR);
  return quantum && off <= last * (1 + HAIR) && Math.abs(value) >= least ? ROUNDED : WRONG;
}

/** The verdict, { kind, say }. `answer` holds numbers, spaced; `mistakes` pairs of such and a sentence. */
export function judge(text, { answer, unit, mistakes }) {
  const wanted = numbers(answer);
  const { numbers: typed, problem } = parse(text, wanted.length, unit);
  if (problem) return { kind: "unreadable", say: problem };

  const match = (those, factor) => Math.min(...typed.map((n, i) => closeness(n, those[i], factor)));
  const near = match(wanted);
  if (near === RIGHT) return { kind: "right", say: "Right." };
  if (near) {
    const places = Math.max(...wanted.map((n) => Math.round(-Math.log10(n.quantum))));
    const decimals = `${places} decimal${places > 1 ? "s" : ""}`;
    return { kind: "rounding", say: `Right but for rounding: it takes ${decimals}, the last one rounded.` };
  }

  const nears = mistakes.map(([values]) => match(numbers(values)));
  const index = nears.indexOf(Math.max(...nears));
  if (nears[index]) return { kind: "mistake", index, say: `Not yet: ${text.trim()} ${mistakes[index][1]}` };

  const say = (kind, slip) => ({ kind, say: `Not yet. ${slip}`.trim() });
  if (match(wanted, -1)) return say("sign", "The size is right, the sign is not.");
  const factor = { "": 0.01, "%": 100 }[unit];
  if (factor && match(wanted, factor)) return say("percent", `Percent are ${unit ? "" : "not "}asked for.`);
  const right = typed.filter((n, i) => closeness(n, wanted[i])).length;
  return say("not-yet", right ? `${right} of ${typed.length} are right.` : "");
}
