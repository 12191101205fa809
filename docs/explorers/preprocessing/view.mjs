// A bowl that the reader bends with the data and straightens with a preparation, and the descent in it.

import * as ui from "../shared/explorer.mjs";
import { bowl, kept, loss, path, points, prepare, stepsNeeded } from "./core.mjs";

const PREPARATIONS = [
  { name: "raw", centre: false, divide: false },
  { name: "centred", centre: true, divide: false },
  { name: "scaled", centre: false, divide: true },
  { name: "standardised", centre: true, divide: true },
];
const START = { preparation: 0, offset: 4, spread: 2, dial: -1, steps: 16 }; // the dial: log2 of rate / limit
const REACH = 125; // from the bottom of the bowl to the start, in the units of its drawing
const MIDDLE = [160, 142];
const LEVELS = [0.25, 0.5, 0.75, 1]; // of the way out to the contour of the start

const roughly = (number) => Number(number.toPrecision(3)).toLocaleString("en-US");
const capital = (name) => name[0].toUpperCase() + name.slice(1);

function counted(steps) {
  if (steps === null) return "never";
  return steps < 1e6 ? steps.toLocaleString("en-US") : `${roughly(steps / 1e6)} million`;
}

function percent(factor) {
  const share = Math.abs(factor);
  return share >= 0.9995 && share < 1 ? "over 99.9\u00a0%" : `${ui.fixed(100 * share, 1)}\u00a0%`;
}

class PreprocessingExplorer extends ui.Explorer {
  build() {
    const slider = (label, name, min, max, step, shown) =>
      (this[name] = ui.slider(label, { min, max, step, value: START[name], shown }));
    const tenths = (value) => ui.fixed(value, 1);
    slider("offset of the feature (its mean)", "offset", 0, 10, 0.1, tenths);
    slider("spread of the feature", "spread", 0.1, 10, 0.1, tenths);
    slider("learning rate, as a share of the limit", "dial", -7, 1, 0.05, (dial) => ui.fixed(2 ** dial, 3));
    slider("steps", "steps", 0, 100, 1, String);
    const sliders = [this.offset, this.spread, this.dial, this.steps].map((control) => control.row);
    const back = ui.button("Back to the start", () => this.reset());
    return [
      ui.element("div", {}, ...sliders, this.table(), back),
      ui.element("div", {}, this.valley(), this.points()),
    ];
  }

  // The choice of a preparation, each with what it makes of the bowl.
  table() {
    const names = PREPARATIONS.map(({ name }) => name);
    this.preparation = ui.choice("The feature is used", names, START.preparation);
    const group = this.preparation.row;
    this.cells = PREPARATIONS.map(() => [ui.element("td"), ui.element("td")]);
    const lines = [...group.querySelectorAll("label")].map((label, k) =>
      ui.element("tr", {}, ui.element("th", { scope: "row" }, label), ...this.cells[k]),
    );
    const heads = [["preparation"], ["condition number"], ["steps to 1/1,000"]];
    group.append(ui.table(heads, ui.element("tbody", {}, ...lines)));
    return group;
  }

  valley() {
    this.rings = LEVELS.map(() => ui.drawn("ellipse", { cx: MIDDLE[0], cy: MIDDLE[1], class: "ring" }));
    this.trail = ui.drawn("path", { class: "trail" });
    this.dots = ui.drawn("path", { class: "dots" });
    this.start = ui.drawn("text", { "text-anchor": "middle" }, "start");
    const [x, y] = MIDDLE;
    const bottom = ui.drawn("path", { d: `M${x - 7},${y}h14M${x},${y - 7}v14`, class: "frame" });
    const axes = [
      ui.drawn("text", { x: 312, y: 276, "text-anchor": "end" }, "weight →"),
      ui.drawn("text", { x: 8, y: 18 }, "bias ↑"),
    ];
    const drawing = { viewBox: "0 0 320 284", "aria-hidden": "true" };
    return ui.drawn("svg", drawing, ...this.rings, bottom, this.trail, this.dots, this.start, ...axes);
  }

  points() {
    this.feature = ui.drawn("text", { x: 160, y: 108, "text-anchor": "middle" });
    this.zero = ui.drawn("path", { class: "frame" });
    this.marks = ui.drawn("path", { class: "marks" });
    this.fitted = ui.drawn("path", { class: "trail" });
    const drawing = { viewBox: "0 0 320 114", "aria-hidden": "true" };
    return ui.drawn("svg", drawing, this.zero, this.fitted, this.marks, this.feature);
  }

  reset() {
    for (const [name, value] of Object.entries(START)) this[name].value = value;
    this.changed();
  }

  draw() {
    const data = { offset: this.offset.value, spread: this.spread.value };
    const share = 2 ** this.dial.value;
    const steps = this.steps.value;
    const features = PREPARATIONS.map((preparation) => prepare(data, preparation));
    const rows = features.map((feature) => {
      const shape = bowl(feature);
      return { condition: shape.condition, needed: stepsNeeded(shape, share) };
    });
    const chosen = this.preparation.value;
    const shape = bowl(features[chosen]);
    const way = path(shape, share, steps);
    const [left, rest] = [kept(shape, share), loss(shape, share, steps)];
    this.readings = { ...data, share, steps, chosen, rows, weights: way.at(-1), kept: left, loss: rest };
    this.showRows(rows);
    this.showValley(shape, way);
    this.showPoints(features[chosen], way.at(-1), PREPARATIONS[chosen].name);
    return this.sentences();
  }

  showRows(rows) {
    rows.forEach(({ condition, needed }, k) => {
      this.cells[k][0].textContent = roughly(condition);
      this.cells[k][1].textContent = counted(needed);
    });
  }

  // Drawn around the bottom, so that the start is always equally far from it.
  showValley({ bends, directions, bottom }, way) {
    const scale = REACH / Math.hypot(...bottom);
    const at = ([weight, bias]) => [
      MIDDLE[0] + scale * (weight - bottom[0]), MIDDLE[1] - scale * (bias - bottom[1]),
    ];
    const turned = (-180 / Math.PI) * Math.atan2(directions[0][1], directions[0][0]);
    this.rings.forEach((ring, k) => {
      const [rx, ry] = bends.map((bend) => scale * LEVELS[k] * Math.sqrt(2 / bend)); // a loss of LEVELS[k]²
      for (const [name, value] of Object.entries({ rx, ry })) ring.setAttribute(name, value);
      ring.setAttribute("transform", `rotate(${turned} ${MIDDLE})`);
    });
    const beyond = way.findIndex((place) => Math.hypot(...at(place)) > 1e4);
    const seen = (beyond < 0 ? way : way.slice(0, beyond + 1)).map(at);
    this.trail.setAttribute("d", `M${seen.join("L")}`);
    this.dots.setAttribute("d", seen.map(([x, y]) => ui.outline(0, x, y, 2.6)).join(""));
    this.start.setAttribute("x", seen[0][0]);
    this.start.setAttribute("y", seen[0][1] + (seen[0][1] > MIDDLE[1] ? 17 : -9));
  }

  // The seven points, with the line as it is now.
  showPoints(feature, [weight, bias], name) {
    const places = points(feature);
    const xs = places.map(([x]) => x);
    const [low, high] = [Math.min(0, ...xs), Math.max(0, ...xs)];
    const across = (x) => 16 + (288 * (x - low)) / (high - low);
    const up = (y) => Math.max(-1e4, Math.min(1e4, 68 - 24 * y));
    this.marks.setAttribute("d", places.map(([x, y]) => ui.outline(0, across(x), up(y), 3.5)).join(""));
    this.fitted.setAttribute("d", `M${[low, high].map((x) => [across(x), up(weight * x + bias)]).join("L")}`);
    this.zero.setAttribute("d", `M8,${up(0)}H312M${across(0)},6V92`);
    const range = `from ${ui.fixed(xs[0], 1)} to ${ui.fixed(xs.at(-1), 1)}`;
    this.feature.textContent = `${name} feature, ${range}; upright line: 0`;
  }

  sentences() {
    const { steps, chosen, rows, kept: factors, loss: value } = this.readings;
    const [across, along] = factors.map(percent);
    const { condition, needed } = rows[chosen];
    const where = condition < 1.0005 ? "" : ` across the valley and ${along} along it`;
    const end = needed === null ? "never settles" : `reaches a thousandth at step ${counted(needed)}`;
    return (
      `${capital(PREPARATIONS[chosen].name)} feature: a step leaves ${across} of the error${where}. ` +
      `The loss, at first 1, is ${value < 1e4 ? ui.fixed(value, 4) : value.toExponential(1)} ` +
      `at step ${steps}; it ${end}.`
    );
  }
}

const NAME = "preprocessing-explorer";
customElements.get(NAME) ?? customElements.define(NAME, PreprocessingExplorer);
