// Points of three to five classes, placed by the reader, and a classifier trained on them in the page.

import * as ui from "../shared/explorer.mjs";
import { descend, measure, probabilities, start } from "./core.mjs";
import { Plane } from "./plane.mjs";
import { CLASSES, HIDDEN, MOST, SETS, decode, encode, snap } from "./sets.mjs";

const OFF = -5; // the decay slider's left end stands for none at all
const KEY = "playground";
const MODELS = ["softmax regression", ...HIDDEN.slice(1).map((units) => `network, ${units} hidden units`)];
const FIRST = { classes: 3, hidden: 0, rate: 0, decay: OFF, seed: 1, steps: 0, points: SETS.clouds(3) };
const BUDGET = 8; // milliseconds of training in a frame

const power = (position) => Number((10 ** position).toPrecision(2)).toString();

class PlaygroundExplorer extends ui.Explorer {
  build() {
    this.setting = decode(new URLSearchParams(location.search).get(KEY) ?? "") ?? structuredClone(FIRST);
    this.plane = new Plane((at) => this.toggle(at), () => this.changed());
    this.bars = ui.element("tbody");
    this.curve = ui.drawn("polyline", { fill: "none", class: "line" });
    this.guess = ui.drawn("path", { class: "path" });
    const controls = ui.element("div", {}, ...this.controls());
    const forecast = ui.table([["class at the cross"], ["probability", 2]], this.bars);
    const watched = ui.element("div", {}, this.plane.node, this.training(), ...this.course(), forecast);
    this.restart(this.setting.steps);
    return [watched, controls];
  }

  controls() {
    const { classes, hidden, rate, decay } = this.setting;
    this.count = ui.choice("Classes", CLASSES.map(String), CLASSES.indexOf(classes));
    const brushes = [0, 1, 2, 3, 4].map((k) => [ui.mark(k), ` ${k}`]);
    this.brush = ui.choice("A click places", brushes);
    this.model = ui.choice("Model", MODELS, HIDDEN.indexOf(hidden));
    this.rate = ui.slider("learning rate", { min: -3, max: 2, step: 0.05, value: rate, shown: power });
    this.decay = ui.slider("weight decay", {
      min: OFF, max: 0, step: 0.05, value: decay, shown: (at) => (at === OFF ? "0" : power(at)),
    });
    this.count.row.addEventListener("change", () => this.choose({ classes: CLASSES[this.count.value] }));
    this.model.row.addEventListener("change", () => this.choose({ hidden: HIDDEN[this.model.value] }));
    for (const name of ["rate", "decay"]) {
      this[name].row.addEventListener("input", () => this.alter({ [name]: this[name].value }));
    }
    this.link = ui.button("Copy a link to this setting", () => this.copy());
    const sets = Object.keys(SETS).map((name) =>
      ui.button(name, () => this.choose({ points: SETS[name](this.setting.classes) })),
    );
    sets.push(ui.button("none", () => this.choose({ points: [] })));
    return [
      this.count.row, ui.group("Points", ...sets), this.brush.row, this.model.row,
      this.rate.row, this.decay.row, this.link,
    ];
  }

  training() {
    this.run = ui.button("Run", () =>
      this.goal > this.losses.length ? this.train(this.losses.length) : this.train(MOST.steps, true),
    );
    const step = ui.button("One step", () => this.train(this.losses.length + 1));
    return ui.group("Train", this.run, step, ui.button("New weights", () => this.renew()));
  }

  course() {
    const names = ["step", "loss, nats", "right"];
    this.numbers = names.map(() => ui.element("td"));
    const body = ui.element("tbody", {}, ui.element("tr", {}, ...this.numbers));
    const drawing = { viewBox: "0 0 300 60", preserveAspectRatio: "none", class: "curve", "aria-hidden": "true" };
    return [ui.table(names.map((name) => [name]), body), ui.drawn("svg", drawing, this.guess, this.curve)];
  }

  get shape() {
    return [this.setting.hidden, this.setting.classes];
  }

  get decayed() {
    return this.setting.decay === OFF ? 0 : 10 ** this.setting.decay;
  }

  // A change on the way: a link cannot repeat it, and so leads to the start.
  alter(change) {
    Object.assign(this.setting, change);
    this.mixed ||= this.losses.length > 0;
    this.touched = true;
    this.changed();
  }

  // A change of the data or the model: training begins anew.
  choose(change) {
    Object.assign(this.setting, change);
    this.touched = true;
    const { classes } = this.setting;
    this.setting.points = this.setting.points.filter(([, , label]) => label < classes);
    this.restart();
  }

  renew() {
    this.choose({ seed: (this.setting.seed + 1) % 1000 });
  }

  restart(steps = 0) {
    this.parameters = start(this.shape, this.setting.seed);
    this.losses = [];
    this.mixed = false;
    this.rows = Array.from({ length: this.setting.classes }, (_, k) => new ui.Bar([ui.mark(k), ` ${k}`], k));
    this.bars.replaceChildren(...this.rows.map((row) => row.line));
    this.brush.limit(this.setting.classes);
    this.train(steps);
  }

  // Takes away the point under the cross, or puts one there.
  toggle([x, y]) {
    const { points } = this.setting;
    const under = points.findIndex(([px, py]) => Math.hypot(px - x, py - y) < 0.04);
    if (under >= 0) points.splice(under, 1);
    else if (points.length < MOST.points) points.push([snap(x), snap(y), this.brush.value]);
    this.alter({});
  }

  // Trains up to a number of steps, to be watched or not: unwatched, the plane is painted at the end alone.
  train(goal, watched = false) {
    this.goal = this.setting.points.length ? Math.min(goal, MOST.steps) : 0;
    this.overflowed = false;
    this.watched = watched && !ui.calm();
    this.changed();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.goal = 0;
    clearTimeout(this.rest);
    this.plane.watch.disconnect();
  }

  // As many steps as a frame has time for; none beyond numbers that have overflowed.
  advance() {
    const { points, rate } = this.setting;
    const end = performance.now() + BUDGET;
    do {
      const steps = Math.min(this.watched ? 10 : 20, this.goal - this.losses.length);
      const { parameters, losses } = descend(this.parameters, this.shape, points, 10 ** rate, this.decayed, steps);
      if (!parameters.every((value) => Math.abs(value) < 1e99)) {
        this.goal = this.losses.length;
        this.overflowed = true;
        return;
      }
      this.parameters = parameters;
      this.losses.push(...losses);
    } while (!this.watched && this.losses.length < this.goal && performance.now() < end);
  }

  draw() {
    if (this.goal > this.losses.length) this.advance();
    const steps = this.losses.length;
    const isTraining = this.goal > steps;
    this.run.textContent = isTraining ? "Pause" : "Run";
    this.run.disabled = steps >= MOST.steps;
    const { points, classes } = this.setting;
    const { loss, right } = measure(this.parameters, this.shape, points, this.decayed);
    const field = (x, y) => probabilities(this.parameters, this.shape, x, y);
    if (this.watched || !isTraining) this.plane.draw(field, this.parameters, points);
    const probs = probabilities(this.parameters, this.shape, ...this.plane.cross);
    this.rows.forEach((row, k) => row.show(probs[k]));
    this.drawCurve([...this.losses, loss], Math.log(classes));
    this.setting.steps = this.mixed ? 0 : steps;
    this.readings = { steps, loss, right, probs, cross: this.plane.cross, parameters: this.parameters };
    const shown = [steps, ui.fixed(loss, 4), `${right} of ${points.length}`];
    this.numbers.forEach((cell, i) => (cell.textContent = shown[i]));
    clearTimeout(this.rest);
    if (isTraining) this.changed();
    else this.rest = setTimeout(() => this.remember(), 400);
    return this.said(loss, right, probs);
  }

  said(loss, right, probs) {
    const { points, classes } = this.setting;
    if (this.overflowed) return "Overflow: rate · decay > 2.";
    const [x, y] = this.plane.cross.map((value) => ui.fixed(value, 2));
    const first = probs.indexOf(Math.max(...probs));
    const learned = points.length
      ? `After ${this.losses.length} steps the loss is ${ui.fixed(loss, 4)} nats (guessing: ` +
        `${ui.fixed(Math.log(classes), 4)}), and ${right} of ${points.length} points are right. `
      : "No points yet: click, or press arrow keys and Space. ";
    return `${learned}At the cross, (${x}, ${y}), class ${first} has probability ${ui.fixed(probs[first], 4)}.`;
  }

  drawCurve(losses, guess) {
    const top = 1.25 * Math.max(guess, ...losses.filter(Number.isFinite));
    const height = (loss) => 60 - (58 * Math.min(loss, top)) / top;
    const every = Math.ceil(losses.length / 300);
    const seen = losses.filter((_, step) => step % every === 0 || step === losses.length - 1);
    const width = 300 / Math.max(1, seen.length - 1);
    this.curve.setAttribute("points", seen.map((loss, i) => `${i * width},${height(loss)}`).join(" "));
    this.guess.setAttribute("d", `M0,${height(guess)}h300`);
  }

  // The setting goes into the page's address once the reader has changed it and training rests.
  remember() {
    this.address = new URL(location.href);
    this.address.search = new URLSearchParams({ [KEY]: encode(this.setting) });
    if (this.touched && this.isConnected) history.replaceState(history.state, "", this.address);
  }

  async copy() {
    this.touched = true;
    this.remember();
    const copied = await navigator.clipboard?.writeText(this.address.href).then(() => true, () => false);
    this.heard.textContent = this.seen.textContent = copied ? "Copied." : "See the address bar.";
  }
}

customElements.get("playground-explorer") ?? customElements.define("playground-explorer", PlaygroundExplorer);
