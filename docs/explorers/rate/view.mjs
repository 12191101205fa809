// Gradient descent on eight rows, step by step, at any rate, with the source's two bugs to switch on and off.

import * as ui from "../shared/explorer.mjs";
import { ahead, begin, descend, picture, promised, rateAt, read } from "./core.mjs";
import { Ahead, Course, Regions, short } from "./pictures.mjs";
import { SETS } from "./sets.mjs";

const POSITIONS = Array.from({ length: 301 }, (_, i) => (i - 200) / 20); // logarithms of rates
const RATES = POSITIONS.map(rateAt);
const KEPT = 1000; // steps that the course shows, and after which a run stops
const CURVES = "Solid: reported loss. Dashed: true loss.";
const AHEAD = "The loss after one more step. Hatched: float32 would move nothing.";

const counted = (number) => number.toLocaleString("en");
const amount = (number) => (Math.abs(number) < 0.001 ? short(number) : ui.fixed(number, 4));

class RateExplorer extends ui.Explorer {
  build() {
    const { points = "eight_rows" } = this.closest(".explorer").dataset;
    this.set = SETS[points];
    this.regions = new Regions(this.set.labels);
    this.ahead = new Ahead(POSITIONS);
    this.course = new Course();
    const controls = this.controls(points === "eight_points");
    this.restart();
    this.numbers = ui.element("tbody");
    const table = ui.element("table", { class: "bars" }, this.numbers);
    return [
      ui.element("div", {}, ui.element("div", {}, ...controls), table),
      ui.element("div", {}, this.regions.node, this.legend(), this.course.node, note(CURVES)),
    ];
  }

  // The eight points begin as the course trains them: at zero, with both bugs.
  controls(asInCourse) {
    this.dial = ui.slider("learning rate", {
      min: POSITIONS[0], max: POSITIONS.at(-1), step: 0.05, value: -1, shown: (at) => short(rateAt(at)),
    });
    this.dial.row.firstChild.after(this.ahead.node);
    this.run = ui.button("", () => this.go(this.goal > this.steps ? this.steps : this.next));
    const step = (text, count) => ui.button(text, () => this.go(this.advance(count)));
    const back = ui.button("Back to the start", () => this.restart());
    this.start = ui.choice("Start", ["all weights 0", "drawn, seed 1"], asInCourse ? 0 : 1);
    this.start.row.addEventListener("input", () => this.restart());
    this.twice = checkbox(" softmax twice", asInCourse, () => this.judge());
    this.shared = checkbox(" one bias for all", asInCourse, () => this.restart());
    return [
      this.dial.row,
      note(AHEAD),
      ui.group("Train", step("One step", 1), step("Ten steps", 10), this.run, back),
      this.start.row,
      ui.group("Bugs", this.twice.parentNode, this.shared.parentNode),
    ];
  }

  legend() {
    const names = ["class 0", "class 1, lines", "class 2, dots"];
    const classes = names.flatMap((name, k) => [ui.mark(k), ` ${name}  `]);
    const where = this.set.inputs[0].length > 4 ? "In a corner: certain." : "Axes: features 2 and 3.";
    return ui.element("p", { class: "note" }, ...classes, ui.element("br"), `Hollow: wrong. ${where}`);
  }

  get bugs() {
    return { twice: this.twice.checked, shared: this.shared.checked };
  }

  get rate() {
    return rateAt(this.dial.value);
  }

  // Where a run stops by itself.
  get next() {
    return KEPT * (Math.floor(this.steps / KEPT) + 1);
  }

  restart() {
    this.weights = begin(this.set, this.start.value === 0, this.bugs);
    Object.assign(this, { steps: 0, rises: 0, change: undefined, losses: [] });
    this.judge();
    this.go(0);
  }

  // The weights stay, what is said of them changes.
  judge() {
    this.now = read(this.set, this.weights, this.bugs);
    this.losses.splice(-1, 1, [this.now.reported, this.now.trueLoss]);
  }

  // Runs up to a number of steps, the faster the longer it lasts.
  go(goal) {
    this.goal = goal;
    this.changed();
  }

  get pace() {
    return ui.calm() ? KEPT : Math.min(50, 1 + Math.floor(this.steps / 50));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.goal = 0;
  }

  advance(count) {
    const { weights, path } = descend(this.set, this.weights, this.bugs, this.rate, count);
    for (const [reported, trueLoss] of path) {
      this.change = reported - this.losses.at(-1)[0];
      this.rises += this.change > 0 ? 1 : 0;
      this.losses.push([reported, trueLoss]);
    }
    this.losses = this.losses.slice(-KEPT - 1);
    this.steps += count;
    this.weights = weights;
    this.now = read(this.set, weights, this.bugs);
    return this.steps;
  }

  draw() {
    if (this.goal > this.steps) this.advance(Math.min(this.pace, this.goal - this.steps));
    const isRunning = this.goal > this.steps;
    this.run.textContent = isRunning ? "Pause" : `Run to ${counted(this.next)}`;
    const { reported, trueLoss, isRight, gradient, steepest, parameters } = this.now;
    if (this.judged !== this.now) {
      this.judged = this.now;
      this.outcomes = RATES.map((rate) => ahead(this.set, this.weights, gradient, this.bugs, rate));
    }
    const outcomes = this.outcomes;
    const at = RATES.indexOf(this.rate);
    const right = isRight.filter(Boolean).length;
    this.readings = {
      rate: this.rate, steps: this.steps, reported, trueLoss, right, steepest,
      change: this.change, rises: this.rises, moved: outcomes[at].moved, ahead: outcomes[at].reported,
    };
    this.regions.draw(picture(this.set, this.weights), isRight);
    this.ahead.draw(outcomes, reported, at, !this.bugs.twice && promised(this.set, this.bugs));
    this.course.draw(this.losses, this.steps);
    this.tell(this.readings, parameters);
    if (isRunning) this.changed();
    return this.said(right, outcomes[at], parameters);
  }

  tell({ steps, reported, trueLoss, right, steepest, change, rises, moved }, parameters) {
    const lines = [
      ["steps made", counted(steps)],
      ["reported loss, nats", amount(reported)],
      ["true cross-entropy", amount(trueLoss)],
      ["right", `${right} of 8`],
      ["largest slope", amount(steepest)],
      ["the last step", steps ? moving(change, "fell by", "rose by", "no change") : "none yet"],
      ["steps that raised the loss", `${counted(rises)} of ${counted(steps)}`],
      ["next step moves, in float32", `${moved} of ${parameters}`],
    ];
    const line = ([name, text]) =>
      ui.element("tr", {}, ui.element("th", { scope: "row" }, name), ui.element("td", {}, text));
    this.numbers.replaceChildren(...lines.map(line));
  }

  said(right, { reported, moved }, parameters) {
    const now = this.now;
    const [reads, truth] = [now.reported, now.trueLoss].map(amount);
    const [loss, it] = this.bugs.twice
      ? [`log says ${reads} nats, the true loss is ${truth}`, "what the log says"]
      : [`loss is ${reads} nats`, "it"];
    const change = moving(reported - now.reported, `lower ${it} by`, `raise ${it} by`, "change nothing");
    return (
      `After ${counted(this.steps)} steps the ${loss}; ${right} of 8 are right. ` +
      `One more step, at a rate of ${short(this.rate)}, would ${change}; ` +
      `float32 would move ${moved || "none"} of the ${parameters} parameters.`
    );
  }
}

// By how much a loss goes down or up, in words.
const moving = (change, falls, rises, stays) =>
  change === 0 ? stays : `${change < 0 ? falls : rises} ${amount(Math.abs(change))}`;

const note = (text) => ui.element("p", { class: "note" }, text);

// A native checkbox in its label; `act` comes before the next drawing.
function checkbox(text, checked, act) {
  const input = ui.element("input", { type: "checkbox" });
  input.checked = checked;
  input.addEventListener("input", act);
  ui.element("label", {}, input, text);
  return input;
}

customElements.get("rate-explorer") ?? customElements.define("rate-explorer", RateExplorer);
