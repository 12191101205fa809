// A belief Q to be dragged towards what happens, P: what it costs, and which part of that could be avoided.

import * as ui from "../shared/explorer.mjs";
import { place } from "../shared/softmax.mjs";
import { at, from, triangle } from "../shared/triangle.mjs";
import { read, ring, sharesAt, withShare } from "./core.mjs";

const NAMES = ["scissors", "rock", "paper"];
const EVEN = [1 / 3, 1 / 3, 1 / 3];
const WORLDS = [
  ["0.1, 0.2, 0.7", [0.1, 0.2, 0.7]],
  ["even", EVEN],
  ["steady: 0.98, 0.01, 0.01", [0.98, 0.01, 0.01]],
  ["never scissors: 0, 0.3, 0.7", [0, 0.3, 0.7]],
];
const BELIEFS = [
  ["Q = P", (p) => p],
  ["nothing known", () => EVEN],
  ["P backwards", (p) => [...p].reverse()],
  ["Q1: 0.2, 0.2, 0.6", () => [0.2, 0.2, 0.6]],
];
const UNITS = ["nats", "bits"];
const RINGS = [0.05, 0.2, 0.5, 1]; // nats of divergence
const DIRECTIONS = 120; // in which each ring is looked for
const LONGEST = 2.5; // of the bars, in nats

const number = (value) => (value === Infinity ? "∞" : ui.fixed(value, 4));

class SurpriseExplorer extends ui.Explorer {
  build() {
    this.q = EVEN;
    this.world = ui.choice("P, what happens (scissors, rock, paper)", WORLDS.map(([name]) => name));
    this.unit = ui.choice("Unit", UNITS);
    this.shares = NAMES.map((name, k) => this.share(name, k));
    const sliders = this.shares.map((share) => share.row);
    const buttons = BELIEFS.map(([name, belief]) => ui.button(name, () => this.believe(belief(this.p))));
    const hint = `Drag Q, or move the sliders. On the rings, D(P‖Q) is ${RINGS.join(", ")} nats.`;
    return [
      ui.element("div", {}, this.world.row, ...sliders, ui.element("div", { class: "choice" }, ...buttons)),
      ui.element("div", {}, this.triangle(), ui.element("p", {}, hint)),
      ui.element("div", { class: "wide" }, this.table(), this.unit.row),
    ];
  }

  get p() {
    return WORLDS[this.world.value][1];
  }

  believe(q) {
    this.q = q;
    this.changed();
  }

  // A slider shows the exact share, also where that lies between its steps.
  share(name, k) {
    const shown = () => ui.fixed(this.q[k], 4);
    const happens = ui.element("span");
    const label = [ui.mark(k), ` Q of ${name}, where P is `, happens];
    const share = ui.slider(label, { min: 0, max: 1, step: 0.01, value: this.q[k], shown });
    share.happens = happens;
    share.row.addEventListener("input", () => this.believe(withShare(this.q, k, share.value)));
    return share;
  }

  triangle() {
    this.rings = RINGS.map(() => ui.drawn("polygon", { class: "path", fill: "none" }));
    const name = (x, letter) => ui.drawn("text", { x, y: -8 }, letter);
    const spot = ui.drawn("circle", { r: 4, class: "happens" });
    const grip = ui.drawn("circle", { r: 22, fill: "transparent" });
    this.truth = ui.drawn("g", { "pointer-events": "none" }, spot, name(9, "P"));
    const knob = ui.drawn("circle", { r: 9, class: "point" });
    this.belief = ui.drawn("g", { class: "handle" }, grip, knob, name(-20, "Q"));
    const drawing = triangle(NAMES, ...this.rings, this.belief, this.truth);
    const follow = ({ clientX, clientY }) => {
      const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(drawing.getScreenCTM().inverse());
      this.believe(sharesAt(from([x, y])));
    };
    drawing.addEventListener("click", follow);
    this.belief.addEventListener("pointerdown", ({ pointerId }) => this.belief.setPointerCapture(pointerId));
    this.belief.addEventListener("pointermove", (event) => {
      if (this.belief.hasPointerCapture(event.pointerId)) follow(event);
    });
    return drawing;
  }

  table() {
    this.entropy = new Row("H(P)", "entropy");
    this.divergence = new Row("+ D(P‖Q)", "for believing Q");
    this.crossEntropy = new Row("= H(P, Q)", "cross-entropy");
    this.reverse = new Row("D(Q‖P)", "roles exchanged", "hollow");
    const lines = [this.entropy, this.divergence, this.crossEntropy, this.reverse].map((row) => row.line);
    return ui.element("table", { class: "bars prices" }, ui.element("tbody", {}, ...lines));
  }

  draw() {
    const [p, q, unit] = [this.p, this.q, UNITS[this.unit.value]];
    this.readings = { p, q, unit, ...read(p, q, unit) };
    const { entropy, divergence, crossEntropy, reverse } = this.readings;
    this.shares.forEach((share, k) => {
      share.value = q[k];
      share.happens.textContent = ui.fixed(p[k], 4);
    });
    this.move(p, q);
    const inNats = unit === "bits" ? Math.LN2 : 1;
    const end = (value) => (100 * inNats * value) / LONGEST;
    this.entropy.show(entropy, 0, end(entropy), end(entropy));
    this.divergence.show(divergence, end(entropy), end(entropy), end(crossEntropy));
    this.crossEntropy.show(crossEntropy, 0, end(entropy), end(crossEntropy));
    this.reverse.show(reverse, end(entropy), end(entropy), end(entropy + reverse));
    return `${this.price()} ${this.exchanged()}`;
  }

  move(p, q) {
    if (this.drawn !== p) {
      const points = (level) => ring(p, level, DIRECTIONS).map(at).join(" ");
      this.rings.forEach((node, k) => node.setAttribute("points", points(RINGS[k])));
    }
    this.drawn = p;
    this.truth.setAttribute("transform", `translate(${at(place(p))})`);
    this.belief.setAttribute("transform", `translate(${at(place(q))})`);
  }

  price() {
    const { p, q, unit, entropy, divergence, crossEntropy } = this.readings;
    if (divergence === Infinity) {
      const ruled = NAMES.filter((_, k) => p[k] > 0 && q[k] === 0).join(" and ");
      return `Q rules out ${ruled}, P does not: such a throw costs infinitely much, and so does the mean.`;
    }
    if (divergence < 5e-5) return `Q costs no more than P itself: the entropy, ${number(entropy)} ${unit}.`;
    return (
      `A throw costs ${number(crossEntropy)} ${unit} on average: ${number(entropy)} whatever one believes, ` +
      `and ${number(divergence)} for believing Q.`
    );
  }

  exchanged() {
    const { reverse, unit } = this.readings;
    return `With the roles exchanged, believing P where Q happens would add ${number(reverse)} ${unit}.`;
  }
}

// One price, as a number and as a bar of two parts: what cannot be avoided, and what can.
class Row {
  constructor(symbol, name, look = "lost") {
    this.number = ui.element("td");
    this.kept = ui.drawn("path", { class: "kept" });
    this.lost = ui.drawn("path", { class: look });
    const drawing = { viewBox: "0 0 100 14", preserveAspectRatio: "none", "aria-hidden": "true" };
    const track = ui.element("td", { class: "track" }, ui.drawn("svg", drawing, this.kept, this.lost));
    const head = ui.element("th", { scope: "row" }, ui.element("b", {}, symbol), ` ${name}`);
    this.line = ui.element("tr", {}, head, this.number, track);
  }

  show(value, start, join, end) {
    this.number.textContent = number(value);
    this.kept.setAttribute("d", bar(start, join));
    this.lost.setAttribute("d", bar(join, end));
  }
}

// Of what is longer than the track, the end is broken.
function bar(start, end) {
  const part = (from, to) => `M${from},0H${to}V14H${from}Z`;
  return end <= 100 ? part(start, end) : part(start, 95) + part(96, 97.5) + part(98.5, 100);
}

customElements.get("surprise-explorer") ?? customElements.define("surprise-explorer", SurpriseExplorer);
