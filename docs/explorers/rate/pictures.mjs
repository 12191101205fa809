// Three pictures: where each class leads, the step ahead at every rate, the course of the loss.

import { colour, drawn, outline } from "../shared/explorer.mjs";

const SLANTED = "M-3,3L3,-3M-3,15L15,-3M9,15L15,9";
const TEXTURES = ["", SLANTED, "M3,3h.01M9,9h.01"]; // of the classes: none, lines, dots

const svg = (height, ...children) =>
  drawn("svg", { viewBox: `0 0 320 ${height}`, class: "picture", "aria-hidden": "true" }, ...children);
const path = (type, d = "") => drawn("path", { class: type, d });
const text = (x, y, anchor, words = "") => drawn("text", { x, y, "text-anchor": anchor }, words);
const set = (node, name, value) => node.setAttribute(name, value);
const joined = (points, end = "") =>
  points.length ? `M${points.map((point) => point.map((value) => value.toFixed(1))).join("L")}${end}` : "";

// The texture is on a tint where it has one.
function pattern(id, texture, ink, tint) {
  const size = { width: 12, height: 12 };
  const below = drawn("rect", { ...size, fill: tint, opacity: 0.15 });
  const above = drawn("path", { d: texture, stroke: ink, class: "texture" });
  return drawn("pattern", { id, ...size, patternUnits: "userSpaceOnUse" }, below, above);
}

// A number in few letters: 0.1 and 200 as they are, what is far smaller or larger with a power of ten.
export function short(number) {
  if (number === 0 || (Math.abs(number) >= 0.001 && Math.abs(number) < 10_000)) return String(number);
  const [digits, exponent] = number.toExponential(1).replace(".0", "").split("e");
  const raised = String(+exponent).replace(/./g, (sign) => (sign === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign]));
  return digits === "1" ? `10${raised}` : `${digits}·10${raised}`;
}

// Where each class leads, and the inputs: filled where the model is right, hollow where it is wrong.
export class Regions {
  constructor(labels) {
    this.labels = labels;
    this.regions = TEXTURES.map((_, k) => drawn("path", { class: "frame", style: `fill: url(#class-${k})` }));
    this.inputs = labels.map((k) => drawn("path", { class: "input", stroke: colour(k) }));
    const patterns = TEXTURES.map((texture, k) => pattern(`class-${k}`, texture, colour(k), colour(k)));
    this.node = svg(286, ...patterns, ...this.regions, ...this.inputs);
  }

  draw({ regions, places }, isRight) {
    const at = ([u, v]) => [25 + 270 * u, 276 - 270 * v];
    this.regions.forEach((region, k) => set(region, "d", joined(regions[k].map(at), "Z")));
    this.inputs.forEach((input, n) => {
      set(input, "d", outline(this.labels[n], ...at(places[n]), 7));
      set(input, "style", `fill: ${isRight[n] ? colour(this.labels[n]) : "var(--md-default-bg-color)"}`);
    });
  }
}

// The loss after one more step, for each position of the slider below; in the middle, the loss now.
export class Ahead {
  constructor(positions) {
    const [first, last] = [positions[0], positions.at(-1)];
    this.x = (position) => 8 + (304 * (position - first)) / (last - first);
    this.positions = positions;
    this.still = drawn("rect", { x: 8, y: 4, height: 104, fill: "url(#still)" });
    this.curve = path("line");
    this.here = path("here");
    this.dot = drawn("circle", { r: 5, class: "point" });
    this.limit = path("path");
    this.safe = text(0, 16, "end");
    const ticks = [-10, -5, 0, 5].map((position, i) =>
      text(this.x(position), 124, ["start", "middle", "middle", "end"][i], short(10 ** position)),
    );
    this.node = svg(
      128, pattern("still", SLANTED, "var(--md-default-fg-color)", "none"), this.still,
      path("path", "M8,56H312"), text(70, 48, "start", "loss rises"), text(70, 72, "start", "loss falls"),
      this.limit, this.safe, this.curve, this.here, this.dot, ...ticks,
    );
  }

  // A promised rate is marked where there is one.
  draw(outcomes, now, at, promised) {
    const lowest = Math.min(...outcomes.map(({ reported }) => reported));
    const scale = now > lowest ? 44 / (now - lowest) : 0;
    const y = ({ reported }) => Math.max(4, 56 + scale * (now - reported));
    const points = outcomes.map((outcome, i) => [this.x(this.positions[i]), y(outcome)]);
    set(this.curve, "d", joined(points));
    set(this.here, "d", `M${points[at][0]},4V108`);
    set(this.dot, "cx", points[at][0]);
    set(this.dot, "cy", points[at][1]);
    const still = outcomes.findLastIndex(({ moved }) => moved === 0);
    set(this.still, "width", still < 0 ? 0 : points[still][0] - 8);
    const limit = promised ? this.x(Math.log10(promised)) : 0;
    set(this.limit, "d", promised ? `M${limit},4V108` : "");
    set(this.safe, "x", limit - 5);
    this.safe.textContent = promised ? `safe up to ${promised.toFixed(4)}` : "";
  }
}

// The reported loss and the true one, of the last thousand steps, with not one step left out.
export class Course {
  constructor() {
    this.reported = path("line");
    this.true = path("true");
    this.dot = drawn("circle", { r: 4, fill: "currentColor" });
    this.most = text(36, 14, "end");
    this.first = text(42, 180, "start");
    this.last = text(312, 180, "end");
    this.node = svg(
      186, path("frame", "M42,10V160H312"), this.true, this.reported, this.dot,
      text(36, 164, "end", "0"), this.most, this.first, this.last,
    );
  }

  draw(course, steps) {
    const wide = [20, 50, 100, 200, 500, 1000].find((width) => width >= course.length - 1);
    const most = Math.max(...course.flat()) || 1;
    const at = (i, loss) => [42 + (270 * i) / wide, 160 - (150 * loss) / most];
    const curve = (kind) => joined(course.map((losses, i) => at(i, losses[kind])));
    set(this.reported, "d", curve(0));
    set(this.true, "d", course.some(([reported, truth]) => reported !== truth) ? curve(1) : "");
    const [x, y] = at(course.length - 1, course.at(-1)[0]);
    set(this.dot, "cx", x);
    set(this.dot, "cy", y);
    const first = steps - course.length + 1;
    this.most.textContent = short(Number(most.toPrecision(2)));
    this.first.textContent = first.toLocaleString("en");
    this.last.textContent = `${(first + wide).toLocaleString("en")} steps`;
  }
}
