// A drawing of a digit, the ten probabilities that the trained classifier gives it, and where they come from.

import * as ui from "../shared/explorer.mjs";
import { blocks, dots, fitted, moved, read, stroke, versus } from "./core.mjs";
import { Pad, nameOf } from "./pad.mjs";

const fetched = async (address) => (await fetch(address)).json();
const shipped = Promise.all([
  fetched(new URL("weights.json", import.meta.url)),
  fetched(new URL("examples.json", import.meta.url)),
]);
let model, examples;

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const SHIFTS = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };
const OR = new Intl.ListFormat("en", { type: "disjunction" });
const LOUD = 2.5; // so many points of score fill a cell of a picture

const labelled = (k) => examples.filter(({ label }) => label === k);
const wrong = () => examples.filter(({ label, counts }) => read(counts, model).ranked[0] !== label);

class DigitsExplorer extends ui.Explorer {
  async connectedCallback() {
    try {
      [model, examples] = await shipped;
    } catch {
      return this.remove(); // the figure takes its place
    }
    super.connectedCallback();
  }

  build() {
    this.take(labelled(3)[1]);
    this.pad = new Pad((from, to) => this.draws(from, to), (pixel, change) => this.fills(pixel, change));
    this.rows = DIGITS.map((k) => new ui.Bar([k], k));
    const body = ui.element("tbody", {}, ...this.rows.map((row) => row.line));
    return [
      this.pad.node,
      ui.table([["digit"], ["probability", 2]], body),
      ui.element("div", {}, ...this.tools()),
      ui.element("div", {}, ...this.places()),
      ui.element("div", { class: "duel" }, ...this.comparison()),
    ];
  }

  tools() {
    const shown = (width) => ui.fixed(width, 0);
    const widths = { min: 2, max: 12, step: 1, value: 5, shown };
    this.brush = ui.slider("brush, in dots (a pixel has 4 by 4)", widths);
    this.eraser = ui.element("input", { type: "checkbox" });
    this.fine = ui.element("input", { type: "checkbox" });
    const boxes = [[this.eraser, "erase"], [this.fine, "show dots"]].map(([box, text]) =>
      ui.element("label", {}, box, ` ${text}`),
    );
    const clear = ui.button("Clear", () => this.becomes(this.drawing.map(() => 0)));
    const hint = "By keyboard: arrows move, Space fills or empties a pixel, + and − change its ink.";
    return [ui.group("Pen", clear, ...boxes), this.brush.row, ui.element("p", {}, hint)];
  }

  places() {
    const digits = DIGITS.map((k) => ui.button(k, () => this.next(labelled(k))));
    const mistake = ui.button("one it gets wrong", () => this.next(wrong()));
    const shifts = Object.entries(SHIFTS).map(([name, by]) =>
      ui.button(name, () => this.becomes(moved(this.drawing, ...by), this.example)),
    );
    const fit = ui.button("fit", () => this.becomes(fitted(this.drawing), this.example));
    return [
      ui.group("Move by a pixel, or fit to the frame", ...shifts, fit),
      ui.group("Show a test image of", ...digits, mistake),
    ];
  }

  comparison() {
    const select = (...texts) => {
      const options = texts.map((text, k) => ui.element("option", { value: k - 1 }, text));
      return ui.element("select", { "aria-label": `digit, or ${texts[0]}` }, ...options);
    };
    this.chosen = [select("the winner", ...DIGITS), select("the runner-up", ...DIGITS)];
    this.pictures = Array.from({ length: 3 }, () => new Picture());
    this.sum = ui.element("p");
    const [one, other] = this.chosen;
    const legend = "? A filled square speaks for a digit, a hollow one against it, the larger the louder.";
    return [
      ui.element("p", {}, "What speaks for ", one, " rather than ", other, legend),
      ui.element("div", { class: "pictures" }, ...this.pictures.map((picture) => picture.node)),
      this.sum,
    ];
  }

  // What changes the drawing ---------------------------------------------------------------------------

  take(example) {
    this.becomes(dots(example.counts), example);
  }

  next(choices) {
    this.take(choices[(choices.indexOf(this.example) + 1) % choices.length]);
  }

  draws(from, to) {
    const covered = stroke(from, to, this.brush.value / 4);
    this.becomes(this.drawing.map((ink, dot) => (covered[dot] ? Number(!this.eraser.checked) : ink)));
  }

  fills(pixel, change) {
    const counts = blocks(this.drawing);
    counts[pixel] = change(counts[pixel]);
    this.becomes(dots(counts), undefined, pixel);
  }

  becomes(drawing, example, typed) {
    Object.assign(this, { drawing, example, typed });
    this.changed();
  }

  // What is seen of it ---------------------------------------------------------------------------------

  draw() {
    const counts = blocks(this.drawing);
    const answer = read(counts, model);
    const { probs, ranked } = answer;
    const [first, second] = this.chosen.map((select) => Number(select.value));
    const one = DIGITS[first] ?? ranked[0];
    const rival = ranked.find((k) => k !== one);
    const other = second === one ? rival : (DIGITS[second] ?? rival);
    const duel = versus(counts, model, one, other);
    this.readings = { counts, ...answer, one, other, ...duel };
    this.pad.show(counts, this.fine.checked && this.drawing);
    this.rows.forEach((row, k) => row.show(probs[k]));
    this.pictures[0].show(`template of ${one}`, model.weights[one]);
    this.pictures[1].show(`template of ${other}`, model.weights[other]);
    this.pictures[2].show("ink times their difference", duel.parts);
    this.sum.textContent = summed(one, other, duel);
    const { typed } = this;
    const filled = typed === undefined ? "" : `In ${nameOf(typed)} the ink is ${counts[typed]}. `;
    return filled + this.verdict(answer, counts);
  }

  verdict({ ranked: [first, second], probs, entropy }, counts) {
    const subject = this.example ? `This test image is labelled ${this.example.label}; the` : "The";
    return (
      `${subject} classifier says ${first} with ${ui.fixed(probs[first], 4)}${oddity(counts)}. ` +
      `Next comes ${second} with ${ui.fixed(probs[second], 4)}; ` +
      `the entropy of the ten is ${ui.fixed(entropy, 4)} nats.`
    );
  }
}

function summed(one, other, { gain, loss, bias, total }) {
  return (
    `Pixels for ${one} rather than ${other} bring ${ui.fixed(gain, 4)}, ` +
    `those against it ${ui.fixed(loss, 4)}, the biases ${ui.fixed(bias, 4)}: ` +
    `together ${ui.fixed(total, 4)}, the logarithm of the ratio of the two probabilities.`
  );
}

// In what a drawing is unlike all training images.
function oddity(counts) {
  const ink = counts.reduce((total, count) => total + count);
  const [least, most] = model.ink;
  const isEmpty = (row) => !counts.slice(8 * row, 8 * row + 8).some(Boolean);
  const texts = [
    ink < least && "so little ink",
    ink > most && "so much ink",
    isEmpty(0) && "an empty first row",
    isEmpty(7) && "an empty last row",
  ].filter(Boolean);
  return texts.length ? `, though no training image has ${OR.format(texts)}` : "";
}

// Sixty-four numbers as squares, filled above zero and hollow below; their areas grow with the numbers.
class Picture {
  constructor() {
    this.title = ui.element("figcaption");
    this.squares = Array.from({ length: 64 }, () => ui.drawn("path"));
    const drawing = ui.drawn("svg", { viewBox: "0 0 8 8", "aria-hidden": "true" }, ...this.squares);
    this.node = ui.element("figure", {}, drawing, this.title);
  }

  show(title, numbers) {
    this.title.textContent = title;
    this.squares.forEach((square, pixel) => {
      const side = 0.85 * Math.sqrt(Math.min(1, Math.abs(numbers[pixel]) / LOUD));
      const corner = [(pixel % 8) + (1 - side) / 2, Math.floor(pixel / 8) + (1 - side) / 2];
      square.setAttribute("d", side ? `M${corner}h${side}v${side}h${-side}Z` : "");
      square.classList.toggle("against", numbers[pixel] < 0);
    });
  }
}

customElements.get("digits-explorer") ?? customElements.define("digits-explorer", DigitsExplorer);
