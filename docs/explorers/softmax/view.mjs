// Three scores and a temperature, as bars and as a point in the triangle of all distributions; an arrow leads
// from what was said to what came.

import * as ui from "../shared/explorer.mjs";
import { place } from "../shared/softmax.mjs";
import { CORNERS, at, triangle } from "../shared/triangle.mjs";
import { read, temperaturePath } from "./core.mjs";

const NAMES = ["scissors", "rock", "paper"];
const START = { scores: [1, 2, 3], dial: 0, label: 2 }; // the dial is the decimal logarithm of the temperature

const heat = (dial) => Number((10 ** dial).toFixed(2)); // what is shown is what is computed with
const LIST = new Intl.ListFormat("en");
const named = (k, before = "") => [ui.mark(k), ` ${before}${NAMES[k]}`];

class SoftmaxExplorer extends ui.Explorer {
  build() {
    this.scores = START.scores.map((value, k) =>
      ui.slider(named(k, "score of "), { min: -5, max: 5, step: 0.1, value, shown: (z) => ui.fixed(z, 1) }),
    );
    const shown = (dial) => ui.fixed(heat(dial), 2);
    this.dial = ui.slider("temperature T", { min: -1, max: 1, step: 0.01, value: START.dial, shown });
    this.came = ui.choice("What came, y", NAMES.map((_, k) => named(k)), START.label);
    const back = ui.button("Back to 1, 2, 3", () => this.reset());
    const controls = [...this.scores, this.dial, this.came].map((control) => control.row);
    return [
      ui.element("div", {}, ...controls, back),
      ui.element("div", {}, this.table(), this.triangle()),
    ];
  }

  table() {
    this.rows = NAMES.map((_, k) => new ui.Bar(named(k), k, 1));
    const body = ui.element("tbody", {}, ...this.rows.map((row) => row.line));
    return ui.table([["class"], ["probability p", 2], ["p − y"]], body);
  }

  triangle() {
    this.path = ui.drawn("polyline", { class: "path", fill: "none" });
    this.pull = ui.drawn("path", { class: "pull" });
    this.point = ui.drawn("circle", { r: 7, class: "point" });
    return triangle(NAMES, this.path, this.pull, this.point);
  }

  reset() {
    this.scores.forEach((score, k) => (score.value = START.scores[k]));
    this.dial.value = START.dial;
    this.came.value = START.label;
    this.changed();
  }

  draw() {
    const scores = this.scores.map((score) => score.value);
    const temperature = heat(this.dial.value);
    const label = this.came.value;
    this.readings = { scores, temperature, label, ...read(scores, temperature, label) };
    const { probs, entropy, crossEntropy, residual } = this.readings;
    this.rows.forEach((row, k) => row.show(probs[k], residual[k]));
    this.path.setAttribute("points", temperaturePath(scores, 0.05, 50, 60).map(at).join(" "));
    const [x, y] = at(place(probs));
    this.point.setAttribute("cx", x);
    this.point.setAttribute("cy", y);
    this.pull.setAttribute("d", arrow([x, y], CORNERS[label]));
    const most = Math.max(...probs);
    const leaders = NAMES.filter((_, k) => probs[k] > most - 1e-9);
    return (
      `At T = ${ui.fixed(temperature, 2)}, ${LIST.format(leaders)} ${leaders.length > 1 ? "lead" : "leads"} ` +
      `with ${ui.fixed(most, 4)}. ` +
      `The entropy of the three is ${ui.fixed(entropy, 4)} nats; ` +
      `if ${NAMES[label]} came, as the arrow says, the cross-entropy is ${ui.fixed(crossEntropy, 4)} nats.`
    );
  }
}

// A line with a head, from near one place to near another; nothing where they are too close.
function arrow([x0, y0], [x1, y1]) {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length < 30) return "";
  const [dx, dy] = [(x1 - x0) / length, (y1 - y0) / length];
  const along = (forward, aside) => `${x1 - forward * dx + aside * dy},${y1 - forward * dy - aside * dx}`;
  return `M${x0 + 9 * dx},${y0 + 9 * dy}L${along(12, 0)}M${along(21, 5)}L${along(12, 0)}L${along(21, -5)}`;
}

customElements.get("softmax-explorer") ?? customElements.define("softmax-explorer", SoftmaxExplorer);
