// The square from −1 to 1: regions in the colours of their classes, points, and a cross that is moved by pointer or keys.

import { colour, element, outline } from "../shared/explorer.mjs";

const CELLS = 80; // per side, of the field of probabilities
const LETTERS = 13; // per side, of the small marks that name a region without colour
const SIZE = 640; // of the canvas, in its own pixels
const STEP = 1 / 32;
const CLASSES = 5;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

export class Plane {
  // `act` is told where the reader clicked or pressed Space, `look` that the cross has moved.
  constructor(act, look) {
    this.cross = [0, 0];
    this.node = element("canvas", {
      width: SIZE, height: SIZE, tabindex: 0, role: "application",
      "aria-label": "Plane: arrow keys move the cross, Space places or removes points.",
    });
    this.pen = this.node.getContext("2d");
    this.small = element("canvas", { width: CELLS, height: CELLS });
    this.node.addEventListener("pointermove", (event) => this.move(...this.under(event), look));
    this.node.addEventListener("click", (event) => {
      this.move(...this.under(event), look);
      act(this.cross);
    });
    this.node.addEventListener("keydown", (event) => this.key(event, act, look));
    const repaint = () => ((this.inks = undefined), (this.seen = undefined), look());
    this.watch = new MutationObserver(repaint);
    this.watch.observe(document.body, { attributes: true, attributeFilter: ["data-md-color-scheme"] });
  }

  under(event) {
    const box = this.node.getBoundingClientRect();
    return [(2 * (event.clientX - box.left)) / box.width - 1, 1 - (2 * (event.clientY - box.top)) / box.height];
  }

  move(x, y, look) {
    this.cross = [x, y].map((value) => Math.max(-1, Math.min(1, value)));
    look();
  }

  key(event, act, look) {
    const arrow = ARROWS[event.key];
    if (!arrow && event.key !== " ") return;
    event.preventDefault();
    const step = event.shiftKey ? 8 * STEP : STEP;
    if (arrow) this.move(...this.cross.map((value, i) => value + step * arrow[i]), look);
    else act(this.cross);
  }

  // `field` gives the probabilities at a position; it is asked again only when `version` is another.
  draw(field, version, points) {
    this.inks ??= read(this.node);
    if (this.seen !== version) this.paint(field);
    this.seen = version;
    const pen = this.pen;
    pen.clearRect(0, 0, SIZE, SIZE);
    pen.imageSmoothingEnabled = true;
    pen.drawImage(this.small, 0, 0, SIZE, SIZE);
    pen.fillStyle = this.inks.text;
    pen.globalAlpha = 0.7;
    for (const [k, x, y, size] of this.names) pen.fill(new Path2D(outline(k, x, y, size)));
    pen.globalAlpha = 1;
    pen.lineWidth = 3;
    for (const [x, y, label] of points) {
      const path = new Path2D(outline(label, ...at(x, y), 11));
      pen.fillStyle = this.inks.classes[label];
      pen.strokeStyle = this.inks.paper;
      pen.stroke(path);
      pen.fill(path);
    }
    this.drawCross();
  }

  drawCross() {
    const [x, y] = at(...this.cross);
    const arms = new Path2D(`M${x - 20},${y}h40M${x},${y - 20}v40`);
    for (const [ink, width] of [[this.inks.paper, 7], [this.inks.text, 3]]) {
      this.pen.strokeStyle = ink;
      this.pen.lineWidth = width;
      this.pen.stroke(arms);
    }
  }

  // Each cell is the mixture of the classes' colours in the shares of their probabilities.
  paint(field) {
    const pen = this.small.getContext("2d");
    const image = pen.createImageData(CELLS, CELLS);
    const probs = [];
    for (let row = 0, i = 0; row < CELLS; row++) {
      for (let column = 0; column < CELLS; column++, i += 4) {
        const shares = field((2 * column + 1) / CELLS - 1, 1 - (2 * row + 1) / CELLS);
        for (let k = 0; k < shares.length; k++) {
          for (let c = 0; c < 3; c++) image.data[i + c] += shares[k] * this.inks.rgb[k][c];
        }
        image.data[i + 3] = 110;
        probs.push(shares);
      }
    }
    pen.putImageData(image, 0, 0);
    this.names = names(probs);
  }
}

const at = (x, y) => [((x + 1) / 2) * SIZE, ((1 - y) / 2) * SIZE];

// The leading class on a coarse lattice, the larger the surer: [class, x, y, size].
function names(probs) {
  const marks = [];
  for (let row = 0; row < LETTERS; row++) {
    for (let column = 0; column < LETTERS; column++) {
      const [v, u] = [row, column].map((i) => (i + 0.5) / LETTERS);
      const shares = probs[Math.floor(v * CELLS) * CELLS + Math.floor(u * CELLS)];
      const most = Math.max(...shares);
      marks.push([shares.indexOf(most), u * SIZE, v * SIZE, 7 * most * most]);
    }
  }
  return marks;
}

// The page's colours, as texts and as red, green and blue.
function read(node) {
  const probe = element("span", { hidden: "" });
  node.after(probe);
  const resolved = (value) => ((probe.style.color = value), getComputedStyle(probe).color);
  const classes = Array.from({ length: CLASSES }, (_, k) => resolved(colour(k)));
  const inks = {
    classes,
    rgb: classes.map((text) => text.match(/\d+/g).map(Number)),
    text: resolved("var(--md-default-fg-color)"),
    paper: resolved("var(--md-default-bg-color)"),
  };
  probe.remove();
  return inks;
}
