// Recorded curves of small networks, by digits, hidden units and weight decay; and where patience would stop.

import * as ui from "../shared/explorer.mjs";
import { pick, read } from "./core.mjs";

const fetched = fetch(new URL("curves.json", import.meta.url)).then((answer) => answer.json());

const START = { size: 0, units: 2, decay: 0, patience: 4 };
const HIGHEST = 3.5; // nats, of the drawing
const [LEFT, RIGHT, TOP, BOTTOM] = [38, 244, 22, 296];
const PLACES = { valley: ["●", "valley"], stopped: ["┊", "stop"], kept: ["□", "kept"], end: ["", "end"] };
const TICKS = [[0, "0"], [1, "1"], [Math.log(10), "ln 10"], [3, "3"]];

const nats = (value) => ui.fixed(value, 3);
const percent = (share) => `${ui.fixed(100 * share, 1)}\u00a0%`;
const up = (loss) => BOTTOM - ((BOTTOM - TOP) * loss) / HIGHEST;

class OverfittingExplorer extends ui.Explorer {
  // Without its curves it leaves its place to the figure.
  async connectedCallback() {
    this.recorded = await fetched.catch(() => this.remove());
    if (this.recorded) super.connectedCallback();
  }

  build() {
    const { examples, hidden, decays } = this.recorded;
    this.size = ui.choice("Digits to learn from", examples.map(String), START.size);
    this.units = ui.choice("Hidden units", hidden.map(String), START.units);
    this.decay = ui.choice("Weight decay", decays.map(String), START.decay);
    const label = "patience, in records of five steps";
    this.patience = ui.slider(label, { min: 1, max: 40, step: 1, value: START.patience, shown: String });
    const controls = [this.size, this.units, this.decay, this.patience].map((control) => control.row);
    return [
      ui.element("div", {}, ...controls, this.table()),
      ui.element("div", {}, this.drawing()),
    ];
  }

  table() {
    this.cells = {};
    const lines = Object.entries(PLACES).map(([place, [sign, name]]) => {
      this.cells[place] = Array.from({ length: 4 }, () => ui.element("td"));
      const shape = ui.element("span", { "aria-hidden": "true" }, sign);
      const head = ui.element("th", { scope: "row" }, shape, ` ${name}`);
      return ui.element("tr", {}, head, ...this.cells[place]);
    });
    const heads = [["place"], ["step"], ["training"], ["validation"], ["right"]];
    return ui.table(heads, ui.element("tbody", {}, ...lines));
  }

  drawing() {
    const steps = this.recorded.steps;
    this.across = (step) => LEFT + ((RIGHT - LEFT) * step) / steps.at(-1);
    this.curves = ["before", "training", "validation"].map((name) => ({
      name,
      line: ui.drawn("path", { class: name }),
      label: ui.drawn("text", { x: RIGHT + 6 }),
    }));
    this.valley = ui.drawn("path", { class: "valley" });
    this.kept = ui.drawn("path", { class: "kept" });
    this.stop = ui.drawn("path", { class: "path" });
    this.stops = ui.drawn("text", { y: TOP + 6 });
    const parts = this.curves.flatMap(({ line, label }) => [line, label]);
    const size = { viewBox: "0 0 320 334", "aria-hidden": "true" };
    return ui.drawn("svg", size, ...this.axes(), this.stop, this.stops, ...parts, this.kept, this.valley);
  }

  axes() {
    const frame = ui.drawn("path", { class: "frame", fill: "none", d: `M${LEFT},${TOP}V${BOTTOM}H${RIGHT}` });
    const nothing = ui.drawn("path", { class: "path", d: `M${LEFT},${up(Math.log(10))}H${RIGHT}` });
    const losses = TICKS.map(([loss, text]) =>
      ui.drawn("text", { x: LEFT - 5, y: up(loss) + 4, "text-anchor": "end" }, text),
    );
    const steps = [0, 100, 200].map((step) =>
      ui.drawn("text", { x: this.across(step), y: BOTTOM + 17, "text-anchor": "middle" }, String(step)),
    );
    const names = [
      ui.drawn("text", { x: LEFT - 34, y: TOP - 8 }, "loss, nats"),
      ui.drawn("text", { x: this.across(100), y: BOTTOM + 34, "text-anchor": "middle" }, "step"),
    ];
    return [frame, nothing, ...losses, ...steps, ...names];
  }

  draw() {
    const chosen = [this.units.value, this.size.value, this.decay.value];
    if (String(chosen) !== String(this.chosen)) {
      this.before = this.curve;
      this.curve = pick(this.recorded, ...chosen);
      this.chosen = chosen;
    }
    this.readings = read(this.curve, this.patience.value);
    this.showTable();
    this.showCurves();
    this.showPlaces();
    return this.sentences();
  }

  showTable() {
    for (const [place, cells] of Object.entries(this.cells)) {
      const { step, train, val, right } = this.readings[place] ?? {};
      const never = step === undefined;
      const texts = never ? ["never"] : [step, nats(train), nats(val), percent(right)];
      cells.forEach((cell, k) => (cell.textContent = texts[k] ?? ""));
    }
  }

  showCurves() {
    const losses = { before: this.before?.val, training: this.curve.train, validation: this.curve.val };
    const shown = this.curves.filter(({ name }) => losses[name]);
    const ends = apart(shown.map(({ name }) => up(losses[name].at(-1))));
    shown.forEach(({ name, line, label }, i) => {
      const places = losses[name].map((loss, k) => `${this.across(this.curve.steps[k])},${up(loss)}`);
      line.setAttribute("d", `M${places.join("L")}`);
      label.textContent = name;
      label.setAttribute("y", ends[i] + 4);
    });
  }

  showPlaces() {
    const { valley, stopped, kept } = this.readings;
    const at = ({ step, val }) => [this.across(step), up(val)];
    this.valley.setAttribute("d", ui.outline(0, ...at(valley), 4));
    this.kept.setAttribute("d", ui.outline(1, ...at(kept), 8));
    this.stop.setAttribute("d", stopped ? `M${this.across(stopped.step)},${TOP}V${BOTTOM}` : "");
    this.stops.setAttribute("x", stopped ? this.across(stopped.step) + 5 : 0);
    this.stops.textContent = stopped ? "stop" : "";
  }

  sentences() {
    const { valley, stopped, kept, end } = this.readings;
    const [units, size, decay] = this.chosen;
    const { examples, hidden, decays } = this.recorded;
    const setting = `${examples[size]} digits, ${hidden[units]} units, decay ${decays[decay]}`;
    const stops = stopped ? `stops at step ${stopped.step}` : "does not stop";
    return (
      `${setting}: the validation loss is lowest at step ${valley.step}, ${nats(valley.val)} nats, ` +
      `with ${percent(valley.right)} right; it ends at ${nats(end.val)}, ${nats(end.gap)} above the ` +
      `training loss, with ${percent(end.right)}. ` +
      `Patience ${this.patience.value} ${stops} and keeps step ${kept.step}.`
    );
  }
}

// The same heights in the same order, moved apart where two texts would overlap.
function apart(heights, room = 14) {
  const order = heights.map((_, k) => k).sort((i, j) => heights[i] - heights[j]);
  const moved = [...heights];
  for (const [place, k] of order.entries()) {
    if (place > 0) moved[k] = Math.max(moved[k], moved[order[place - 1]] + room);
  }
  const below = Math.max(0, moved[order.at(-1)] - BOTTOM);
  return moved.map((height) => height - below);
}

const NAME = "overfitting-explorer";
customElements.get(NAME) ?? customElements.define(NAME, OverfittingExplorer);
