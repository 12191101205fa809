// Rock, paper, scissors against Cheolsu; what was counted and what was learned of him, side by side.

import * as ui from "../shared/explorer.mjs";
import { begin, play, read } from "./core.mjs";

const NAMES = ["scissors", "rock", "paper"];
const OUTCOMES = [["=", ": a draw"], ["+", ": you win"], ["−", ": he wins"]];
const STEPS = [20, 1]; // of gradient descent after each throw
const SHOWN = 15; // of the last rounds

const named = (k) => [ui.mark(k), ` ${NAMES[k]}`];
const centred = (x, y, words) => ui.drawn("text", { x, y, "text-anchor": "middle" }, words);
const number = (value) => (value === null ? "–" : ui.fixed(value, 4));

class GameExplorer extends ui.Explorer {
  build() {
    this.addEventListener("keydown", (event) => {
      const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
      if (plain && !event.repeat && ["1", "2", "3"].includes(event.key)) this.round(event.key - 1);
    });
    this.seed = 1;
    this.again();
    this.counted = new Table("Counted", "n, and its share of the row", "conditional entropy");
    this.learned = new Table("Learned", "W, and softmax of the row", "cross-entropy");
    return [this.board(), this.picture(), this.counted.table, this.learned.table];
  }

  board() {
    this.last = ui.element("p");
    this.throws = NAMES.map((name, k) => new Throw(k, () => this.round(k)));
    this.score = ui.element("p");
    this.strip = ui.drawn("svg", { viewBox: "0 0 320 64", "aria-hidden": "true" });
    const others = [
      ui.button("Let the model play 100", () => this.run(100)),
      ui.button("Start again", () => this.again()),
      ui.button("Another seed", () => this.again(this.seed + 1)),
    ];
    return ui.element(
      "div",
      {},
      this.last,
      ui.element("p", {}, "Your throw, by button or by key 1, 2, 3:"),
      ui.element("div", { class: "throws" }, ...this.throws.map((each) => each.button)),
      this.strip,
      this.score,
      ui.element("div", { class: "choice" }, ...others),
    );
  }

  picture() {
    this.bars = new Bars();
    this.own = ui.element("input", { type: "checkbox" });
    this.steps = ui.choice("Steps of gradient descent after each throw", STEPS.map(String));
    const legend = ui.element("p", {}, "Bars: counted. Circles: learned.");
    const label = ui.element("label", {}, this.own, "show his own table, as dashes");
    const show = ui.element("div", { class: "choice" }, label);
    return ui.element("div", {}, legend, this.bars.drawing, this.steps.row, show);
  }

  again(seed = this.seed) {
    this.seed = seed;
    this.game = begin(seed);
    this.rounds = [];
    this.run(0);
  }

  round(yours) {
    const before = this.game;
    this.game = play(before, yours, STEPS[this.steps.value]);
    const outcome = this.game.score.findIndex((times, k) => times > before.score[k]);
    this.rounds.push({ yours, his: this.game.last, outcome });
    this.changed();
  }

  // The model plays in the reader's place: one round a frame, or all at once for who wants no motion.
  run(rounds) {
    cancelAnimationFrame(this.running);
    if (rounds === 0) return this.changed();
    const now = ui.calm() ? rounds : 1;
    for (let k = 0; k < now; k++) this.round(read(this.game).best);
    this.running = requestAnimationFrame(() => this.run(rounds - now));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    cancelAnimationFrame(this.running);
  }

  draw() {
    const { last, counts, W, score } = this.game;
    this.readings = { ...read(this.game), counts, W, score, last };
    const { shares, learned, his, gains, entropy, loss } = this.readings;
    const scores = W.map((row) => row.map((score) => ui.fixed(score, 2)));
    this.last.replaceChildren("He has just thrown ", ...named(last), this.outcome(), ".");
    this.throws.forEach((each, k) => each.show(gains[k]));
    this.strip.replaceChildren(...strip(this.rounds.slice(-SHOWN)));
    this.score.textContent = `Won ${score[1]}, drawn ${score[0]}, lost ${score[2]} (seed ${this.seed})`;
    this.bars.show(shares, learned, this.own.checked && his);
    this.counted.show(counts.map((row) => row.map(String)), shares, last, entropy);
    this.learned.show(scores, learned, last, loss);
    return `${this.told()} ${this.expected()}`;
  }

  outcome() {
    return this.rounds.length ? OUTCOMES[this.rounds.at(-1).outcome][1] : "";
  }

  told() {
    if (!this.rounds.length) return "Nobody has played yet.";
    const { yours, his } = this.rounds.at(-1);
    return `You threw ${NAMES[yours]}, he threw ${NAMES[his]}${this.outcome()}.`;
  }

  expected() {
    const { learned, gains, best, apart, last } = this.readings;
    if (gains[best] < 1e-9) return `After ${NAMES[last]} the model expects nothing in particular.`;
    const most = Math.max(...learned[last]);
    const throwing = NAMES[learned[last].indexOf(most)];
    return (
      `After ${NAMES[last]} the model expects ${throwing} most, with ${ui.fixed(most, 4)}; ` +
      `the best answer, ${NAMES[best]}, is worth ${ui.fixed(gains[best], 4)}, wins minus losses. ` +
      `Learned and counted shares are at most ${ui.fixed(apart, 4)} apart.`
    );
  }
}

// A throw that the reader may choose, and what the model says that it is worth: wins minus losses.
class Throw {
  constructor(k, act) {
    this.worth = ui.element("small");
    this.button = ui.button("", act);
    this.button.append(...named(k), this.worth);
    this.button.setAttribute("aria-keyshortcuts", k + 1);
  }

  show(gain) {
    this.worth.textContent = `worth ${ui.fixed(gain, 4)}`;
  }
}

// The last rounds: his throws, the reader's, and who won.
function strip(rounds) {
  const one = ({ yours, his, outcome }, at) => {
    const x = 48 + 18 * at;
    const marks = [[his, 10], [yours, 34]].map(([k, y]) =>
      ui.drawn("path", { d: ui.outline(k, x, y, 6), fill: ui.colour(k) }),
    );
    return [...marks, centred(x, 58, OUTCOMES[outcome][0])];
  };
  return [centred(12, 14, "he"), centred(12, 38, "you"), ...rounds.flatMap(one)];
}

// As in the figure: bars for counted shares, circles for the softmax of W, dashes for his own table.
class Bars {
  constructor() {
    const x = (i, k) => 48 + 98 * i + 28 * k;
    this.cells = NAMES.flatMap((_, i) => NAMES.map((_, k) => new Bar(x(i, k), k)));
    const words = NAMES.map((name, i) => centred(x(i, 1), 224, `after ${name}`));
    const scale = [0, 0.5, 1].flatMap((share) => [
      ui.drawn("line", { x1: 30, x2: 320, y1: height(share), y2: height(share), class: "grid" }),
      centred(14, height(share) + 4, share),
    ]);
    const nodes = [...scale, ...words, ...this.cells.flatMap((cell) => cell.nodes)];
    this.drawing = ui.drawn("svg", { viewBox: "0 0 320 230", "aria-hidden": "true" }, ...nodes);
  }

  show(shares, learned, his) {
    this.cells.forEach((cell, at) => {
      const [i, k] = [Math.floor(at / 3), at % 3];
      cell.show(shares[i][k] ?? 0, learned[i][k], his && his[i][k]);
    });
  }
}

const height = (share) => 186 - 176 * share;

class Bar {
  constructor(x, k) {
    this.bar = ui.drawn("rect", { x: x - 12, width: 24, fill: ui.colour(k) });
    this.circle = ui.drawn("circle", { cx: x, r: 5, class: "point" });
    this.dash = ui.drawn("line", { x1: x - 14, x2: x + 14, class: "dash" });
    const mark = ui.drawn("path", { d: ui.outline(k, x, 200, 5), fill: ui.colour(k) });
    this.nodes = [this.bar, mark, this.dash, this.circle];
  }

  show(share, learned, his) {
    this.bar.setAttribute("y", height(share));
    this.bar.setAttribute("height", 186 - height(share));
    this.circle.setAttribute("cy", height(learned));
    this.dash.setAttribute("visibility", his ? "visible" : "hidden");
    this.dash.setAttribute("y1", height(his));
    this.dash.setAttribute("y2", height(his));
  }
}

// Nine pairs of a raw number and the probability that it makes, a row for each last throw.
class Table {
  constructor(title, inside, price) {
    this.price = price;
    this.mean = ui.element("td", { colspan: 4 });
    const cell = () => ui.element("td");
    this.cells = NAMES.map(() => NAMES.map(cell));
    this.rows = NAMES.map((_, i) => {
      const name = ui.element("span", { class: "unseen" }, NAMES[i]);
      const head = ui.element("th", { scope: "row" }, "after ", ui.mark(i), name);
      return ui.element("tr", {}, head, ...this.cells[i]);
    });
    const heads = NAMES.map((name, k) => ui.element("th", { scope: "col" }, ...named(k)));
    this.table = ui.element(
      "table",
      { class: "bars pairs" },
      ui.element("caption", {}, ui.element("b", {}, title), `: ${inside}`),
      ui.element("thead", {}, ui.element("tr", {}, cell(), ...heads)),
      ui.element("tbody", {}, ...this.rows, ui.element("tr", {}, this.mean)),
    );
  }

  show(raw, probs, last, mean) {
    this.cells.forEach((row, i) =>
      row.forEach((cell, k) => cell.replaceChildren(raw[i][k], ui.element("br"), number(probs[i][k]))),
    );
    this.rows.forEach((row, i) => row.toggleAttribute("data-now", i === last));
    this.mean.textContent = `${this.price}: ${number(mean)} nats`;
  }
}

customElements.get("game-explorer") ?? customElements.define("game-explorer", GameExplorer);
